-- One order of the viewer ($1) with its parts; the week is cut into windows by the endpoint.
SELECT (SELECT row_to_json(t) FROM (
  SELECT ID(order, o.id) AS id, o.version, o.state, o.kind, o.description,
    o.duration_minutes AS "durationMinutes", o.needs_driving AS "needsDriving",
    o.starts_at AS "startsAt", o.start_date AS "startDate", o.interval, o.count,
    o.max_distance_km AS "maxDistanceKm", o.created_at AS "createdAt",
    o.released_at AS "releasedAt", ACTIVITIES(order, o.id),
    (SELECT row_to_json(t) FROM (
      SELECT ID(municipality, g.id) AS id, g.name, g.postcodes
      FROM municipalities g WHERE g.id = o.municipality_id) t) AS municipality,
    (SELECT row_to_json(t) FROM (
      SELECT ID(seeker, s.id) AS id, u.first_name AS "firstName", u.last_name AS "lastName",
        u.email, u.phone, s.introduction, s.acting_for AS "actingFor"
      FROM seekers s JOIN users u ON u.id = s.id WHERE s.id = o.seeker_id) t) AS seeker,
    json_build_object('nodes', ARRAY(SELECT row_to_json(t) FROM (
      SELECT ID(match, m.id) AS id, m.version, m.state, m.kind, m.created_at AS "createdAt",
        m.decided_at AS "decidedAt",
        (SELECT row_to_json(t) FROM (
          SELECT ID(assistant, a.id) AS id, u.first_name AS "firstName",
            SHOWN(CONTRACT, u.last_name, lastName), SHOWN(COMMISSION, u.phone, phone),
            a.employment, string_to_array(a.languages, ' ') AS languages, a.has_car AS "hasCar"
          FROM assistants a JOIN users u ON u.id = a.id CROSS JOIN LATERAL (
            SELECT LEVEL(m2) AS level FROM orders o2 JOIN matches m2 ON m2.order_id = o2.id
            WHERE o2.seeker_id = $1 AND m2.assistant_id = a.id AND m2.state IN (AGREED)) l
          WHERE a.id = m.assistant_id) t) AS assistant,
        (SELECT row_to_json(t) FROM (
          SELECT ID(provider, p.id) AS id, p.name, p.phone
          FROM providers p WHERE m.provider_id IS NOT NULL AND p.id = m.provider_id) t) AS provider
      FROM (SELECT * FROM matches WHERE order_id = o.id AND state IN (AGREED)
            ORDER BY id LIMIT 5) m) t)) AS matches) t), o.week
FROM orders o WHERE o.id = $2 AND o.seeker_id = $1
