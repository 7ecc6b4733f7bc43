-- What the ledger of proofs promises beyond its columns. Safe to run again.
CALL ensure_constraint('evidence', 'evidence_kind_known',
  'CHECK (kind IN (''CERTIFICATE_OF_CONDUCT'', ''MEASLES_PROTECTION'', ''INTERVIEW'', ''TRAINING'',
     ''QUALIFICATION'', ''INSURANCE''))');
CALL ensure_constraint('evidence', 'evidence_verdict_known', 'CHECK (verdict IN (''CONFIRMED'', ''REJECTED''))');
CALL ensure_constraint('evidence', 'evidence_exemption_fits',
  'CHECK (exemption IS NULL OR (verdict = ''CONFIRMED'' AND CASE kind
     WHEN ''MEASLES_PROTECTION'' THEN exemption IN (''BORN_BEFORE_1971'', ''CONTRAINDICATION'')
     WHEN ''TRAINING'' THEN exemption = ''QUALIFIED'' ELSE false END))');
CALL ensure_constraint('evidence', 'evidence_quality_fits',
  'CHECK ((kind <> ''QUALIFICATION'' OR quality_id IS NOT NULL)
     AND (quality_id IS NULL OR kind IN (''QUALIFICATION'', ''TRAINING'')))');
CALL ensure_constraint('evidence', 'evidence_days_in_order',
  'CHECK (dated_on <= seen_on AND valid_until >= seen_on AND (valid_until IS NULL OR verdict = ''CONFIRMED''))');
CALL ensure_constraint('evidence', 'evidence_seen_by_somebody_else', 'CHECK (officer_id <> assistant_id)');
CALL ensure_constraint('assistants', 'assistants_proofs_told', 'CHECK (proofs_told IN (0, 7, 30, 60))');

CREATE INDEX IF NOT EXISTS evidence_by_assistant ON evidence (assistant_id, id);
CREATE INDEX IF NOT EXISTS certificate_letters_by_assistant ON certificate_letters (assistant_id);
CREATE INDEX IF NOT EXISTS assistants_by_proofs ON assistants (proofs_until);
CREATE OR REPLACE TRIGGER evidence_append_only BEFORE UPDATE ON evidence
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CALL ensure_offer_marks('evidence', 'SELECT assistant_id AS acceptor FROM %s');

-- Nobody who assists is released without proofs that hold.
CREATE OR REPLACE FUNCTION guard_proofs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM public.assistants WHERE id = NEW.id
                 AND proofs_until >= (now() AT TIME ZONE 'Europe/Berlin')::date) THEN
    RAISE EXCEPTION 'release without proofs'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'release_needs_proofs', TABLE = 'users';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER users_release_proofs BEFORE UPDATE OF state, role ON users
  FOR EACH ROW WHEN (NEW.state = 'RELEASED' AND NEW.role = 'ASSISTANT'
                     AND (OLD.state = 'REGISTERED' OR OLD.role <> 'ASSISTANT'))
  EXECUTE FUNCTION guard_proofs();
