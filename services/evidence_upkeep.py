"""What becomes of proofs as time goes by: warnings, their end, and the end of the records."""

from datetime import datetime

from domain.evidence import EXPIRED, WARNINGS, milestone
from domain.evidence_rules import KEPT, UNUSED_CERTIFICATE
from models.database import fetch
from models.user import Assistant
from services import clock
from services.clock import today
from services.evidence import refresh, tell_matches
from services.evidence_news import tell_end
from services.offer import offer_changed

BATCH = 500

# Whose warning is due: fewer days are left than the last one said, or none since it was said.
_DUE = """
SELECT a.id FROM assistants a JOIN users u ON u.id = a.id
WHERE u.state IN ('REGISTERED', 'RELEASED', 'SUSPENDED') AND (
  a.proofs_until < $1 AND a.proofs_told IS DISTINCT FROM 0
  OR EXISTS (SELECT 1 FROM unnest($2::int[]) AS days
             WHERE a.proofs_until BETWEEN $1 AND $1 + days AND coalesce(a.proofs_told, $3) > days))
ORDER BY a.proofs_until, a.id LIMIT $4 FOR NO KEY UPDATE OF a SKIP LOCKED
"""

# An activity ends when the account leaves RELEASED, and that of somebody who works for a provider
# when they leave it without another; one that never was released has none.
_FORGET = """
WITH life AS (
  SELECT a.id, u.state, bool_or(t.target = 'RELEASED') AS active,
         CASE u.state WHEN 'RELEASED' THEN
           (SELECT max(left_at.at) FROM applications p JOIN transitions left_at
              ON left_at.machine = 'APPLICATION' AND left_at.aggregate = p.id
             WHERE p.user_id = a.id AND left_at.action = 'END_MEMBERSHIP')
         ELSE max(t.at) FILTER (WHERE t.source = 'RELEASED') END AS ended
  FROM assistants a JOIN users u ON u.id = a.id
  LEFT JOIN transitions t ON t.machine = 'ACCOUNT' AND t.aggregate = a.id
  WHERE u.state <> 'RELEASED' OR (a.employment <> 'SELF_EMPLOYED' AND a.provider_id IS NULL)
  GROUP BY a.id, u.state
), over AS (
  SELECT e.id FROM evidence e JOIN life l ON l.id = e.assistant_id
  JOIN unnest($2::text[], $3::interval[]) AS kept (kind, time) ON kept.kind = e.kind
  WHERE CASE
    WHEN l.active THEN l.ended < $1::timestamptz
      - CASE l.state WHEN 'SUSPENDED' THEN greatest(kept.time, $4) ELSE kept.time END
    WHEN e.kind = 'CERTIFICATE_OF_CONDUCT' AND e.created_at < $1 - $4::interval THEN true
    ELSE l.state IN ('DELETION_REQUESTED', 'ERASED') END
  UNION
  SELECT e.id FROM evidence e JOIN evidence newer ON newer.assistant_id = e.assistant_id
    AND newer.kind = e.kind AND newer.id > e.id AND newer.verdict IS NOT NULL
  WHERE e.kind = 'CERTIFICATE_OF_CONDUCT'
)
DELETE FROM evidence WHERE id IN (SELECT id FROM over ORDER BY id LIMIT $5) RETURNING assistant_id
"""


async def warn() -> int:
    """Tell people whose proofs end soon or have ended, a batch at most; how many.

    Whoever has none any more is out of matching from the first moment of that day on; here open
    orders and open matches learn of it. No match and no contract is ended.
    """
    rows = await fetch(_DUE, today(), list(WARNINGS), WARNINGS[0] + 1, BATCH)
    for row in rows:
        await _tell(await Assistant.get(id=row["id"]))
    return len(rows)


async def _tell(assistant: Assistant) -> None:
    if assistant.proofs_until is None:
        return
    due = milestone(assistant.proofs_until, today())
    await Assistant.filter(id=assistant.id).update(proofs_told=due)
    await tell_end(assistant, due)
    if due == EXPIRED:
        await offer_changed(assistant.id)
        await tell_matches(assistant.id)


async def forget(now: datetime | None = None) -> int:
    """Delete records whose time is over (`domain.evidence_rules.KEPT`), a batch; how many."""
    rows = await fetch(
        _FORGET,
        now or clock.now(),
        [kind.value for kind in KEPT],
        list(KEPT.values()),
        UNUSED_CERTIFICATE,
        BATCH,
    )
    for assistant_id in sorted({row["assistant_id"] for row in rows}):
        await refresh(await Assistant.select_for_update(no_key=True).get(id=assistant_id))
    return len(rows)
