-- One order of the viewer ($1) with fifty matches.
SELECT row_to_json(r) FROM (
  SELECT ID(order, o.id) AS id, o.state, o.version, json_build_object(
    'nodes', ARRAY(SELECT row_to_json(t) FROM (
      SELECT ID(match, m.id) AS id, m.version, m.state, m.kind, m.created_at AS "createdAt",
        m.decided_at AS "decidedAt",
        (SELECT row_to_json(t) FROM (
          SELECT ID(assistant, a.id) AS id, u.first_name AS "firstName",
            SHOWN(CONTRACT, u.last_name, lastName), SHOWN(COMMISSION, u.phone, phone),
            a.introduction, a.employment, string_to_array(a.languages, ' ') AS languages,
            a.has_car AS "hasCar",
            (SELECT row_to_json(t) FROM (
              SELECT ID(municipality, g.id) AS id, g.name
              FROM municipalities g WHERE g.id = u.municipality_id) t) AS municipality,
            ACTIVITIES(assistant, a.id)
          FROM assistants a JOIN users u ON u.id = a.id CROSS JOIN LATERAL (
            SELECT LEVEL(m2) AS level FROM orders o2 JOIN matches m2 ON m2.order_id = o2.id
            WHERE o2.seeker_id = $1 AND m2.assistant_id = a.id AND m2.state IN (AGREED)) l
          WHERE a.id = m.assistant_id) t) AS assistant,
        (SELECT row_to_json(t) FROM (
          SELECT ID(provider, p.id) AS id, p.name, p.introduction, p.phone,
            ACTIVITIES(provider, p.id)
          FROM providers p WHERE m.provider_id IS NOT NULL AND p.id = m.provider_id) t) AS provider
      FROM unnest(k.ids[:50]) WITH ORDINALITY AS w(id, n) JOIN matches m ON m.id = w.id
      ORDER BY w.n) t),
    'pageInfo', json_build_object('hasNextPage', cardinality(k.ids) > 50,
      'endCursor', CURSOR(k.ids[least(50, cardinality(k.ids))]))) AS matches
  FROM orders o CROSS JOIN LATERAL (
    SELECT ARRAY(SELECT id FROM matches WHERE order_id = o.id AND state IN (AGREED)
                 ORDER BY id LIMIT 51) AS ids OFFSET 0) k
  WHERE o.id = $2 AND o.seeker_id = $1) r
