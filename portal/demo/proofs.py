"""What was seen of the demo's assistants before their release."""

from uuid import UUID

from domain.policy import Policy
from models.database import execute

# Deterministic by person, and counted back from the day of loading, so that the demo stays young.
_RECORD = """
WITH shown AS (
  SELECT a.id, a.employment, current_date - 30 AS seen,
         current_date - 30 - abs(hashtext(a.id::text)) % 1020 AS dated
  FROM assistants a WHERE a.id = ANY ($1::uuid[])
), records AS (
  SELECT id, kind, seen, CASE kind WHEN 'CERTIFICATE_OF_CONDUCT' THEN dated END AS dated,
         CASE kind WHEN 'CERTIFICATE_OF_CONDUCT'
                   THEN greatest((dated + make_interval(months => $3))::date, seen)
                   WHEN 'INSURANCE' THEN seen + 730 END AS until,
         CASE kind WHEN 'QUALIFICATION' THEN $4::text[] END AS qualities,
         CASE kind WHEN 'TRAINING' THEN 20 END AS hours
  FROM shown, unnest(ARRAY['CERTIFICATE_OF_CONDUCT', 'MEASLES_PROTECTION', 'INTERVIEW', 'TRAINING',
                           'QUALIFICATION', 'INSURANCE']) AS kind
  WHERE kind NOT IN ('QUALIFICATION', 'INSURANCE') OR employment = 'SELF_EMPLOYED'
)
INSERT INTO evidence (id, assistant_id, officer_id, kind, verdict, seen_on, dated_on, valid_until,
                      quality_id, hours, created_at)
SELECT portal_uuid7(), id, $2, kind, 'CONFIRMED', least(seen, current_date), dated, until,
       qualities[1 + abs(hashtext(id::text)) % cardinality(qualities)], hours, now()
FROM records ORDER BY id, kind
"""
_UNTIL = """
UPDATE assistants SET proofs_until = held.until
FROM (SELECT assistant_id, min(coalesce(valid_until, date '9999-12-31')) AS until
      FROM evidence GROUP BY assistant_id) AS held
WHERE assistants.id = held.assistant_id
"""
_QUALIFICATIONS = ["QUA_FACHKRAFT", "QUA_PFLEGEKURS_45", "QUA_ERSTE_HILFE"]


async def record(assistants: list[UUID], officer: UUID) -> None:
    """Record everything that each of them has to show, in a few statements."""
    months = Policy().certificate_months
    await execute(_RECORD, assistants, officer, months, _QUALIFICATIONS)
    await execute(_UNTIL)
