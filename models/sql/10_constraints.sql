-- What the domain promises, enforced a second time. Every statement may run again; a constraint
-- whose definition has changed is replaced, a changed index gets a new name.

CREATE OR REPLACE PROCEDURE ensure_constraint(target regclass, label text, definition text)
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = target AND conname = label
             AND obj_description(oid, 'pg_constraint') = definition) THEN
    RETURN;
  END IF;
  EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I', target, label);
  EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', target, label, definition);
  EXECUTE format('COMMENT ON CONSTRAINT %I ON %s IS %L', label, target, definition);
END $$;

-- An address belongs to one account, whatever its capitals.
CREATE UNIQUE INDEX IF NOT EXISTS users_email_key ON users (lower(email));

CALL ensure_constraint('users', 'users_version_positive', 'CHECK (version > 0)');
-- Mails are written in one of these; rows from before this wall get the default.
UPDATE users SET language = 'de' WHERE language NOT IN ('de', 'de-x-leicht', 'en');
CALL ensure_constraint('users', 'users_language_known',
  'CHECK (language IN (''de'', ''de-x-leicht'', ''en''))');
-- The guards below compare words, so only known ones may be written.
CALL ensure_constraint('users', 'users_role_known',
  'CHECK (role IN (''SEEKER'', ''ASSISTANT'', ''COORDINATOR'', ''REPRESENTATIVE'',
     ''CUSTOMER_SERVICE'', ''ADMINISTRATION''))');
CALL ensure_constraint('talks', 'talks_outcome_known', 'CHECK (outcome IN (''DONE'', ''FAILED''))');
CALL ensure_constraint('identity_checks', 'identity_checks_verdict_known',
  'CHECK (verdict IN (''CONFIRMED'', ''REJECTED''))');
CALL ensure_constraint('orders', 'orders_kind_known', 'CHECK (kind IN (''ONE_OFF'', ''RECURRING''))');
CALL ensure_constraint('orders', 'orders_interval_known', 'CHECK (interval IN (''DAY'', ''WEEK'', ''MONTH''))');
CALL ensure_constraint('matches', 'matches_kind_known', 'CHECK (kind IN (''ASSISTANT'', ''PROVIDER''))');
-- The profile of an account has the account's id; tortoise cannot migrate keys that are relations.
CALL ensure_constraint('seekers', 'seekers_id_is_user', 'CHECK (id = user_id)');
CALL ensure_constraint('assistants', 'assistants_id_is_user', 'CHECK (id = user_id)');
CALL ensure_constraint('coordinators', 'coordinators_id_is_user', 'CHECK (id = user_id)');
CALL ensure_constraint('seekers', 'seekers_week_bits', 'CHECK (octet_length(week) = 84)');
CALL ensure_constraint('assistants', 'assistants_week_bits', 'CHECK (octet_length(week) = 84)');
CALL ensure_constraint('assistants', 'assistants_radius', 'CHECK (radius_km BETWEEN 0 AND 500)');
CALL ensure_constraint('assistants', 'assistants_provider_unless_self_employed',
  'CHECK (employment <> ''SELF_EMPLOYED'' OR provider_id IS NULL)');
CALL ensure_constraint('talk_answers', 'talk_answers_care_grade', 'CHECK (care_grade BETWEEN 0 AND 5)');

CALL ensure_constraint('orders', 'orders_version_positive', 'CHECK (version > 0)');
CALL ensure_constraint('orders', 'orders_week_bits', 'CHECK (octet_length(week) = 84)');
CALL ensure_constraint('orders', 'orders_duration', 'CHECK (duration_minutes BETWEEN 15 AND 1440)');
CALL ensure_constraint('orders', 'orders_max_distance', 'CHECK (max_distance_km BETWEEN 1 AND 500)');
CALL ensure_constraint('orders', 'orders_count_positive', 'CHECK (count >= 1)');
CALL ensure_constraint('orders', 'orders_fields_of_kind',
  'CHECK (CASE kind WHEN ''ONE_OFF'' THEN start_date IS NULL AND interval IS NULL AND count IS NULL
                    ELSE starts_at IS NULL END)');
CALL ensure_constraint('orders', 'orders_complete_when_released',
  'CHECK (state IN (''DRAFT'', ''WITHDRAWN'') OR (released_at IS NOT NULL AND description <> ''''
     AND CASE kind WHEN ''ONE_OFF'' THEN starts_at IS NOT NULL
                   ELSE start_date IS NOT NULL AND interval IS NOT NULL AND count IS NOT NULL END))');

CALL ensure_constraint('matches', 'matches_version_positive', 'CHECK (version > 0)');
CALL ensure_constraint('matches', 'matches_one_acceptor',
  'CHECK ((kind = ''ASSISTANT'') = (assistant_id IS NOT NULL) AND (kind = ''PROVIDER'') = (provider_id IS NOT NULL))');
CALL ensure_constraint('matches', 'matches_commission_by_kind',
  'CHECK ((state <> ''REQUESTED'' OR kind = ''PROVIDER'') AND (state <> ''AWARDED'' OR kind = ''ASSISTANT''))');

-- At most one open commission per order.
CREATE UNIQUE INDEX IF NOT EXISTS matches_one_commission ON matches (order_id)
  WHERE state IN ('REQUESTED', 'AWARDED', 'MEETING', 'CONTRACTED');
