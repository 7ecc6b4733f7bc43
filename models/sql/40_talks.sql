-- Slots and bookings of introductory talks, answers that are replaced and never overwritten, and
-- what a district may decide.
CALL ensure_constraint('districts', 'districts_policy',
  'CHECK (talk_minutes BETWEEN 10 AND 180 AND horizon_days BETWEEN 1 AND 365
     AND notice_minutes BETWEEN 0 AND 10080 AND missed_talks BETWEEN 1 AND 10
     AND certificate_months BETWEEN 6 AND 120
     AND cardinality(reminder_hours) <= 3 AND octet_length(hours) = 84)');
CALL ensure_constraint('districts', 'districts_welcome',
  'CHECK (jsonb_typeof(welcome) = ''object''
     AND welcome - ARRAY[''de'', ''de-x-leicht'', ''en''] = ''{}''::jsonb)');

CALL ensure_constraint('talk_slots', 'talk_slots_length',
  'CHECK (extract(epoch FROM ends_at - starts_at) = minutes * 60 AND minutes BETWEEN 10 AND 180)');
-- Nobody holds two talks at once.
CALL ensure_constraint('talk_slots', 'talk_slots_apart',
  'EXCLUDE USING gist (uuidrange(officer_id, officer_id, ''[]'') WITH &&,
     tstzrange(starts_at, ends_at) WITH &&) WHERE (cancelled_at IS NULL)');

CALL ensure_constraint('talk_bookings', 'talk_bookings_channel_known',
  'CHECK (channel IN (''PHONE'', ''VIDEO''))');
CALL ensure_constraint('talk_bookings', 'talk_bookings_wishes_known',
  'CHECK (wishes <@ ARRAY[''INTERPRETER'', ''PLAIN_LANGUAGE'', ''SIGN_LANGUAGE''])');
CALL ensure_constraint('talk_bookings', 'talk_bookings_version_positive', 'CHECK (version > 0)');
CALL ensure_constraint('talk_bookings', 'talk_bookings_failure_when_missed',
  'CHECK ((state = ''MISSED'') = (failure IS NOT NULL) AND (state = ''MISSED'' OR NOT to_call))');
CREATE UNIQUE INDEX IF NOT EXISTS talk_bookings_one_per_slot ON talk_bookings (slot_id)
  WHERE state <> 'CANCELLED';
CREATE UNIQUE INDEX IF NOT EXISTS talk_bookings_one_per_person ON talk_bookings (user_id)
  WHERE state = 'BOOKED';
CREATE INDEX IF NOT EXISTS talk_bookings_by_user ON talk_bookings (user_id, id);
CREATE INDEX IF NOT EXISTS talk_bookings_by_slot ON talk_bookings (slot_id);
CREATE OR REPLACE TRIGGER talk_bookings_state BEFORE INSERT OR UPDATE OF state ON talk_bookings
  FOR EACH ROW EXECUTE FUNCTION guard_state('TALK');

-- Answers of a talk are a chain: one first row, and each row is replaced once at most.
CREATE UNIQUE INDEX IF NOT EXISTS talk_answers_first ON talk_answers (talk_id)
  WHERE replaces_id IS NULL;
CREATE INDEX IF NOT EXISTS talk_answers_by_talk ON talk_answers (talk_id);
CALL ensure_constraint('talk_answers', 'talk_answers_correction_has_instant',
  'CHECK ((corrected_at IS NOT NULL) OR (replaces_id IS NULL AND corrected_by_id IS NULL))');
