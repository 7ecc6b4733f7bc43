-- What providers, their people and those who want to join them promise beyond their columns.
CALL ensure_constraint('providers', 'providers_accepted_payers_known',
  'CHECK (accepted_payers <@ ARRAY[''CARE_INSURANCE'', ''INTEGRATION_ASSISTANCE'', ''HELP_TO_CARE'',
     ''PRIVATE'', ''OTHER''])');
CALL ensure_constraint('providers', 'providers_version_positive', 'CHECK (version > 0)');
CALL ensure_constraint('provider_prices', 'provider_prices_payer_known',
  'CHECK (payer IN (''CARE_INSURANCE'', ''INTEGRATION_ASSISTANCE'', ''HELP_TO_CARE'', ''PRIVATE'', ''OTHER''))');
CALL ensure_constraint('provider_prices', 'provider_prices_cents', 'CHECK (cents BETWEEN 1 AND 50000)');
CALL ensure_constraint('coordinators', 'coordinators_role_known', 'CHECK (role IN (''ADMIN'', ''COORDINATOR''))');

CALL ensure_constraint('applications', 'applications_role_known',
  'CHECK (coordinator_role IN (''ADMIN'', ''COORDINATOR''))');
CALL ensure_constraint('applications', 'applications_version_positive', 'CHECK (version > 0)');
CREATE UNIQUE INDEX IF NOT EXISTS applications_one_open ON applications (user_id)
  WHERE state IN ('PREPARED', 'INVITED', 'WAITING');
CREATE UNIQUE INDEX IF NOT EXISTS applications_one_approved ON applications (user_id)
  WHERE state = 'APPROVED';
CREATE INDEX IF NOT EXISTS applications_by_provider ON applications (provider_id, state);
CREATE INDEX IF NOT EXISTS applications_by_user ON applications (user_id);
CREATE OR REPLACE TRIGGER applications_state BEFORE INSERT OR UPDATE OF state ON applications
  FOR EACH ROW EXECUTE FUNCTION guard_state('APPLICATION');

-- Whoever does not work self-employed is released as one of a provider's people.
CREATE OR REPLACE FUNCTION guard_provider() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM public.assistants WHERE id = NEW.id
                 AND (employment = 'SELF_EMPLOYED' OR provider_id IS NOT NULL)) THEN
    RAISE EXCEPTION 'release without provider'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'release_needs_provider', TABLE = 'users';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER users_release_provider BEFORE UPDATE OF state, role ON users
  FOR EACH ROW WHEN (NEW.state = 'RELEASED' AND NEW.role = 'ASSISTANT'
                     AND (OLD.state = 'REGISTERED' OR OLD.role <> 'ASSISTANT'))
  EXECUTE FUNCTION guard_provider();
