"""Who is asked for which order: what matching finds, written down.

Running it twice changes nothing. Providers send people, so wishes are not explained for them and
no quota holds a suggestion back from them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.dates import BERLIN
from domain.match import AcceptorKind
from domain.matching.demands import Demands, fitting_demands
from domain.matching.offer import Offers
from domain.matching.pairing import Suggestion, suggestions
from domain.matching.quota import waiting
from domain.matching.snapshot import ALGORITHM, digest, fingerprint, together
from domain.states import MATCH, OPEN_FOR_ANSWERS
from domain.viewer import SYSTEM
from models import suggestion as rows
from models.demand import OrderDemand, open_demand, open_demands
from models.district import policy_here
from models.event import Change, append_all
from models.offer import offer_rows
from models.order import Order
from models.outbox import enqueue
from models.run import MatchRun
from models.suggestion import Pair
from services import clock
from services.offer import offer_table
from services.transition import transition_many

SHOWN_AT_ONCE = 500
SLICE_JOB = "order.match_slice"
SLICE = 20
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Changed:
    """How many pairs are asked, anew or again, and how many suggestions no longer hold."""

    asked: int
    lapsed: int


async def suggest(order_id: UUID) -> Changed | None:
    """Compare an order with every offer, in the caller's transaction.

    None: nobody may be asked for it (any more). Suggestions of a suspended seeker lapse; those of
    a commissioned order stay, because they come back if the commission falls through.
    """
    await rows.hold_offers_off()
    await Order.filter(id=order_id).select_for_update(no_key=True).first()
    wanted = await open_demand(order_id, clock.today())
    if wanted is None:
        await _lapse(await rows.no_longer_for(order_id, []))
        return None
    table = await offer_table()
    found = suggestions(wanted.demand, table.offers)
    acceptors = [each.acceptor_id for each in found]
    gone = await _lapse(await rows.no_longer_for(order_id, acceptors))
    changed = await _write(await _pairs([(wanted, each) for each in found]), gone)
    await MatchRun.create(
        order_id=order_id,
        algorithm=ALGORITHM,
        digest=digest(wanted.fingerprint, table.fingerprint),
        compared=len(table.offers),
        found=[str(each) for each in acceptors],
    )
    return changed


async def suggest_to(acceptor_id: UUID) -> Changed:
    """Compare one acceptor with every open order, in the caller's transaction."""
    await rows.await_orders(acceptor_id)
    day = clock.today()
    found = await offer_rows(BERLIN, day, [acceptor_id])
    if not found:
        return await _write([], await _lapse(await rows.no_longer_to(acceptor_id, [])))
    offers, wanted = Offers.of(found), await open_demands(day)
    fits = _fitting(offers, wanted)
    gone = await _lapse(await rows.no_longer_to(acceptor_id, [each.id for each in fits]))
    changed = await _write(await _pairs(await _locked(offers, fits)), gone)
    everything = together(each.fingerprint for each in wanted)
    by_provider = found[0].kind is AcceptorKind.PROVIDER
    await MatchRun.create(
        provider_id=acceptor_id if by_provider else None,
        assistant_id=None if by_provider else acceptor_id,
        algorithm=ALGORITHM,
        digest=digest(fingerprint(found[0]), everything),
        compared=len(wanted),
        found=[str(each.id) for each in fits],
    )
    return changed


async def promise_all() -> int:
    """Let every open order be compared again, in the caller's transaction; how many there are."""
    await enqueue(SLICE_JOB, NOBODY)
    return await Order.filter(state__in=sorted(OPEN_FOR_ANSWERS)).count()


async def suggest_slice(after: UUID) -> UUID | None:
    """Compare the next open orders behind an id, in the caller's transaction; the last one's id.

    None: there is none left. A slice is short: an open transaction holds up the events and
    changed offers.
    """
    open_ones = Order.filter(state__in=sorted(OPEN_FOR_ANSWERS), id__gt=after)
    ids = [order.id for order in await open_ones.order_by("id").limit(SLICE)]
    for order_id in ids:
        await suggest(order_id)
    if len(ids) < SLICE:
        return None
    await enqueue(SLICE_JOB, NOBODY, payload={"after": str(ids[-1])})
    return ids[-1]


async def show_waiting() -> int:
    """Show the suggestions whose turn has come, in the caller's transaction; how many."""
    return await rows.show_waiting(clock.now(), SHOWN_AT_ONCE)


def _fitting(offers: Offers, wanted: Sequence[OrderDemand]) -> list[OrderDemand]:
    demands = Demands.of([each.demand for each in wanted])
    return [wanted[column] for column in fitting_demands(offers, 0, demands)]


async def _locked(
    offers: Offers, fits: Sequence[OrderDemand]
) -> list[tuple[OrderDemand, Suggestion]]:
    """The orders that still fit once nobody can change them any more, the best first."""
    ids = [each.id for each in fits]
    await Order.filter(id__in=ids).order_by("id").select_for_update(no_key=True).only("id")
    now = await open_demands(clock.today(), ids)
    found = [(each, one) for each in now for one in suggestions(each.demand, offers)]
    return sorted(found, key=lambda pair: (-pair[1].score, pair[0].id))


async def _pairs(found: Sequence[tuple[OrderDemand, Suggestion]]) -> list[Pair]:
    now = clock.now()
    people = {each.acceptor_id for _, each in found if each.kind is AcceptorKind.ASSISTANT}
    open_ones, policy = await rows.unanswered(sorted(people)), await policy_here()
    said = [(wanted.id, each.acceptor_id, wanted.asked_for) for wanted, each in found]
    new = await rows.to_be_asked(said)
    pairs = []
    for wanted, each in found:
        number = open_ones.get(each.acceptor_id, 0)
        pause = waiting(number, policy.suggestions_at_once) if each.acceptor_id in people else None
        pairs.append(
            Pair(
                order_id=wanted.id,
                kind=each.kind,
                acceptor_id=each.acceptor_id,
                distance_km=each.distance_km,
                score=each.score,
                met=each.met if pause is not None else "",
                unmet=each.unmet if pause is not None else "",
                asked_for=wanted.asked_for,
                waits_until=now + pause if pause else None,
            )
        )
        if (wanted.id, each.acceptor_id) in new:
            open_ones[each.acceptor_id] = number + 1
    return pairs


async def _write(pairs: Sequence[Pair], gone: dict[UUID, UUID]) -> Changed:
    written = await rows.write(pairs)
    if written.again:
        await transition_many(MATCH, written.again, "SUGGEST_AGAIN", SYSTEM)
    await _tell({*written.orders, *gone.values()})
    return Changed(asked=written.asked, lapsed=len(gone))


async def _lapse(matches: dict[UUID, UUID]) -> dict[UUID, UUID]:
    """End suggestions that do not hold, before those are counted that do; the same matches."""
    if matches:
        await transition_many(MATCH, list(matches), "LAPSE", SYSTEM)
    return matches


async def _tell(orders: Iterable[UUID]) -> None:
    """Whoever follows one of these orders learns that its number may be another."""
    found = await Order.filter(id__in=list(orders)).order_by("id").values_list("id", "version")
    await append_all(Change("order", key, key, version, "COUNT") for key, version in found)
