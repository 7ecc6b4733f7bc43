-- The history is written once and sealed afterwards. Every statement may run again.

-- The writing transaction, as for events: (tx, id) below the snapshot's horizon is an order in
-- which nothing can appear later.
ALTER TABLE transitions ADD COLUMN IF NOT EXISTS tx xid8 NOT NULL DEFAULT pg_current_xact_id();

-- The history outlives what it tells of, and a seal shows that its transition is gone: tortoise's
-- migrations make these keys in spite of `db_constraint=False`.
DO $$
DECLARE found record;
BEGIN
  FOR found IN SELECT conrelid::regclass AS tab, conname FROM pg_constraint
    WHERE contype = 'f' AND conrelid IN ('transitions'::regclass, 'audit_seals'::regclass)
      AND confrelid <> 'users'::regclass
  LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.tab, found.conname);
  END LOOP;
END $$;

CREATE INDEX IF NOT EXISTS transitions_by_order ON transitions (order_id, id)
  WHERE order_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS transitions_by_match ON transitions (match_id, id)
  WHERE match_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS transitions_by_person ON transitions (person_id, id)
  WHERE person_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS transitions_by_other ON transitions (other_id, id)
  WHERE other_id IS NOT NULL;
-- Also what an account that goes is looked for by.
CREATE INDEX IF NOT EXISTS transitions_by_actor ON transitions (actor_id, id)
  WHERE actor_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS transitions_by_principal ON transitions (principal_id, id)
  WHERE principal_id IS NOT NULL;

-- Nothing of it changes but one thing: who did it is forgotten, once the account is gone or a year
-- has passed.
CREATE OR REPLACE FUNCTION guard_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  names CONSTANT text[] := ARRAY['actor_id', 'principal_id'];
  gone uuid;
BEGIN
  IF to_jsonb(NEW) - names = to_jsonb(OLD) - names
     AND coalesce(NEW.actor_id = OLD.actor_id, NEW.actor_id IS NULL)
     AND coalesce(NEW.principal_id = OLD.principal_id, NEW.principal_id IS NULL) THEN
    IF OLD.at < now() - interval '365 days' THEN RETURN NEW; END IF;
    FOREACH gone IN ARRAY array_remove(ARRAY[
      CASE WHEN NEW.actor_id IS NULL THEN OLD.actor_id END,
      CASE WHEN NEW.principal_id IS NULL THEN OLD.principal_id END], NULL)
    LOOP
      IF EXISTS (SELECT FROM public.users WHERE id = gone) THEN
        RAISE EXCEPTION 'who did it is not forgotten within a year'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'append_only', TABLE = 'transitions';
      END IF;
    END LOOP;
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'transitions is append-only'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'append_only', TABLE = 'transitions';
END $$;
CREATE OR REPLACE TRIGGER transitions_only_forget BEFORE UPDATE ON transitions
  FOR EACH ROW EXECUTE FUNCTION guard_history();
CREATE OR REPLACE TRIGGER transitions_stay BEFORE DELETE ON transitions
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

CALL ensure_constraint('audit_seals', 'audit_seals_in_order', 'CHECK (sequence > 0)');
CALL ensure_constraint('audit_seals', 'audit_seals_hashed', 'CHECK (hash ~ ''^[0-9a-f]{64}$'')');
CREATE OR REPLACE TRIGGER audit_seals_append_only BEFORE UPDATE OR DELETE ON audit_seals
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
