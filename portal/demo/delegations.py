"""Who acts for whom in the demo."""

from models.database import execute
from portal.demo import personas

_ACTS = """
INSERT INTO delegations (id, principal_id, delegate_id, kind, email, state, version, created_at)
SELECT portal_uuid7(), seeker.id, acting.id, 'RELATIVE', acting.email, 'INVITED', 1,
       acting.created_at
FROM users seeker, users acting WHERE seeker.email = $1 AND acting.email = $2
"""
_AGREES = """
WITH moved AS (
  UPDATE delegations SET state = 'ACTIVE', version = 2 RETURNING id, principal_id, delegate_id
)
INSERT INTO transitions (id, machine, aggregate, action, source, target, version, actor_id, role,
                         person_id, other_id, at)
SELECT portal_uuid7(), 'DELEGATION', id, 'ACCEPT_DELEGATION', 'INVITED', 'ACTIVE', 2, delegate_id,
       'REPRESENTATIVE', principal_id, delegate_id, now()
FROM moved
"""


async def delegations() -> None:
    """One persona acts for another."""
    await execute(_ACTS, personas.SEEKER.email, personas.REPRESENTATIVE.email)
    await execute(_AGREES)
