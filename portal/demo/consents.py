"""What the people of the demo have agreed to when they registered."""

from collections.abc import Sequence
from datetime import UTC, datetime

from domain.consent import needed
from domain.viewer import REGISTERING
from notifications.language import Language
from portal.demo.records import Account
from services.consent import record_all


async def consents(accounts: Sequence[Account]) -> None:
    """One statement per role."""
    for role in REGISTERING:
        people = [one.id for one in accounts if one.role is role]
        await record_all(people, needed(role), Language.DE, datetime.now(UTC))
