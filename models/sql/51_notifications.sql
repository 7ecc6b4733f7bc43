-- News to people, and what became of it.
CALL ensure_constraint('notifications', 'notifications_topic_known',
  'CHECK (topic IN (''SECURITY'', ''DATES'', ''MATCHES'', ''MESSAGES'', ''CONTRACT'', ''FUNDING'',
     ''ACCOUNT''))');
CALL ensure_constraint('notifications', 'notifications_version_positive', 'CHECK (version > 0)');
CALL ensure_constraint('notifications', 'notifications_read_has_instant',
  'CHECK (state IN (''UNREAD'', ''READ'') AND (state = ''READ'') = (read_at IS NOT NULL))');
-- The same news once; what has no reference is news about its receiver.
CREATE UNIQUE INDEX IF NOT EXISTS notifications_once
  ON notifications (receiver_id, kind, reference, version) NULLS NOT DISTINCT;
CREATE INDEX IF NOT EXISTS notifications_by_receiver ON notifications (receiver_id, id);
CREATE INDEX IF NOT EXISTS notifications_unread ON notifications (receiver_id) WHERE state = 'UNREAD';
CREATE INDEX IF NOT EXISTS messages_by_notification ON messages (notification_id);
CREATE INDEX IF NOT EXISTS messages_for_digest ON messages (receiver_id)
  WHERE in_digest AND state = 'WAITING';
CREATE INDEX IF NOT EXISTS messages_by_digest ON messages (digest_id) WHERE digest_id IS NOT NULL;
-- What people have chosen.
CALL ensure_constraint('notification_settings', 'notification_settings_id_is_user', 'CHECK (id = user_id)');
CALL ensure_constraint('notification_settings', 'notification_settings_quiet_hours',
  'CHECK ((quiet_from IS NULL) = (quiet_until IS NULL) AND quiet_from <> quiet_until)');
CALL ensure_constraint('notification_settings', 'notification_settings_digest_hour',
  'CHECK (digest_hour BETWEEN 0 AND 23)');
CALL ensure_constraint('notification_settings', 'notification_settings_security_stays',
  'CHECK (''SECURITY'' = ANY (email))');
CALL ensure_constraint('push_devices', 'push_devices_https', 'CHECK (endpoint LIKE ''https://%'')');
-- A kind is switched on or off, never both.
CALL ensure_constraint('notification_settings', 'notification_settings_kinds', 'CHECK (NOT kinds_on && kinds_off)');
CREATE INDEX IF NOT EXISTS push_devices_by_user ON push_devices (user_id);
-- After how many days people are reminded of what waits for their answer.
CALL ensure_constraint('districts', 'districts_reminders',
  'CHECK (answer_days BETWEEN 1 AND 30 AND decision_days BETWEEN 1 AND 30)');
