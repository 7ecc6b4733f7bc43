-- Walls, indexes and the wake-up of the outbox. May be run again at any time.

ALTER TABLE outbox DROP CONSTRAINT IF EXISTS outbox_state_known;
ALTER TABLE outbox ADD CONSTRAINT outbox_state_known CHECK (state IN (0, 1, 2, 3));

ALTER TABLE outbox DROP CONSTRAINT IF EXISTS outbox_finished_has_instant;
ALTER TABLE outbox ADD CONSTRAINT outbox_finished_has_instant
    CHECK ((state = 0) = (finished_at IS NULL));

ALTER TABLE outbox DROP CONSTRAINT IF EXISTS outbox_counts_not_negative;
ALTER TABLE outbox ADD CONSTRAINT outbox_counts_not_negative
    CHECK (dispatch >= 0 AND attempts >= 0);

-- Ids fit into 1,000 characters; texts of people do not belong here.
ALTER TABLE outbox DROP CONSTRAINT IF EXISTS outbox_payload_is_small_object;
ALTER TABLE outbox ADD CONSTRAINT outbox_payload_is_small_object
    CHECK (jsonb_typeof(payload) = 'object' AND length(payload::text) <= 1000);

CREATE INDEX IF NOT EXISTS outbox_due ON outbox (available_at) WHERE state = 0;
CREATE INDEX IF NOT EXISTS outbox_leased ON outbox (lease_until)
    WHERE state = 0 AND lease_until IS NOT NULL;
CREATE INDEX IF NOT EXISTS outbox_finished ON outbox (finished_at) WHERE state <> 0;

CREATE OR REPLACE FUNCTION outbox_notify() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    PERFORM pg_notify('outbox', '');
    RETURN NULL;
END
$body$;

CREATE OR REPLACE TRIGGER outbox_notify AFTER INSERT ON outbox
    FOR EACH STATEMENT EXECUTE FUNCTION outbox_notify();

CREATE OR REPLACE FUNCTION outbox_keep_waiting() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF OLD.state = 0 THEN
        RAISE EXCEPTION 'a waiting job may not be deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END
$body$;

CREATE OR REPLACE TRIGGER outbox_keep_waiting BEFORE DELETE ON outbox
    FOR EACH ROW EXECUTE FUNCTION outbox_keep_waiting();
