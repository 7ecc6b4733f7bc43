-- What the suspensions table promises beyond its columns. Safe to run again.
CALL ensure_constraint('suspensions', 'suspensions_reason_known',
  'CHECK (reason IN (''REPORTED'', ''PROOF_DOUBTFUL'', ''INACTIVE'', ''OTHER''))');
CALL ensure_constraint('suspensions', 'suspensions_by_somebody_else', 'CHECK (user_id <> officer_id)');
CREATE INDEX IF NOT EXISTS suspensions_by_user ON suspensions (user_id);
CREATE OR REPLACE TRIGGER suspensions_append_only BEFORE UPDATE ON suspensions
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
