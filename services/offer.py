"""Everybody who could accept orders: the table that matching looks at, and who has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from domain.dates import BERLIN
from domain.matching.fit import fitting
from domain.matching.offer import OfferRow, Offers
from domain.matching.snapshot import fingerprint, together
from models.demand import open_demand
from models.event import append
from models.offer import changes_since, offer_rows
from models.outbox import merge
from services import clock

DISTRICT = UUID(int=0)
OFFER_JOB = "offer.match"
# So many changes in so short a time are one.
DEBOUNCE = timedelta(seconds=1)


async def offer_changed(acceptor_id: UUID) -> None:
    """Tell, in the caller's transaction, that what an acceptor offers or may do has changed.

    Drafts learn of it at once, open orders within a second or two; many changes are one run.
    """
    await append("offers", DISTRICT, acceptor_id, 0, "OFFER")
    await merge(OFFER_JOB, acceptor_id, available_at=clock.now() + DEBOUNCE)


async def who_fits(order_id: UUID, acceptors: Sequence[UUID]) -> set[UUID]:
    """Those of the acceptors whom an open order fits, as both stand in the caller's transaction."""
    wanted = await open_demand(order_id, clock.today())
    if wanted is None:
        return set()
    offers = Offers.of(await offer_rows(BERLIN, clock.today(), acceptors))
    return {offers.ids[column] for column in fitting(wanted.demand, offers)}


@dataclass(frozen=True, slots=True)
class OfferTable:
    """All offers at an instant, with the fingerprint of what they say."""

    offers: Offers
    fingerprints: dict[UUID, int]
    horizon: int
    day: date

    @property
    def fingerprint(self) -> int:
        """Of the whole table."""
        return together(self.fingerprints.values())


_kept: list[OfferTable] = []


async def offer_table() -> OfferTable:
    """The table as it is now: kept in this process, and brought up to date by what has changed.

    Not for a transaction that changes an offer itself: what it undoes would be kept.
    """
    today = clock.today()
    known = _kept[0] if _kept and _kept[0].day == today else None
    changes = await changes_since(known.horizon if known else 0)
    if known is None:
        table = _made(await offer_rows(BERLIN, today), changes.horizon, today)
    elif changes.acceptors:
        rows = await offer_rows(BERLIN, today, changes.acceptors)
        table = _updated(known, changes.acceptors, rows, changes.horizon)
    else:
        return known
    if not _kept or _kept[0].horizon <= table.horizon:
        _kept[:] = [table]
    return table


def forget_offers() -> None:
    """Read everything anew the next time: for a process that goes to another database."""
    _kept.clear()


def _made(rows: list[OfferRow], horizon: int, today: date) -> OfferTable:
    return OfferTable(Offers.of(rows), {row.id: fingerprint(row) for row in rows}, horizon, today)


def _updated(
    known: OfferTable, changed: Sequence[UUID], rows: Sequence[OfferRow], horizon: int
) -> OfferTable:
    prints = {row.id: fingerprint(row) for row in rows}
    if all(known.fingerprints.get(each) == prints.get(each) for each in changed):
        return OfferTable(known.offers, known.fingerprints, horizon, known.day)
    gone = set(changed)
    kept = {key: value for key, value in known.fingerprints.items() if key not in gone}
    return OfferTable(known.offers.replaced(gone, rows), kept | prints, horizon, known.day)
