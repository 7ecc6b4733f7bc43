-- Ids of rows that SQL itself writes: UUIDv7 (RFC 9562 5.7), which PostgreSQL has from 18 on.
CREATE OR REPLACE FUNCTION portal_uuid7() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
              PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
              FROM 1 FOR 6),
      52, 1), 53, 1), 'hex')::uuid
$$;
-- Ranges of ids: [a, a] overlaps only itself, so that GiST compares ids without an extension.
DO $$ BEGIN
  IF to_regtype('uuidrange') IS NULL THEN CREATE TYPE uuidrange AS RANGE (subtype = uuid); END IF;
END $$;
