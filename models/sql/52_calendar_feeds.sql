-- Addresses of people's calendars: one open one each.
CREATE UNIQUE INDEX IF NOT EXISTS calendar_feeds_one_open ON calendar_feeds (user_id)
  WHERE revoked_at IS NULL;
CALL ensure_constraint('calendar_feeds', 'calendar_feeds_in_order', 'CHECK (revoked_at >= created_at)');
