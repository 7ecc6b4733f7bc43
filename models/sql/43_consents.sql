-- What consents promise beyond their columns. Safe to run again.
CALL ensure_constraint('consent_texts', 'consent_texts_digest', 'CHECK (digest ~ ''^[0-9a-f]{64}$'')');
CALL ensure_constraint('consents', 'consents_kind_known',
  'CHECK (kind IN (''PRIVACY'', ''WITHDRAWAL'', ''TERMS'', ''PROCESSING'', ''HEALTH_DATA''))');
CALL ensure_constraint('consents', 'consents_in_order', 'CHECK (version > 0 AND withdrawn_at >= given_at)');
CREATE UNIQUE INDEX IF NOT EXISTS consents_once ON consents (user_id, kind, version) WHERE withdrawn_at IS NULL;
CREATE OR REPLACE TRIGGER consent_texts_append_only BEFORE UPDATE ON consent_texts
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
