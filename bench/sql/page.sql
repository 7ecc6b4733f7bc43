-- A page of 20 orders behind the place $1, five matches each, for staff.
WITH k AS MATERIALIZED (SELECT * FROM orders WHERE id < $1 ORDER BY id DESC LIMIT 21)
SELECT json_build_object('nodes', ARRAY(SELECT row_to_json(t) FROM (
  SELECT ID(order, o.id) AS id, o.state, o.kind, o.description,
    o.duration_minutes AS "durationMinutes", o.created_at AS "createdAt",
    (SELECT row_to_json(t) FROM (
      SELECT ID(seeker, u.id) AS id, u.first_name AS "firstName", u.last_name AS "lastName", u.phone
      FROM users u WHERE u.id = o.seeker_id) t) AS seeker,
    ACTIVITIES(order, o.id),
    json_build_object('nodes', ARRAY(SELECT row_to_json(t) FROM (
      SELECT ID(match, m.id) AS id, m.state, m.created_at AS "createdAt",
        (SELECT row_to_json(t) FROM (
          SELECT ID(assistant, u.id) AS id, u.first_name AS "firstName",
            u.last_name AS "lastName", ACTIVITIES(assistant, u.id)
          FROM users u WHERE u.id = m.assistant_id) t) AS assistant
      FROM (SELECT * FROM matches WHERE order_id = o.id ORDER BY id LIMIT 5) m) t)) AS matches
  FROM (SELECT * FROM k LIMIT 20) o) t),
  'pageInfo', (SELECT json_build_object('hasNextPage', count(*) > 20,
     'endCursor', CURSOR((array_agg(id ORDER BY id DESC))[least(20, count(*))])) FROM k))
