-- News to people, and what became of it.
CALL ensure_constraint('notifications', 'notifications_topic_known',
  'CHECK (topic IN (''SECURITY'', ''DATES'', ''MATCHES'', ''MESSAGES'', ''CONTRACT'', ''ACCOUNT''))');
CALL ensure_constraint('notifications', 'notifications_version_positive', 'CHECK (version > 0)');
CALL ensure_constraint('notifications', 'notifications_read_has_instant',
  'CHECK (state IN (''UNREAD'', ''READ'') AND (state = ''READ'') = (read_at IS NOT NULL))');
-- The same news once; what has no reference is news about its receiver.
CREATE UNIQUE INDEX IF NOT EXISTS notifications_once
  ON notifications (receiver_id, kind, reference, version) NULLS NOT DISTINCT;
CREATE INDEX IF NOT EXISTS notifications_by_receiver ON notifications (receiver_id, id);
CREATE INDEX IF NOT EXISTS notifications_unread ON notifications (receiver_id) WHERE state = 'UNREAD';
CREATE INDEX IF NOT EXISTS messages_by_notification ON messages (notification_id);
