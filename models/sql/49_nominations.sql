-- Whom providers name for the orders that they were asked for.
CALL ensure_constraint('nominations', 'nominations_version_positive', 'CHECK (version > 0)');
CALL ensure_constraint('matches', 'matches_nominee_of_provider',
  'CHECK (nominee_id IS NULL OR kind = ''PROVIDER'')');
CREATE UNIQUE INDEX IF NOT EXISTS nominations_one_open ON nominations (match_id, assistant_id)
  WHERE state IN ('NOMINATED', 'CHOSEN');
CREATE UNIQUE INDEX IF NOT EXISTS nominations_one_chosen ON nominations (match_id) WHERE state = 'CHOSEN';
CREATE INDEX IF NOT EXISTS nominations_by_assistant ON nominations (assistant_id, state);
CREATE INDEX IF NOT EXISTS matches_by_nominee ON matches (nominee_id) WHERE nominee_id IS NOT NULL;
CREATE OR REPLACE TRIGGER nominations_state BEFORE INSERT OR UPDATE OF state ON nominations
  FOR EACH ROW EXECUTE FUNCTION guard_state('NOMINATION');
