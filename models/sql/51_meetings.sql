-- Meetings of two sides: proposed dates, people who come, nobody in two places at once.
CALL ensure_constraint('districts', 'districts_meetings',
  'CHECK (travel_minutes BETWEEN 0 AND 240 AND (room_url IN ('''') OR room_url LIKE ''https://%{room}%''))');

CALL ensure_constraint('meetings', 'meetings_kind_known', 'CHECK (kind IN (''INTRODUCTION'', ''VIDEO''))');
CALL ensure_constraint('meetings', 'meetings_party_known', 'CHECK (proposed_by IN (''SEEKER'', ''ACCEPTOR''))');
CALL ensure_constraint('meetings', 'meetings_version_positive', 'CHECK (version > 0)');
CALL ensure_constraint('meetings', 'meetings_length',
  'CHECK (minutes BETWEEN 15 AND 240 AND (starts_at IS NULL) = (ends_at IS NULL)
     AND extract(epoch FROM ends_at - starts_at) = minutes * 60)');
CALL ensure_constraint('meetings', 'meetings_date_once_confirmed',
  'CHECK (state IN (''PROPOSED'', ''CANCELLED'') OR (starts_at IS NOT NULL AND known_at = starts_at))');
CALL ensure_constraint('meetings', 'meetings_reason_when_cancelled',
  'CHECK ((state = ''CANCELLED'') = (reason IS NOT NULL)
     AND reason IN (''NO_TIME'', ''NOT_NEEDED'', ''OTHER'', ''MATCH_ENDED'', ''NOBODY_COMES''))');
CALL ensure_constraint('meetings', 'meetings_link_of_confirmed',
  'CHECK (link IS NULL OR (kind = ''VIDEO'' AND state IN (''CONFIRMED'', ''HELD'', ''MISSED'')))');
CREATE UNIQUE INDEX IF NOT EXISTS meetings_one_open ON meetings (match_id, kind)
  WHERE state IN ('PROPOSED', 'CONFIRMED');
CREATE INDEX IF NOT EXISTS meetings_by_match ON meetings (match_id, id);
CREATE OR REPLACE TRIGGER meetings_state BEFORE INSERT OR UPDATE OF state ON meetings
  FOR EACH ROW EXECUTE FUNCTION guard_state('MEETING');

CALL ensure_constraint('meeting_dates', 'meeting_dates_in_order', 'CHECK (starts_at < ends_at)');
CREATE UNIQUE INDEX IF NOT EXISTS meeting_dates_one_chosen ON meeting_dates (meeting_id) WHERE chosen;

CALL ensure_constraint('meeting_people', 'meeting_people_side_known',
  'CHECK (side IN (''SEEKER'', ''ASSISTANT'', ''COORDINATOR'')
     AND (side = ''COORDINATOR'') = (provider_id IS NOT NULL)
     AND (side = ''COORDINATOR'' OR user_id IS NOT NULL))');
CALL ensure_constraint('meeting_people', 'meeting_people_confirmed_by_somebody',
  'CHECK (confirmed_at IS NULL OR user_id IS NOT NULL)');
CALL ensure_constraint('meeting_people', 'meeting_people_span',
  'CHECK ((begins_at IS NULL) = (ends_at IS NULL) AND begins_at < ends_at
     AND (begins_at IS NULL OR confirmed_at IS NOT NULL))');
-- Nobody is in two places at once: neither who seeks, nor who assists, nor who coordinates.
CALL ensure_constraint('meeting_people', 'meeting_people_no_double_booking',
  'EXCLUDE USING gist (uuidrange(user_id, user_id, ''[]'') WITH &&,
     tstzrange(begins_at, ends_at) WITH &&) WHERE (begins_at IS NOT NULL)');
CREATE INDEX IF NOT EXISTS meeting_people_by_user ON meeting_people (user_id, meeting_id);
CREATE INDEX IF NOT EXISTS meeting_people_by_provider ON meeting_people (provider_id, meeting_id)
  WHERE provider_id IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS busy_one_per_meeting ON busy (source)
  WHERE kind = 'MEETING' AND cancelled_at IS NULL;

-- A meeting's date is one that was proposed for it and chosen. It is confirmed once all who come
-- have said so, and nobody says what became of it before it began.
CREATE OR REPLACE FUNCTION guard_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wall text;
BEGIN
  IF NEW.starts_at IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM public.meeting_dates
       WHERE meeting_id = NEW.id AND chosen AND starts_at = NEW.starts_at AND ends_at = NEW.ends_at) THEN
    wall := 'meeting_date_was_chosen';
  ELSIF NEW.state = 'CONFIRMED' AND (
       EXISTS (SELECT 1 FROM public.meeting_people WHERE meeting_id = NEW.id
               AND (confirmed_at IS NULL OR begins_at IS DISTINCT FROM NEW.starts_at
                    OR ends_at IS DISTINCT FROM NEW.ends_at))
       OR (SELECT count(*) FROM public.meeting_people WHERE meeting_id = NEW.id) < 2
       OR NOT EXISTS (SELECT 1 FROM public.meeting_people WHERE meeting_id = NEW.id AND side = 'SEEKER')) THEN
    wall := 'meeting_confirmed_by_all';
  ELSIF NEW.state IN ('HELD', 'MISSED') AND NEW.starts_at > now() THEN
    wall := 'meeting_has_begun';
  END IF;
  IF wall IS NOT NULL THEN
    RAISE EXCEPTION 'meeting against %', wall
      USING ERRCODE = 'check_violation', CONSTRAINT = wall, TABLE = 'meetings';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER meetings_whole BEFORE INSERT OR UPDATE OF state, starts_at, ends_at ON meetings
  FOR EACH ROW EXECUTE FUNCTION guard_meeting();

-- Who will not meet again has no meeting ahead. The lock orders this check after a rival's commit.
CREATE OR REPLACE FUNCTION guard_dangling_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE subject uuid;
BEGIN
  IF TG_TABLE_NAME = 'matches' THEN subject := NEW.id; ELSE subject := NEW.match_id; END IF;
  PERFORM 1 FROM public.matches WHERE id = subject FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM public.matches m JOIN public.meetings g ON g.match_id = m.id
             WHERE m.id = subject AND g.state IN ('PROPOSED', 'CONFIRMED')
               AND (m.state IN ('SUGGESTED', 'DECLINED', 'WITHDRAWN', 'LAPSED')
                    OR (g.kind = 'INTRODUCTION' AND m.state IN ('ACCEPTED', 'ON_HOLD')))) THEN
    RAISE EXCEPTION 'open meeting of a match that is not open'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'no_dangling_meeting', TABLE = 'meetings';
  END IF;
  RETURN NULL;
END $$;
CALL ensure_constraint_trigger('matches', 'matches_no_dangling_meeting',
  'AFTER UPDATE OF state ON matches
   DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
   WHEN (NEW.state IN (''SUGGESTED'', ''DECLINED'', ''WITHDRAWN'', ''LAPSED''))
   EXECUTE FUNCTION guard_dangling_meeting()');
CALL ensure_constraint_trigger('meetings', 'meetings_no_dangling',
  'AFTER INSERT OR UPDATE OF state, match_id ON meetings
   DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state IN (''PROPOSED'', ''CONFIRMED''))
   EXECUTE FUNCTION guard_dangling_meeting()');
