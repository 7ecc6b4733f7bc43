"""What the people of the demo have agreed to."""

from collections.abc import Sequence
from datetime import UTC, datetime

from domain.consent import VERSIONS, needed
from domain.viewer import REGISTERING
from models.database import fetch
from notifications.language import Language
from portal.demo.personas import DOMAIN
from portal.demo.records import Account
from services.consent import record_all

# Whoever withdrew has no older one that stands.
_BEHIND = """
SELECT c.user_id FROM consents c JOIN users u ON u.id = c.user_id
WHERE u.email LIKE '%@' || $1 AND c.kind = $2 AND c.withdrawn_at IS NULL
GROUP BY c.user_id HAVING max(c.version) < $3
"""


async def consents(accounts: Sequence[Account]) -> None:
    """One statement per role."""
    for role in REGISTERING:
        people = [one.id for one in accounts if one.role is role]
        await record_all(people, needed(role), Language.DE, datetime.now(UTC))


async def renew() -> None:
    """A demo of an earlier version: its invented people agree to texts that are new since."""
    for kind, version in VERSIONS.items():
        rows = await fetch(_BEHIND, DOMAIN, kind.value, version)
        if rows:
            people = [row["user_id"] for row in rows]
            await record_all(people, [kind], Language.DE, datetime.now(UTC))
