-- What stands behind the kinds $1 and ids $2, in their order, for staff.
SELECT array_to_json(ARRAY(SELECT CASE k.kind
  WHEN 'Order' THEN (SELECT row_to_json(t) FROM (
    SELECT 'Order' AS "__typename", ID(order, o.id) AS id, o.state AS "orderState", o.description,
      o.created_at AS "createdAt",
      (SELECT row_to_json(t) FROM (
        SELECT ID(municipality, g.id) AS id, g.name
        FROM municipalities g WHERE g.id = o.municipality_id) t) AS municipality,
      ACTIVITIES(order, o.id)
    FROM orders o WHERE o.id = k.id) t)
  WHEN 'Match' THEN (SELECT row_to_json(t) FROM (
    SELECT 'Match' AS "__typename", ID(match, m.id) AS id, m.state AS "matchState", m.kind,
      m.decided_at AS "decidedAt"
    FROM matches m WHERE m.id = k.id) t)
  WHEN 'Assistant' THEN (SELECT row_to_json(t) FROM (
    SELECT 'Assistant' AS "__typename", ID(assistant, a.id) AS id, u.first_name AS "firstName",
      u.last_name AS "lastName", a.employment, ACTIVITIES(assistant, a.id)
    FROM assistants a JOIN users u ON u.id = a.id WHERE a.id = k.id) t)
  WHEN 'Provider' THEN (SELECT row_to_json(t) FROM (
    SELECT 'Provider' AS "__typename", ID(provider, p.id) AS id, p.name, p.email, p.phone
    FROM providers p WHERE p.id = k.id) t)
  END
  FROM unnest($1::text[], $2::uuid[]) WITH ORDINALITY AS k(kind, id, n) ORDER BY k.n))
