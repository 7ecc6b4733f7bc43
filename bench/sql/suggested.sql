-- A page of 20 orders behind the place $2 that the viewer's provider ($1) may answer or answered.
WITH k AS MATERIALIZED (
  SELECT * FROM matches WHERE provider_id = $1 AND state NOT IN (ENDED) AND order_id < $2
  ORDER BY order_id DESC LIMIT 21)
SELECT json_build_object('nodes', ARRAY(SELECT row_to_json(t) FROM (
  SELECT ID(order, o.id) AS id, o.version, o.state, o.kind, o.description,
    o.duration_minutes AS "durationMinutes", o.starts_at AS "startsAt",
    o.start_date AS "startDate", o.interval, o.count, NULL AS "createdAt",
    ACTIVITIES(order, o.id),
    (SELECT row_to_json(t) FROM (
      SELECT ID(municipality, g.id) AS id, g.name
      FROM municipalities g WHERE g.id = o.municipality_id) t) AS municipality,
    (SELECT row_to_json(t) FROM (
      SELECT ID(seeker, u.id) AS id, u.first_name AS "firstName",
        SHOWN(CONTRACT, u.last_name, lastName), SHOWN(COMMISSION, u.phone, phone),
        SHOWN(CONTRACT, u.street, street)
      FROM users u CROSS JOIN LATERAL (
        SELECT LEVEL(m2) AS level FROM orders o2 JOIN matches m2 ON m2.order_id = o2.id
        WHERE o2.seeker_id = o.seeker_id AND m2.provider_id = $1 AND m2.state IN (AGREED)) l
      WHERE u.id = o.seeker_id AND m.state IN (AGREED)) t) AS seeker,
    (SELECT row_to_json(t) FROM (
      SELECT ID(match, m.id) AS id, m.version, m.state, m.created_at AS "createdAt",
        m.decided_at AS "decidedAt") t) AS "myMatch"
  FROM (SELECT * FROM k LIMIT 20) m JOIN orders o ON o.id = m.order_id
  ORDER BY o.id DESC) t),
  'pageInfo', (SELECT json_build_object('hasNextPage', count(*) > 20,
     'endCursor', CURSOR((array_agg(order_id ORDER BY order_id DESC))[least(20, count(*))]))
     FROM k))
