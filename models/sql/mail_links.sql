-- What the mail_links table promises beyond its columns. Safe to run again.
CALL ensure_constraint('mail_links', 'mail_links_purpose_known',
  'CHECK (purpose IN (''CONFIRM_EMAIL'', ''RESET_PASSWORD''))');
CALL ensure_constraint('mail_links', 'mail_links_number_positive', 'CHECK (number > 0)');
CALL ensure_constraint('mail_links', 'mail_links_end_is_bounded',
  'CHECK (expires_at > created_at AND expires_at <= created_at + interval ''60 minutes'')');
CALL ensure_constraint('mail_links', 'mail_links_used_or_void',
  'CHECK (used_at IS NULL OR voided_at IS NULL)');
CREATE INDEX IF NOT EXISTS mail_links_open ON mail_links (user_id, purpose)
  WHERE used_at IS NULL AND voided_at IS NULL;
