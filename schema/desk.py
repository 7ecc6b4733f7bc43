"""What waits at the desk of customer service, in numbers."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

import strawberry

from domain.evidence import WARNINGS, milestone
from schema.disclosed import disclosed


@disclosed
@strawberry.type(description="How many assistants have a proof that ends soon.")
class ProofsEnding:
    """Each of them once, with the shortest time."""

    days: int = strawberry.field(description="In so many days, or fewer.")
    number: int = strawberry.field(description="So many assistants.")


@disclosed
@strawberry.type(description="What waits at the desk, in numbers.")
class DeskTasks:
    """Their lists are `accounts` and `proofsDue`."""

    identity_checks: int = strawberry.field(
        description="Accounts with a confirmed address whose identity is not confirmed."
    )
    releases: int = strawberry.field(description="Accounts that can be released.")
    proofs_missing: int = strawberry.field(
        description="Assistants who lack a proof, or whose proof holds no more."
    )
    proofs_ending: list[ProofsEnding] = strawberry.field(
        description="Of the others those with a proof that ends, by the time that is left."
    )


def proofs_due(holding: Iterable[date | None], today: date) -> tuple[int, list[ProofsEnding]]:
    """Who lacks one or has one that is over, and the others by the time that is left."""
    left = Counter(None if until is None else milestone(until, today) for until in holding)
    ending = [ProofsEnding(days=days, number=left.pop(days, 0)) for days in reversed(WARNINGS)]
    return left.total(), ending
