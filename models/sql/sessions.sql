-- What the sessions table promises beyond its columns. Safe to run again.
CREATE UNIQUE INDEX IF NOT EXISTS sessions_token_hash ON sessions (token_hash);
CALL ensure_constraint('sessions', 'sessions_token_is_hashed', 'CHECK (octet_length(token_hash) = 32)');
CALL ensure_constraint('sessions', 'sessions_end_is_bounded',
  'CHECK (expires_at > created_at AND expires_at <= created_at + interval ''12 hours'')');
