-- Funding sources: each says how much of what, none pays for the same minute as another one.
CALL ensure_constraint('funding_sources', 'funding_sources_version_positive', 'CHECK (version > 0)');
CALL ensure_constraint('funding_sources', 'funding_sources_words_known',
  'CHECK (per IN (''MONTH'', ''YEAR'', ''WHOLE'') AND instrument IN (''RELIEF_AMOUNT'', ''CONVERSION'',
     ''CARE_IN_KIND'', ''CARE_ALLOWANCE'', ''RESPITE_CARE'', ''INTEGRATION_ASSISTANCE'', ''EDUCATION_ASSISTANCE'',
     ''HELP_TO_CARE'', ''PERSONAL_BUDGET'', ''WORK_ASSISTANCE'', ''PRIVATE'', ''OTHER''))');
CALL ensure_constraint('funding_sources', 'funding_sources_payer_known',
  'CHECK (payer IN (''CARE_INSURANCE'', ''INTEGRATION_ASSISTANCE'', ''HELP_TO_CARE'', ''PRIVATE'', ''OTHER''))');
CALL ensure_constraint('funding_sources', 'funding_sources_budget',
  'CHECK (num_nonnulls(cents, minutes) = 1 OR (instrument IN (''RELIEF_AMOUNT'', ''PRIVATE'') AND num_nonnulls(cents, minutes) = 0))');
CALL ensure_constraint('funding_sources', 'funding_sources_amounts',
  'CHECK (cents BETWEEN 1 AND 100000000 AND minutes BETWEEN 1 AND 5256000)');
CALL ensure_constraint('funding_sources', 'funding_sources_in_order', 'CHECK (valid_until >= valid_from)');
-- Rows from before this wall: when somebody applied need not be said, and one of both days is wrong.
UPDATE funding_sources SET applied_on = NULL WHERE approved_on < applied_on;
CALL ensure_constraint('funding_sources', 'funding_sources_approved_after_applied', 'CHECK (approved_on >= applied_on)');
CALL ensure_constraint('funding_sources', 'funding_sources_approved_has_day',
  'CHECK ((state IN (''APPROVED'', ''ENDED'')) = (approved_on IS NOT NULL)
     AND (state <> ''ENDED'' OR valid_until IS NOT NULL))');
-- These benefits everybody has once.
CALL ensure_constraint('funding_sources', 'funding_sources_once',
  'EXCLUDE USING gist (uuidrange(md5(instrument || seeker_id)::uuid, md5(instrument || seeker_id)::uuid, ''[]'') WITH &&,
     daterange(valid_from, valid_until, ''[]'') WITH &&)
   WHERE (state IN (''APPROVED'', ''ENDED'') AND instrument IN (''RELIEF_AMOUNT'', ''CONVERSION'',
     ''CARE_IN_KIND'', ''CARE_ALLOWANCE'', ''RESPITE_CARE''))');
CREATE INDEX IF NOT EXISTS funding_sources_by_seeker ON funding_sources (seeker_id, id);
CREATE INDEX IF NOT EXISTS funding_sources_to_look_at ON funding_sources (looked_on NULLS FIRST, id)
  WHERE state = 'APPROVED' OR (state = 'ENDED' AND instrument = 'RELIEF_AMOUNT');
CREATE OR REPLACE TRIGGER funding_sources_state BEFORE INSERT OR UPDATE OF state ON funding_sources
  FOR EACH ROW EXECUTE FUNCTION guard_state('FUNDING');

CALL ensure_constraint('contract_funding', 'contract_funding_place', 'CHECK (place BETWEEN 1 AND 10)');
CREATE INDEX IF NOT EXISTS contract_funding_by_source ON contract_funding (source_id);

CALL ensure_constraint('funding_charges', 'funding_charges_amounts',
  'CHECK (minutes BETWEEN 1 AND 1440 AND first_minute BETWEEN 0 AND 1439 AND cents >= 0)');
-- Nothing is paid twice (§ 63b Abs. 1 SGB XII).
CALL ensure_constraint('funding_charges', 'funding_charges_no_minute_twice',
  'EXCLUDE USING gist (uuidrange(appointment_id, appointment_id, ''[]'') WITH &&,
     int4range(first_minute, first_minute + minutes) WITH &&)');
CREATE INDEX IF NOT EXISTS funding_charges_by_source ON funding_charges (source_id, day);

-- A source pays for confirmed hours of its own seeker's, and for no more of them than were worked.
CREATE OR REPLACE FUNCTION guard_charge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM public.appointments a JOIN public.funding_sources s ON s.seeker_id = a.seeker_id
    WHERE a.id = NEW.appointment_id AND s.id = NEW.source_id AND a.state = 'CONFIRMED'
      AND s.state IN ('APPROVED', 'ENDED')
      AND NEW.day = (a.worked_from AT TIME ZONE 'Europe/Berlin')::date AND NEW.day >= s.valid_from
      AND NEW.first_minute + NEW.minutes <= floor(extract(epoch FROM a.worked_until - a.worked_from) / 60)) THEN
    RAISE EXCEPTION 'charge without confirmed hours'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_of_confirmed_hours', TABLE = 'funding_charges';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER funding_charges_of_hours BEFORE INSERT OR UPDATE ON funding_charges
  FOR EACH ROW EXECUTE FUNCTION guard_charge();

-- Hours that are taken back are paid by nobody.
CREATE OR REPLACE FUNCTION take_back_charges() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM public.funding_charges WHERE appointment_id = NEW.id;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER appointments_taken_back
  AFTER UPDATE OF state, worked_from, worked_until ON appointments FOR EACH ROW
  WHEN (OLD.state = 'CONFIRMED' AND (NEW.state, NEW.worked_from, NEW.worked_until)
    IS DISTINCT FROM (OLD.state, OLD.worked_from, OLD.worked_until))
  EXECUTE FUNCTION take_back_charges();
