"""What a new day changes in offers without anybody doing anything."""

from domain.matching.busy import week_number
from models.offer import dated_since, last_looked_at
from services import clock
from services.offer import offer_changed
from services.suggestion import promise_all


async def begin_day() -> int:
    """Let matching look at those whose qualification or recognition has begun or ended by date.

    With a new week every open order is compared again: what should have begun already looks at the
    weeks that are still to come. In the caller's transaction, once a day; how many acceptors there
    are. A pause of the workers is made up for. What proves that somebody may assist at all is
    `evidence_upkeep.warn`'s matter.
    """
    today = clock.today()
    day = await last_looked_at(today)
    if day >= today:
        return 0
    if week_number(day) < week_number(today):
        await promise_all()
    acceptors = await dated_since(day, today)
    for acceptor in acceptors:
        await offer_changed(acceptor)
    return len(acceptors)
