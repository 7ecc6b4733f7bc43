-- What reports promise beyond their columns. Safe to run again.
CALL ensure_constraint('reports', 'reports_about_one', 'CHECK (num_nonnulls(subject_id, provider_id) = 1)');
CALL ensure_constraint('reports', 'reports_not_about_oneself', 'CHECK (reporter_id <> subject_id)');
CALL ensure_constraint('reports', 'reports_reason_known',
  'CHECK (reason IN (''SAFETY'', ''BEHAVIOUR'', ''FRAUD'', ''NOT_AS_AGREED'', ''OTHER''))');
CALL ensure_constraint('reports', 'reports_note_length', 'CHECK (char_length(note) <= 2000)');
CREATE INDEX IF NOT EXISTS reports_by_reporter ON reports (reporter_id, created_at);
CREATE INDEX IF NOT EXISTS reports_handled ON reports (handled_at);
