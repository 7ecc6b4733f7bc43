-- What the events table promises beyond its columns, and the epoch its order belongs to.
-- Safe to run again.

-- The writing transaction: (tx, id) below the snapshot's horizon is an order in which nothing
-- can appear later, which the id alone is not.
ALTER TABLE events ADD COLUMN IF NOT EXISTS tx xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE UNIQUE INDEX IF NOT EXISTS events_in_order ON events (tx, id);
CREATE INDEX IF NOT EXISTS events_by_topic ON events (topic, key, tx, id);
ALTER TABLE events DROP CONSTRAINT IF EXISTS events_version_not_negative;
ALTER TABLE events ADD CONSTRAINT events_version_not_negative CHECK (version >= 0);

-- PostgreSQL sends equal notifications of one transaction once, at its commit.
CREATE OR REPLACE FUNCTION events_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('events', '');
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER events_announce AFTER INSERT ON events
    FOR EACH STATEMENT EXECUTE FUNCTION events_announce();

CREATE OR REPLACE FUNCTION events_stay_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an event is written once and never changed'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE OR REPLACE TRIGGER events_stay_as_written BEFORE UPDATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION events_stay_as_written();

-- One row: the epoch of the order above, the cluster it was counted in, and the position up to
-- which retention has deleted.
CREATE TABLE IF NOT EXISTS portal_epoch (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    epoch uuid NOT NULL DEFAULT gen_random_uuid(),
    cluster text NOT NULL DEFAULT '',
    floor_tx xid8 NOT NULL DEFAULT '0',
    floor_id bigint NOT NULL DEFAULT 0
);
INSERT INTO portal_epoch DEFAULT VALUES ON CONFLICT DO NOTHING;
