-- What the messages table promises beyond its columns. Safe to run again.
CALL ensure_constraint('messages', 'messages_state_known',
  'CHECK (state IN (''WAITING'', ''SENT'', ''FAILED'', ''CANCELLED'', ''TO_TELL'', ''NO_WAY''))');
CALL ensure_constraint('messages', 'messages_channel_known', 'CHECK (channel IN (''EMAIL'', ''SMS'', ''PUSH''))');
CALL ensure_constraint('messages', 'messages_sent_has_instant',
  'CHECK ((state = ''SENT'') = (sent_at IS NOT NULL))');
CALL ensure_constraint('messages', 'messages_version_positive', 'CHECK (version > 0)');
-- The same news once per channel; what has no reference is news about its receiver.
CREATE UNIQUE INDEX IF NOT EXISTS messages_once
  ON messages (receiver_id, kind, reference, version, channel) NULLS NOT DISTINCT;
