"""Warning before a budget is used up, ends or lapses; and ending what is over.

Each source is looked at once a day and after every change. The mails name no benefit.
"""

from collections.abc import Sequence
from datetime import date, time
from uuid import UUID

from domain.dates import BERLIN
from domain.funding_balance import Spent, balance
from domain.funding_state import FUNDING, PAYING, FundingState
from domain.funding_warning import FundingWarning, warnings
from domain.statement import euro
from domain.viewer import SYSTEM
from models.database import fetch
from models.funding import FundingSource
from models.message import Message
from notifications.language import Language
from notifications.message import MailKind, announce
from notifications.moment import day_in_words
from services import clock
from services.transition import transition

BATCH = 200
_TOLD_FROM = time(9)  # as reminders: nobody is told of money at midnight
_KINDS = {
    FundingWarning.NEARLY_USED: MailKind.FUNDING_NEARLY_USED,
    FundingWarning.USED: MailKind.FUNDING_USED,
    FundingWarning.ENDS: MailKind.FUNDING_ENDS,
    FundingWarning.LAPSES: MailKind.FUNDING_LAPSES,
}
MAILS = tuple(_KINDS.values())
# What is left of an ended relief amount can lapse for a year and a half.
_DUE = """
SELECT id FROM funding_sources
WHERE (state = 'APPROVED' OR (state = 'ENDED' AND instrument = 'RELIEF_AMOUNT'))
  AND (looked_on IS NULL OR looked_on < $1) AND (state = 'APPROVED' OR valid_until > $1 - 550)
ORDER BY looked_on NULLS FIRST, id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED
"""
_SPENT = """
SELECT source_id, day, sum(cents)::int AS cents, sum(minutes)::int AS minutes
FROM funding_charges WHERE source_id = ANY($1) GROUP BY source_id, day
"""


async def warn() -> int:
    """Look at a batch of sources at most, in the caller's transaction; how many there were."""
    if clock.now().astimezone(BERLIN).time() < _TOLD_FROM:
        return 0
    today = clock.today()
    ids = [row["id"] for row in await fetch(_DUE, today, BATCH)]
    spent = await _spent(ids)
    for row in await FundingSource.filter(id__in=ids).order_by("id"):
        await _look_at(row, spent.get(row.id, []), today)
    return len(ids)


async def _look_at(row: FundingSource, spent: Sequence[Spent], today: date) -> None:
    found = balance(row.budget, spent, today)
    for kind, number in warnings(row.state, row.budget, found, today).items():
        await announce(_KINDS[kind], row.seeker_id, version=number, reference=row.id)
    await FundingSource.filter(id=row.id).update(looked_on=today)
    over = row.valid_until is not None and row.valid_until < today
    if over and row.state is FundingState.APPROVED:
        await transition(FUNDING, row.id, "END_FUNDING", SYSTEM)


async def _spent(ids: Sequence[UUID]) -> dict[UUID, list[Spent]]:
    found: dict[UUID, list[Spent]] = {}
    for row in await fetch(_SPENT, list(ids)):
        one = Spent(row["day"], row["cents"], row["minutes"])
        found.setdefault(row["source_id"], []).append(one)
    return found


async def values_of(message: Message, language: Language) -> dict[str, str] | None:
    """How it stands now; None once that is not so any more."""
    row = await FundingSource.get_or_none(id=message.reference)
    if row is None or row.state not in PAYING:
        return None
    today, spent = clock.today(), (await _spent([row.id])).get(row.id, [])
    kind = next(each for each in FundingWarning if _KINDS[each] == message.kind)
    found = balance(row.budget, spent, today)
    if warnings(row.state, row.budget, found, today).get(kind) != message.version:
        return None
    last = found.lapses_on if kind is FundingWarning.LAPSES else row.valid_until
    return {
        "percent": str(found.percent),
        "amount": _written(found.lapsing, language),
        "day": day_in_words(last, language) if last else "",
    }


def _written(cents: int, language: Language) -> str:
    plain = euro(cents)
    return plain if language is Language.EN else plain.replace(".", ",")
