"""What waits at the desk of customer service, read for counting: one statement each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.user import Employment
from domain.viewer import PARTIES, Role, Viewer
from models.database import fetch
from models.user import Assistant

_WAITING = """
SELECT u.role, u.email_confirmed_at, a.employment, a.proofs_until,
  CASE u.role WHEN 'COORDINATOR' THEN c.provider_id ELSE a.provider_id END AS provider_id,
  EXISTS (SELECT FROM talks WHERE user_id = u.id AND outcome = 'DONE') AS talk_done,
  coalesce((SELECT verdict = 'CONFIRMED' FROM identity_checks WHERE user_id = u.id
            ORDER BY id DESC LIMIT 1), false) AS identity_confirmed
FROM users u LEFT JOIN assistants a ON a.id = u.id LEFT JOIN coordinators c ON c.id = u.id
WHERE u.state = 'REGISTERED' AND u.role = ANY($1)
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How far somebody has come who waits for being released."""

    role: Role
    email_confirmed_at: datetime | None
    employment: Employment | None
    provider_id: UUID | None
    talk_done: bool
    identity_confirmed: bool
    proofs_until: date | None


async def waiting_accounts(viewer: Viewer) -> Sequence[Waiting]:
    """Everybody who waits for being released, for staff; nobody for everybody else."""
    if not viewer.is_staff:
        return []
    rows = await fetch(_WAITING, sorted(PARTIES))
    return [
        Waiting(
            **row
            | {
                "role": Role(row["role"]),
                "employment": row["employment"] and Employment(row["employment"]),
            }
        )
        for row in rows
    ]


async def due_proofs(viewer: Viewer) -> Sequence[date | None]:
    """Until when the proofs of each hold who is listed in `proofsDue`."""
    if not viewer.is_staff:
        return []
    return [row.proofs_until for row in await Assistant.with_proofs_due(viewer)]
