"""What follows from a contract: its last day comes by itself, and both sides' lists show it."""

from domain.contract import last_moment, reminders
from models.contract import Contract
from models.event import append
from models.match import Match, lists_with
from models.outbox import enqueue
from services import clock

END_JOB = "contract.end"
REMIND_JOB = "contract.remind"


async def promise_end(contract: Contract) -> None:
    """The jobs of a last day name the version that it belongs to: moved, they say nothing."""
    if contract.ends_on is None:
        return
    payload = {"version": contract.version}
    key = f"{contract.id}:{contract.version}"
    ahead = [(END_JOB, "", last_moment(contract.ends_on))]
    ahead += [
        (REMIND_JOB, f":{days}", due) for days, due in reminders(contract.ends_on, clock.now())
    ]
    for kind, more, due in ahead:
        await enqueue(
            kind,
            contract.id,
            payload=payload,
            dedupe_key=f"{kind}:{key}{more}",
            available_at=due,
        )


async def tell_lists(contract: Contract) -> None:
    """Let both sides' lists show it anew."""
    match = await Match.get(id=contract.match_id)
    await append("order", contract.order_id, match.id, match.version, "MATCH")
    for key in await lists_with(match.id):
        await append("suggested", key, match.id, match.version, "MATCH")
