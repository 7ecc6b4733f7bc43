"""Who speaks for the providers of the demo, who belongs to them, and who waits for an answer."""

from collections.abc import Sequence

from models.database import execute
from portal.demo.records import DemoCoordinator

# The first one who speaks for a provider decides for it too.
_COORDINATORS = """
INSERT INTO coordinators (id, user_id, provider_id, role)
SELECT person, person, provider,
       CASE WHEN person = first_value(person) OVER (PARTITION BY provider ORDER BY person)
            THEN 'ADMIN' ELSE 'COORDINATOR' END
FROM unnest($1::uuid[], $2::uuid[]) AS speaking (person, provider)
"""
_APPLICATIONS = """
INSERT INTO applications (id, user_id, provider_id, coordinator_role, state, version, created_at)
SELECT portal_uuid7(), u.id, provider_id, person.role,
       CASE WHEN u.id = (SELECT id FROM assistants JOIN users USING (id)
                         WHERE state = 'REGISTERED' AND provider_id IS NOT NULL ORDER BY id LIMIT 1)
            THEN 'WAITING' ELSE 'APPROVED' END, 1, u.created_at
FROM (SELECT id, provider_id, 'COORDINATOR' AS role FROM assistants
      UNION ALL SELECT id, provider_id, role FROM coordinators) person
JOIN users u ON u.id = person.id WHERE provider_id IS NOT NULL
"""
_WAIT = """
UPDATE assistants SET provider_id = NULL WHERE id IN (
  SELECT user_id FROM applications WHERE state = 'WAITING')
"""


async def coordinators(speaking: Sequence[DemoCoordinator]) -> None:
    """Let people speak for their providers."""
    await execute(
        _COORDINATORS,
        [one.account.id for one in speaking],
        [one.provider_id for one in speaking],
    )


async def applications() -> None:
    """Everybody was taken in but the first who is on the way: that one waits for an answer."""
    await execute(_APPLICATIONS)
    await execute(_WAIT)
