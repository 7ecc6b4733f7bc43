-- PostGraphile's own schema: our tables as views that hold the rights and the ladder of disclosure.
-- Who asks stands in the settings peer.side (STAFF, SEEKER, COORDINATOR) and peer.id, one transaction each.
CREATE SCHEMA peer;

CREATE FUNCTION peer.side() RETURNS text LANGUAGE sql STABLE AS $$ SELECT current_setting('peer.side', true) $$;
CREATE FUNCTION peer.me() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('peer.id', true), '')::uuid $$;
COMMENT ON FUNCTION peer.side() IS '@behavior -*';
COMMENT ON FUNCTION peer.me() IS '@behavior -*';

CREATE TABLE peer.labels (code text PRIMARY KEY, label text NOT NULL);
COMMENT ON TABLE peer.labels IS '@behavior -*';

CREATE FUNCTION peer.level(state text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE state WHEN 'SUGGESTED' THEN 1 WHEN 'ACCEPTED' THEN 2 WHEN 'ON_HOLD' THEN 2 WHEN 'CONTRACTED' THEN 4
    WHEN 'REQUESTED' THEN 3 WHEN 'AWARDED' THEN 3 WHEN 'MEETING' THEN 3 ELSE 0 END $$;
COMMENT ON FUNCTION peer.level(text) IS '@behavior -*';

CREATE FUNCTION peer.windows_of(week bytea) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_agg(jsonb_build_object('weekday', day + 1, 'start', lpad((f / 4)::text, 2, '0') || ':' || lpad((f % 4 * 15)::text, 2, '0'),
    'end', lpad((t / 4)::text, 2, '0') || ':' || lpad((t % 4 * 15)::text, 2, '0')) ORDER BY day, n)
  FROM (SELECT ('x' || encode(week, 'hex'))::bit(672)::text AS bits) b, generate_series(0, 6) AS day,
    LATERAL (SELECT substr(bits, day * 96 + 1, 96) AS today) d, generate_series(1, regexp_count(today, '1+')) AS n,
    LATERAL (SELECT regexp_instr(today, '1+', 1, n) - 1 AS f, regexp_instr(today, '1+', 1, n, 1) - 1 AS t) w $$;
COMMENT ON FUNCTION peer.windows_of(bytea) IS '@behavior -*';

CREATE VIEW peer.municipalities AS
SELECT id AS key, 'municipality_03155_' || replace(id::text, '-', '') AS id, name, postcodes FROM municipalities;
COMMENT ON VIEW peer.municipalities IS '@primaryKey key';

CREATE VIEW peer.providers AS
SELECT id AS key, 'provider_03155_' || replace(id::text, '-', '') AS id, name, introduction, email, phone FROM providers;
COMMENT ON VIEW peer.providers IS '@primaryKey key';

CREATE VIEW peer.seekers AS
SELECT s.id AS key, 'seeker_03155_' || replace(s.id::text, '-', '') AS id, u.first_name,
  CASE WHEN l.level >= 4 THEN u.last_name END AS last_name, CASE WHEN l.level >= 4 THEN u.email END AS email,
  CASE WHEN l.level >= 3 THEN u.phone END AS phone, s.introduction,
  CASE WHEN l.level >= 4 THEN u.street END AS street, CASE WHEN l.level >= 5 THEN s.acting_for END AS acting_for
FROM seekers s JOIN users u ON u.id = s.id CROSS JOIN LATERAL (SELECT CASE peer.side()
  WHEN 'STAFF' THEN 5 WHEN 'SEEKER' THEN CASE WHEN s.id = peer.me() THEN 6 END
  WHEN 'COORDINATOR' THEN (SELECT max(peer.level(m.state)) FROM orders o JOIN matches m ON m.order_id = o.id
    WHERE o.seeker_id = s.id AND m.provider_id = peer.me()
      AND m.state IN ('ACCEPTED', 'AWARDED', 'CONTRACTED', 'MEETING', 'ON_HOLD', 'REQUESTED'))
  END AS level OFFSET 0) l WHERE l.level IS NOT NULL;
COMMENT ON VIEW peer.seekers IS '@primaryKey key';

CREATE VIEW peer.assistants AS
SELECT a.id AS key, 'assistant_03155_' || replace(a.id::text, '-', '') AS id, u.first_name,
  CASE WHEN l.level >= 4 THEN u.last_name END AS last_name, CASE WHEN l.level >= 3 THEN u.phone END AS phone,
  a.introduction, a.employment, string_to_array(a.languages, ' ') AS languages, a.has_car,
  u.municipality_id AS municipality_key
FROM assistants a JOIN users u ON u.id = a.id CROSS JOIN LATERAL (SELECT CASE peer.side()
  WHEN 'STAFF' THEN 5 WHEN 'COORDINATOR' THEN CASE WHEN a.provider_id = peer.me() THEN 5 END
  WHEN 'SEEKER' THEN (SELECT max(peer.level(m.state)) FROM orders o JOIN matches m ON m.order_id = o.id
    WHERE o.seeker_id = peer.me() AND m.assistant_id = a.id
      AND m.state IN ('ACCEPTED', 'AWARDED', 'CONTRACTED', 'MEETING', 'ON_HOLD', 'REQUESTED'))
  END AS level OFFSET 0) l WHERE l.level IS NOT NULL;
COMMENT ON VIEW peer.assistants IS '@primaryKey key
@foreignKey (municipality_key) references municipalities (key)|@fieldName municipality|@behavior -manyRelation:resource:list -manyRelation:resource:connection';

CREATE VIEW peer.matches AS
SELECT m.id AS key, 'match_03155_' || replace(m.id::text, '-', '') AS id, m.version, m.state, m.kind, m.created_at,
  m.decided_at, m.order_id AS order_key, m.assistant_id AS assistant_key, m.provider_id AS provider_key
FROM matches m WHERE CASE peer.side() WHEN 'STAFF' THEN true
  WHEN 'SEEKER' THEN m.state IN ('ACCEPTED', 'AWARDED', 'CONTRACTED', 'MEETING', 'ON_HOLD', 'REQUESTED')
    AND EXISTS (SELECT 1 FROM orders o WHERE o.id = m.order_id AND o.seeker_id = peer.me())
  WHEN 'COORDINATOR' THEN m.provider_id = peer.me() AND m.state NOT IN ('DECLINED', 'LAPSED', 'WITHDRAWN') ELSE false END;

-- An order at the viewer's stage; a coordinator's own match is part of it.
CREATE VIEW peer.orders AS
SELECT o.id AS key, 'order_03155_' || replace(o.id::text, '-', '') AS id, o.version, o.state, o.kind, o.description,
  o.duration_minutes, o.needs_driving, o.starts_at, o.start_date, o.interval, o.count, o.max_distance_km,
  CASE WHEN peer.side() <> 'COORDINATOR' THEN o.created_at END AS created_at, o.released_at,
  o.week, o.municipality_id AS municipality_key,
  CASE WHEN peer.side() <> 'COORDINATOR' OR EXISTS (SELECT 1 FROM matches m WHERE m.order_id = o.id
    AND m.provider_id = peer.me() AND peer.level(m.state) >= 2) THEN o.seeker_id END AS seeker_key
FROM orders o WHERE CASE peer.side() WHEN 'STAFF' THEN true WHEN 'SEEKER' THEN o.seeker_id = peer.me()
  WHEN 'COORDINATOR' THEN EXISTS (SELECT 1 FROM matches m WHERE m.order_id = o.id AND m.provider_id = peer.me()
    AND m.state NOT IN ('DECLINED', 'LAPSED', 'WITHDRAWN')) ELSE false END;
COMMENT ON VIEW peer.orders IS '@primaryKey key
@foreignKey (municipality_key) references municipalities (key)|@fieldName municipality|@behavior -manyRelation:resource:list -manyRelation:resource:connection
@foreignKey (seeker_key) references seekers (key)|@fieldName seeker|@behavior -manyRelation:resource:list -manyRelation:resource:connection';
COMMENT ON COLUMN peer.orders.week IS '@behavior -*';
COMMENT ON VIEW peer.matches IS '@primaryKey key
@foreignKey (order_key) references orders (key)|@fieldName order|@foreignFieldName matches
@foreignKey (assistant_key) references assistants (key)|@fieldName assistant|@behavior -manyRelation:resource:list -manyRelation:resource:connection
@foreignKey (provider_key) references providers (key)|@fieldName provider|@behavior -manyRelation:resource:list -manyRelation:resource:connection';

CREATE VIEW peer.order_activities AS
SELECT t.order_id AS order_key, t.activity_id AS code, l.label FROM order_activities t JOIN peer.labels l ON l.code = t.activity_id;
CREATE VIEW peer.assistant_activities AS
SELECT t.assistant_id AS assistant_key, t.activity_id AS code, l.label FROM assistant_activities t JOIN peer.labels l ON l.code = t.activity_id;
CREATE VIEW peer.provider_activities AS
SELECT t.provider_id AS provider_key, t.activity_id AS code, l.label FROM provider_activities t JOIN peer.labels l ON l.code = t.activity_id;
COMMENT ON VIEW peer.order_activities IS '@primaryKey order_key,code
@foreignKey (order_key) references orders (key)|@foreignSimpleFieldName activities|@behavior -manyRelation:resource:connection +manyRelation:resource:list';
COMMENT ON VIEW peer.assistant_activities IS '@primaryKey assistant_key,code
@foreignKey (assistant_key) references assistants (key)|@foreignSimpleFieldName activities|@behavior -manyRelation:resource:connection +manyRelation:resource:list';
COMMENT ON VIEW peer.provider_activities IS '@primaryKey provider_key,code
@foreignKey (provider_key) references providers (key)|@foreignSimpleFieldName activities|@behavior -manyRelation:resource:connection +manyRelation:resource:list';

CREATE FUNCTION peer.orders_before(place uuid) RETURNS SETOF peer.orders LANGUAGE sql STABLE AS $$
  SELECT * FROM peer.orders WHERE key < place AND peer.side() IN ('STAFF', 'SEEKER') ORDER BY key DESC $$;
CREATE FUNCTION peer.suggested_before(place uuid) RETURNS SETOF peer.orders LANGUAGE sql STABLE AS $$
  SELECT o.* FROM matches m JOIN peer.orders o ON o.key = m.order_id
  WHERE m.provider_id = peer.me() AND m.state NOT IN ('DECLINED', 'LAPSED', 'WITHDRAWN') AND m.order_id < place
    AND peer.side() = 'COORDINATOR' ORDER BY m.order_id DESC $$;
-- A column would be computed wherever PostgreSQL needs a whole row; a function is called only when asked for.
CREATE FUNCTION peer.orders_windows(o peer.orders) RETURNS jsonb LANGUAGE sql STABLE AS $$ SELECT peer.windows_of(o.week) $$;
CREATE FUNCTION peer.orders_my_match(o peer.orders) RETURNS peer.matches LANGUAGE sql STABLE AS $$
  SELECT * FROM peer.matches m WHERE m.order_key = o.key AND peer.side() = 'COORDINATOR' $$;
CREATE FUNCTION peer.orders_by_keys(keys uuid[]) RETURNS SETOF peer.orders LANGUAGE sql STABLE AS $$
  SELECT * FROM peer.orders WHERE key = ANY(keys) $$;
CREATE FUNCTION peer.matches_by_keys(keys uuid[]) RETURNS SETOF peer.matches LANGUAGE sql STABLE AS $$
  SELECT * FROM peer.matches WHERE key = ANY(keys) $$;
CREATE FUNCTION peer.assistants_by_keys(keys uuid[]) RETURNS SETOF peer.assistants LANGUAGE sql STABLE AS $$
  SELECT * FROM peer.assistants WHERE key = ANY(keys) $$;
CREATE FUNCTION peer.providers_by_keys(keys uuid[]) RETURNS SETOF peer.providers LANGUAGE sql STABLE AS $$
  SELECT * FROM peer.providers WHERE key = ANY(keys) $$;
COMMENT ON FUNCTION peer.orders_by_keys(uuid[]) IS '@behavior -queryField:resource:connection +queryField:resource:list';
COMMENT ON FUNCTION peer.matches_by_keys(uuid[]) IS '@behavior -queryField:resource:connection +queryField:resource:list';
COMMENT ON FUNCTION peer.assistants_by_keys(uuid[]) IS '@behavior -queryField:resource:connection +queryField:resource:list';
COMMENT ON FUNCTION peer.providers_by_keys(uuid[]) IS '@behavior -queryField:resource:connection +queryField:resource:list';
