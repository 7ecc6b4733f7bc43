-- No row changes its state along a way that `domain.states` does not know. The guards name the
-- schema of what they read, or a temporary table of the same name would be read instead.

CREATE OR REPLACE FUNCTION guard_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE origin text := '';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    origin := OLD.state;
    IF origin = NEW.state THEN RETURN NEW; END IF;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM public.legal_transitions
                 WHERE machine = TG_ARGV[0] AND source = origin AND target = NEW.state) THEN
    RAISE EXCEPTION 'illegal transition of % from "%" to "%"', TG_ARGV[0], origin, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'legal_transition', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER users_state BEFORE INSERT OR UPDATE OF state ON users
  FOR EACH ROW EXECUTE FUNCTION guard_state('ACCOUNT');
CREATE OR REPLACE TRIGGER orders_state BEFORE INSERT OR UPDATE OF state ON orders
  FOR EACH ROW EXECUTE FUNCTION guard_state('ORDER');
CREATE OR REPLACE TRIGGER matches_state BEFORE INSERT OR UPDATE OF state ON matches
  FOR EACH ROW EXECUTE FUNCTION guard_state('MATCH');

-- A seeker's or an assistant's account is released only after talk, identity check and
-- confirmed address, and does not lose the latter while it is.
CREATE OR REPLACE FUNCTION guard_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.email_confirmed_at IS NULL THEN
    RAISE EXCEPTION 'release without confirmed address'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'release_needs_email', TABLE = 'users';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM public.talks WHERE user_id = NEW.id AND outcome = 'DONE') THEN
    RAISE EXCEPTION 'release without introductory talk'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'release_needs_talk', TABLE = 'users';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM public.identity_checks c WHERE user_id = NEW.id AND verdict = 'CONFIRMED'
                 AND NOT EXISTS (SELECT 1 FROM public.identity_checks later
                                 WHERE later.user_id = NEW.id AND later.id > c.id
                                   AND later.verdict = 'REJECTED')) THEN
    RAISE EXCEPTION 'release without identity check'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'release_needs_identity_check', TABLE = 'users';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER users_release BEFORE INSERT OR UPDATE OF state, role, email_confirmed_at ON users
  FOR EACH ROW WHEN (NEW.state = 'RELEASED' AND NEW.role IN ('SEEKER', 'ASSISTANT'))
  EXECUTE FUNCTION guard_release();

-- An ended order leaves no open match behind. The lock orders this check after a rival's commit.
CREATE OR REPLACE FUNCTION guard_dangling_match() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE subject uuid;
BEGIN
  IF TG_TABLE_NAME = 'orders' THEN subject := NEW.id; ELSE subject := NEW.order_id; END IF;
  PERFORM 1 FROM public.orders WHERE id = subject FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM public.orders o JOIN public.matches m ON m.order_id = o.id
             WHERE o.id = subject AND o.state IN ('DRAFT', 'WITHDRAWN', 'EXPIRED')
               AND m.state NOT IN ('DECLINED', 'WITHDRAWN', 'LAPSED')) THEN
    RAISE EXCEPTION 'open match of an order that is not open'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'no_dangling_match', TABLE = 'matches';
  END IF;
  RETURN NULL;
END $$;

-- PostgreSQL cannot replace a constraint trigger. An unchanged one is not touched.
CREATE OR REPLACE PROCEDURE ensure_constraint_trigger(target regclass, label text, definition text)
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = target AND tgname = label
             AND obj_description(oid, 'pg_trigger') = definition) THEN
    RETURN;
  END IF;
  EXECUTE format('DROP TRIGGER IF EXISTS %I ON %s', label, target);
  EXECUTE format('CREATE CONSTRAINT TRIGGER %I %s', label, definition);
  EXECUTE format('COMMENT ON TRIGGER %I ON %s IS %L', label, target, definition);
END $$;

CALL ensure_constraint_trigger('orders', 'orders_no_dangling_match',
  'AFTER UPDATE OF state ON orders
   DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state IN (''WITHDRAWN'', ''EXPIRED''))
   EXECUTE FUNCTION guard_dangling_match()');
CALL ensure_constraint_trigger('matches', 'matches_no_dangling_match',
  'AFTER INSERT OR UPDATE OF state, order_id ON matches
   DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
   WHEN (NEW.state NOT IN (''DECLINED'', ''WITHDRAWN'', ''LAPSED''))
   EXECUTE FUNCTION guard_dangling_match()');

-- History is written once.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
    USING ERRCODE = 'check_violation', CONSTRAINT = 'append_only', TABLE = TG_TABLE_NAME;
END $$;
CREATE OR REPLACE TRIGGER identity_checks_append_only BEFORE UPDATE ON identity_checks
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER talks_append_only BEFORE UPDATE ON talks
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
