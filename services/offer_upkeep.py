"""What a new day changes in offers without anybody doing anything."""

from models.offer import dated_since, last_looked_at
from services import clock
from services.offer import offer_changed


async def begin_day() -> int:
    """Let matching look at those whose qualification or recognition has begun or ended by date.

    In the caller's transaction, once a day; how many there are. A pause of the workers is made up
    for. What proves that somebody may assist at all is `evidence_upkeep.warn`'s matter.
    """
    today = clock.today()
    day = await last_looked_at(today)
    if day >= today:
        return 0
    acceptors = await dated_since(day, today)
    for acceptor in acceptors:
        await offer_changed(acceptor)
    return len(acceptors)
