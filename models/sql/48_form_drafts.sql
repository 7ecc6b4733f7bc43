-- Registrations that somebody has begun.
CALL ensure_constraint('form_drafts', 'form_drafts_form_known',
  'CHECK (form IN (''SEEKER'', ''ASSISTANT'', ''PROVIDER'', ''COORDINATOR'', ''REPRESENTATIVE''))');
CALL ensure_constraint('form_drafts', 'form_drafts_sealed_is_bounded', 'CHECK (octet_length(sealed) <= 120000)');
CREATE INDEX IF NOT EXISTS form_drafts_by_end ON form_drafts (expires_at);
