-- What matching reads and writes: busy spans that exclude each other, marks of changed offers,
-- runs that are written once. Safe to run again.

CALL ensure_constraint('busy', 'busy_kind_known',
  'CHECK (kind IN (''ABSENCE'', ''MEETING'', ''APPOINTMENT''))');
CALL ensure_constraint('busy', 'busy_ends_after_it_begins', 'CHECK (begins_at < ends_at)');
-- An absence is the reason for which a meeting is moved: those two may meet for a while.
CALL ensure_constraint('busy', 'busy_one_absence_at_a_time',
  'EXCLUDE USING gist (uuidrange(assistant_id, assistant_id, ''[]'') WITH &&,
     tstzrange(begins_at, ends_at) WITH &&) WHERE (cancelled_at IS NULL AND kind = ''ABSENCE'')');
CALL ensure_constraint('busy', 'busy_no_double_booking',
  'EXCLUDE USING gist (uuidrange(assistant_id, assistant_id, ''[]'') WITH &&,
     tstzrange(begins_at, ends_at) WITH &&) WHERE (cancelled_at IS NULL AND kind <> ''ABSENCE'')');

CALL ensure_constraint('provider_recognitions', 'provider_recognitions_kind_known',
  'CHECK (kind IN (''INTEGRATION_ASSISTANCE'', ''CARE_SERVICE'', ''EVERYDAY_SUPPORT'', ''WORK_AND_EDUCATION''))');
CALL ensure_constraint('provider_recognitions', 'provider_recognitions_ends_after_it_begins',
  'CHECK (valid_until >= valid_from)');
CALL ensure_constraint('match_runs', 'match_runs_one_side',
  'CHECK (num_nonnulls(order_id, assistant_id, provider_id) = 1)');

CREATE INDEX IF NOT EXISTS busy_by_assistant ON busy (assistant_id, begins_at) WHERE cancelled_at IS NULL;
CREATE INDEX IF NOT EXISTS match_runs_by_order ON match_runs (order_id, id);
CREATE INDEX IF NOT EXISTS match_runs_by_assistant ON match_runs (assistant_id);
CREATE INDEX IF NOT EXISTS match_runs_by_provider ON match_runs (provider_id);
CREATE INDEX IF NOT EXISTS matches_waiting ON matches (waits_until) WHERE waits_until IS NOT NULL;
CREATE INDEX IF NOT EXISTS orders_by_end ON orders (expires_at) WHERE state IN ('RELEASED', 'IN_PROGRESS');
-- A job that merges with one that has not been handed out yet.
CREATE UNIQUE INDEX IF NOT EXISTS outbox_merged ON outbox (kind, aggregate)
  WHERE merges AND state = 0 AND dispatch = 0;

CREATE OR REPLACE TRIGGER match_runs_append_only BEFORE UPDATE ON match_runs
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Which offers have changed, by the transaction that changed them last: who has read everything
-- below a snapshot's horizon reads on from there and misses nothing.
CREATE TABLE IF NOT EXISTS offer_changes (
  acceptor uuid PRIMARY KEY,
  tx xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX IF NOT EXISTS offer_changes_by_tx ON offer_changes (tx);

-- The last day on which was looked at what begins and ends by date; one row.
CREATE TABLE IF NOT EXISTS offer_days (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  day date NOT NULL
);

CREATE OR REPLACE FUNCTION mark_offers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- In the order of the ids, so that two of these never wait for each other.
  EXECUTE format(
    'INSERT INTO public.offer_changes (acceptor)
     SELECT acceptor FROM (%s) AS found WHERE acceptor IS NOT NULL GROUP BY acceptor ORDER BY acceptor
     ON CONFLICT (acceptor) DO UPDATE SET tx = pg_current_xact_id()',
    format(TG_ARGV[0], 'changed'));
  RETURN NULL;
END $$;

-- A statement's rows are looked at together; an insertion, a change and a deletion need one each.
CREATE OR REPLACE PROCEDURE ensure_offer_marks(target regclass, acceptors text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER INSERT ON %s REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION mark_offers(%L)', target || '_mark_inserted', target, acceptors);
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER UPDATE ON %s REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION mark_offers(%L)', target || '_mark_updated', target, acceptors);
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER DELETE ON %s REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION mark_offers(%L)', target || '_mark_deleted', target, acceptors);
END $$;

CALL ensure_offer_marks('assistants', 'SELECT id AS acceptor FROM %s');
CALL ensure_offer_marks('assistant_activities', 'SELECT assistant_id AS acceptor FROM %s');
CALL ensure_offer_marks('assistant_qualities', 'SELECT assistant_id AS acceptor FROM %s');
CALL ensure_offer_marks('busy', 'SELECT assistant_id AS acceptor FROM %s');
CALL ensure_offer_marks('providers', 'SELECT id AS acceptor FROM %s');
CALL ensure_offer_marks('provider_activities', 'SELECT provider_id AS acceptor FROM %s');
CALL ensure_offer_marks('provider_areas', 'SELECT provider_id AS acceptor FROM %s');
CALL ensure_offer_marks('provider_recognitions', 'SELECT provider_id AS acceptor FROM %s');
CALL ensure_offer_marks('coordinators', 'SELECT provider_id AS acceptor FROM %s');
CALL ensure_offer_marks('users',
  'SELECT CASE c.role WHEN ''ASSISTANT'' THEN c.id WHEN ''COORDINATOR'' THEN
     (SELECT provider_id FROM public.coordinators WHERE id = c.id) END AS acceptor FROM %s c
   WHERE c.role IN (''ASSISTANT'', ''COORDINATOR'')');
-- What a district decides about matching: how many see, how long, and which numbers say who.
CALL ensure_constraint('districts', 'districts_matching',
  'CHECK (suggestions_at_once BETWEEN 3 AND 100 AND order_days BETWEEN 14 AND 365
     AND smallest_told BETWEEN 3 AND 20)');
