"""What keeps a draft from being released: what is missing, what cannot be, what nobody could hold.

`draftIssues` and `draftProblems` name it while somebody edits, `releaseOrder` and `amendOrder`
refuse it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.dates import BERLIN
from domain.errors import (
    CountImpossible,
    DateOutsideWindows,
    DomainError,
    DurationOutsideWindows,
    OrderIncomplete,
)
from domain.matching.demand import Place, demand_of
from domain.matching.fit import holdable
from domain.order import Interval, OrderDraft, OrderKind, missing_for_release, problems

_ANYWHERE = Place(UUID(int=0), 0.0, 0.0)  # where an order is says nothing about its times


def release_problems(draft: OrderDraft, now: datetime) -> list[DomainError]:
    """Every reason not to release the draft now, in the order in which people fill it in.

    Whether its windows hold what it asks for can be told only once all of it is said.
    """
    found: list[DomainError] = [
        *(OrderIncomplete(field=name, fields=name) for name in missing_for_release(draft)),
        *problems(draft, now),
    ]
    return found or list(_unholdable(draft, now))


def _unholdable(draft: OrderDraft, now: datetime) -> Iterable[DomainError]:
    today = now.astimezone(BERLIN).date()

    def held(times: OrderDraft) -> bool:
        return holdable(demand_of(times, _ANYWHERE, today=today))

    if held(draft):
        return
    if draft.kind is OrderKind.ONE_OFF:
        yield DateOutsideWindows(field="startsAt")
    elif held(replace(draft, count=1, interval=Interval.WEEK)):
        yield CountImpossible(field="count")
    else:
        yield DurationOutsideWindows(field="durationMinutes")
