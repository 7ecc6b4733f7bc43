-- Ids of rows that SQL itself writes: UUIDv7 (RFC 9562 5.7), which PostgreSQL has from 18 on. The 12
-- bits below the millisecond tell the time as well (6.2, method 3), so that rows of one transaction
-- are sorted as they were written.
CREATE OR REPLACE FUNCTION portal_uuid7() RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE us bigint := extract(epoch FROM clock_timestamp()) * 1000000;
BEGIN
  RETURN encode(
    overlay(uuid_send(gen_random_uuid())
            PLACING substring(int8send(us / 1000) FROM 3)
                    || int2send((28672 + us % 1000 * 4096 / 1000)::int2)
            FROM 1 FOR 8),
    'hex')::uuid;
END $$;
-- Ranges of ids: [a, a] overlaps only itself, so that GiST compares ids without an extension.
DO $$ BEGIN
  IF to_regtype('uuidrange') IS NULL THEN CREATE TYPE uuidrange AS RANGE (subtype = uuid); END IF;
END $$;
