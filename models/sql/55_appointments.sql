-- Appointments: both have said yes to the very time and person, nobody is in two places, and none
-- stands without a contract that holds.
CALL ensure_constraint('appointments', 'appointments_version_positive', 'CHECK (version > 0)');
CALL ensure_constraint('appointments', 'appointments_sides_known',
  'CHECK (proposed_by IN (''SEEKER'', ''ACCEPTOR'') AND cancelled_by IN (''SEEKER'', ''ACCEPTOR''))');
CALL ensure_constraint('appointments', 'appointments_length',
  'CHECK (extract(epoch FROM ends_at - starts_at) BETWEEN 15 * 60 AND 24 * 3600)');
-- What waits for the client was proposed by the others.
CALL ensure_constraint('appointments', 'appointments_proposed_by_whom',
  'CHECK (state <> ''PROPOSED'' OR proposed_by = ''ACCEPTOR'')');
CALL ensure_constraint('appointments', 'appointments_agreed_by_both',
  'CHECK (state NOT IN (''FIXED'', ''WORKED'', ''CONFIRMED'') OR (agreed_at IS NOT NULL
     AND known_at IS NOT DISTINCT FROM starts_at))');
CALL ensure_constraint('appointments', 'appointments_reason_when_cancelled',
  'CHECK ((state = ''CANCELLED'') = (cancel_reason IS NOT NULL)
     AND cancel_reason IN (''CLIENT_ILL'', ''ASSISTANT_ILL'', ''NOT_NEEDED'', ''NO_TIME'', ''HOLIDAY'', ''OTHER'',
       ''CONTRACT_ENDED'', ''ANOTHER_COMES'', ''PLAN_REPLACED''))');
CALL ensure_constraint('appointments', 'appointments_hours_when_worked',
  'CHECK ((state NOT IN (''WORKED'', ''CONFIRMED'') OR worked_from IS NOT NULL)
     AND (worked_from IS NULL) = (worked_until IS NULL)
     AND extract(epoch FROM worked_until - worked_from) BETWEEN 60 AND 24 * 3600)');
-- `domain.appointment.WORKED_NEAR`: hours belong to the appointment that they are recorded for.
CALL ensure_constraint('appointments', 'appointments_hours_near',
  'CHECK (extract(epoch FROM starts_at - worked_until) <= 6 * 3600
     AND extract(epoch FROM worked_from - ends_at) <= 6 * 3600)');
CALL ensure_constraint('appointments', 'appointments_of_plan',
  'CHECK ((plan_id IS NULL) = (occurrence IS NULL))');
CREATE INDEX IF NOT EXISTS appointments_by_contract ON appointments (contract_id, starts_at);
CREATE INDEX IF NOT EXISTS appointments_by_seeker ON appointments (seeker_id, id);
CREATE INDEX IF NOT EXISTS appointments_by_assistant ON appointments (assistant_id, id);
CREATE INDEX IF NOT EXISTS appointments_by_provider ON appointments (provider_id, id);
CREATE UNIQUE INDEX IF NOT EXISTS appointments_one_stand_in ON appointments (stands_in_for_id)
  WHERE state IN ('FIXED', 'WORKED', 'CONFIRMED');
CREATE UNIQUE INDEX IF NOT EXISTS appointments_asked_once ON appointments (stands_in_for_id, assistant_id)
  WHERE state IN ('PROPOSED', 'CLIENT_AGREED');
CREATE UNIQUE INDEX IF NOT EXISTS busy_one_per_appointment ON busy (source)
  WHERE kind = 'APPOINTMENT' AND cancelled_at IS NULL;
CREATE OR REPLACE TRIGGER appointments_state BEFORE INSERT OR UPDATE OF state ON appointments
  FOR EACH ROW EXECUTE FUNCTION guard_state('APPOINTMENT');

-- A fixed time or person is never changed under somebody's hands; nobody records what lies ahead.
CREATE OR REPLACE FUNCTION guard_appointment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wall text;
BEGIN
  IF NEW.contract_id <> OLD.contract_id OR (NEW.state IN ('FIXED', 'WORKED', 'CONFIRMED')
       AND (NEW.starts_at, NEW.ends_at, NEW.assistant_id)
         IS DISTINCT FROM (OLD.starts_at, OLD.ends_at, OLD.assistant_id)) THEN
    wall := 'appointment_change_needs_consent';
  ELSIF NEW.state = 'FIXED' AND OLD.state <> 'FIXED' AND NOT EXISTS (
       SELECT 1 FROM public.contracts c WHERE c.id = NEW.contract_id AND c.state = 'AGREED'
         AND (NEW.starts_at AT TIME ZONE 'Europe/Berlin')::date
             BETWEEN c.starts_on AND coalesce(c.ends_on, 'infinity')) THEN
    wall := 'appointment_within_contract';
  ELSIF NEW.state = 'WORKED' AND (NEW.starts_at > now() OR NEW.worked_until > now()) THEN
    wall := 'appointment_has_begun';
  END IF;
  IF wall IS NOT NULL THEN
    RAISE EXCEPTION 'appointment against %', wall
      USING ERRCODE = 'check_violation', CONSTRAINT = wall, TABLE = 'appointments';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER appointments_whole
  BEFORE UPDATE ON appointments
  FOR EACH ROW EXECUTE FUNCTION guard_appointment();

-- A fixed appointment takes its assistant's time.
CREATE OR REPLACE FUNCTION guard_appointment_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM public.appointments a WHERE a.id = NEW.id AND a.state = 'FIXED' AND NOT EXISTS (
      SELECT 1 FROM public.busy b WHERE b.source = a.id AND b.kind = 'APPOINTMENT'
        AND b.cancelled_at IS NULL AND b.assistant_id = a.assistant_id
        AND b.begins_at = a.starts_at AND b.ends_at = a.ends_at)) THEN
    RAISE EXCEPTION 'appointment without its time'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appointment_takes_time', TABLE = 'appointments';
  END IF;
  RETURN NULL;
END $$;
CALL ensure_constraint_trigger('appointments', 'appointments_take_time',
  'AFTER UPDATE OF state ON appointments DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
   WHEN (NEW.state = ''FIXED'') EXECUTE FUNCTION guard_appointment_time()');

-- After a contract's end nothing stands ahead, and nothing behind its last day. The lock orders this check after a rival's commit.
CREATE OR REPLACE FUNCTION guard_late_appointment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE subject uuid;
BEGIN
  IF TG_TABLE_NAME = 'contracts' THEN subject := NEW.id; ELSE subject := NEW.contract_id; END IF;
  PERFORM 1 FROM public.contracts WHERE id = subject FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM public.appointments a JOIN public.contracts c ON c.id = a.contract_id
             WHERE c.id = subject AND ((c.state <> 'AGREED' AND a.state IN ('PROPOSED', 'CLIENT_AGREED'))
               OR (a.state IN ('PROPOSED', 'CLIENT_AGREED', 'FIXED')
                 AND c.ends_on < (a.starts_at AT TIME ZONE 'Europe/Berlin')::date))) THEN
    RAISE EXCEPTION 'open appointment of a contract that does not hold'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'no_dangling_appointment', TABLE = 'appointments';
  END IF;
  RETURN NULL;
END $$;
CALL ensure_constraint_trigger('contracts', 'contracts_no_dangling_appointment',
  'AFTER UPDATE OF state, ends_on ON contracts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
   WHEN (OLD.state = ''AGREED'') EXECUTE FUNCTION guard_late_appointment()');
CALL ensure_constraint_trigger('appointments', 'appointments_no_dangling',
  'AFTER INSERT OR UPDATE OF state, starts_at ON appointments DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
   WHEN (NEW.state IN (''PROPOSED'', ''CLIENT_AGREED'', ''FIXED'')) EXECUTE FUNCTION guard_late_appointment()');

CALL ensure_constraint('appointment_plans', 'appointment_plans_sides_known',
  'CHECK (proposed_by IN (''SEEKER'', ''ACCEPTOR''))');
CALL ensure_constraint('appointment_plans', 'appointment_plans_rule',
  'CHECK ("interval" IN (''DAY'', ''WEEK'', ''MONTH'') AND holidays IN (''SKIP'', ''KEEP'')
     AND minutes BETWEEN 15 AND 1440 AND last_on >= first_on AND slots <> '''')');
CALL ensure_constraint('appointment_plans', 'appointment_plans_version_positive', 'CHECK (version > 0)');
CALL ensure_constraint('appointment_plans', 'appointment_plans_instants',
  'CHECK ((state = ''ENDED'') = (ended_at IS NOT NULL) AND (state = ''ENDED'') = (end_reason IS NOT NULL)
     AND (state = ''ENDED'' OR (state = ''AGREED'') = (agreed_at IS NOT NULL))
     AND end_reason IN (''NOT_WANTED'', ''REPLACED'', ''CONTRACT_ENDED''))');
CREATE OR REPLACE TRIGGER appointment_plans_state BEFORE INSERT OR UPDATE OF state ON appointment_plans
  FOR EACH ROW EXECUTE FUNCTION guard_state('PLAN');
CREATE UNIQUE INDEX IF NOT EXISTS appointment_plans_one_standing ON appointment_plans (contract_id, assistant_id)
  WHERE ended_at IS NULL;
CREATE INDEX IF NOT EXISTS appointment_plans_behind ON appointment_plans (planned_until) WHERE ended_at IS NULL;
-- What both have agreed to is not written anew.
CREATE OR REPLACE TRIGGER appointment_plans_rule_stays BEFORE UPDATE ON appointment_plans
  FOR EACH ROW WHEN (
    (OLD.contract_id, OLD.assistant_id, OLD.proposed_by, OLD."interval", OLD.slots, OLD.minutes, OLD.first_on,
     OLD.last_on, OLD.holidays, OLD.skipped)
    IS DISTINCT FROM
    (NEW.contract_id, NEW.assistant_id, NEW.proposed_by, NEW."interval", NEW.slots, NEW.minutes, NEW.first_on,
     NEW.last_on, NEW.holidays, NEW.skipped))
  EXECUTE FUNCTION refuse_change();
-- A yes is given once, and what has ended stays as it was.
CREATE OR REPLACE TRIGGER appointment_plans_go_forward BEFORE UPDATE OF agreed_at, ended_at ON appointment_plans
  FOR EACH ROW WHEN ((OLD.ended_at IS NOT NULL OR OLD.agreed_at IS NOT NULL) AND (
    NEW.agreed_at IS DISTINCT FROM OLD.agreed_at
    OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)))
  EXECUTE FUNCTION refuse_change();

CALL ensure_constraint('trust', 'trust_side_known', 'CHECK (side IN (''SEEKER'', ''ACCEPTOR''))');
CREATE INDEX IF NOT EXISTS trust_by_assistant ON trust (assistant_id);
