-- Acting for somebody else.
CALL ensure_constraint('delegations', 'delegations_kind_known',
  'CHECK (kind IN (''GUARDIAN'', ''RELATIVE'', ''TRUSTED_PERSON'', ''CUSTOMER_SERVICE''))');
CALL ensure_constraint('delegations', 'delegations_of_somebody',
  'CHECK ((kind = ''CUSTOMER_SERVICE'') = (delegate_id IS NULL) AND (email IS NULL) = (delegate_id IS NULL))');
CALL ensure_constraint('delegations', 'delegations_version_positive', 'CHECK (version > 0)');
CALL ensure_constraint('delegations', 'delegations_of_two', 'CHECK (principal_id <> delegate_id)');
-- Nobody gives oneself a guardian or is given one without an officer who has seen why.
CALL ensure_constraint('delegations', 'delegations_guardian_seen',
  'CHECK (kind <> ''GUARDIAN'' OR state <> ''INVITED'' OR officer_id IS NOT NULL)');
-- One holds for two people; another may be asked for meanwhile, which takes nothing away yet.
DROP INDEX IF EXISTS delegations_one_open;
CREATE UNIQUE INDEX IF NOT EXISTS delegations_one_per_state ON delegations (principal_id, delegate_id, state)
  NULLS NOT DISTINCT WHERE state <> 'ENDED';
CREATE INDEX IF NOT EXISTS delegations_by_principal ON delegations (principal_id);
CREATE INDEX IF NOT EXISTS delegations_by_delegate ON delegations (delegate_id);
CREATE OR REPLACE TRIGGER delegations_state BEFORE INSERT OR UPDATE OF state ON delegations
  FOR EACH ROW EXECUTE FUNCTION guard_state('DELEGATION');

-- Who acts for somebody looks for nobody else's assistance and assists nobody.
CREATE OR REPLACE FUNCTION guard_delegation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.delegate_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM public.users WHERE id = NEW.delegate_id
        AND role IN ('REPRESENTATIVE', 'SEEKER')))
     OR NOT EXISTS (SELECT 1 FROM public.users WHERE id = NEW.principal_id AND role = 'SEEKER') THEN
    RAISE EXCEPTION 'delegation between wrong roles'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'delegations_roles', TABLE = 'delegations';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER delegations_roles BEFORE INSERT OR UPDATE OF state ON delegations
  FOR EACH ROW WHEN (NEW.state = 'ACTIVE') EXECUTE FUNCTION guard_delegation();
