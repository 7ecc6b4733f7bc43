"""The orders of the generated district and their matches, in states that fit each other."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from bench.people import People
from bench.rows import Row, Seeded
from domain.states import AGREED_MATCH, MatchState, OrderState

# One in a hundred orders is answered by very many: those are the long lists.
LONG_EVERY, LONG_ANSWERS = 100, 56
# A read of one order shall have something to show.
WORTH_SHOWING = 3

Acceptor = tuple[str, UUID]

_PROVIDERS_SHARE = 0.12
_ENDED = ("DECLINED", "WITHDRAWN", "LAPSED")
_SHARES: dict[OrderState, int] = {
    OrderState.DRAFT: 3,
    OrderState.RELEASED: 22,
    OrderState.IN_PROGRESS: 42,
    OrderState.REQUESTED: 4,
    OrderState.AWARDED: 7,
    OrderState.MEETING_SET: 5,
    OrderState.MEETING_HELD: 3,
    OrderState.CONTRACTED: 6,
    OrderState.COMPLETED: 3,
    OrderState.WITHDRAWN: 3,
    OrderState.EXPIRED: 2,
}
# The match that an order's state stands for, and what the others may be.
_CHOSEN: dict[OrderState, MatchState] = {
    OrderState.REQUESTED: MatchState.REQUESTED,
    OrderState.AWARDED: MatchState.AWARDED,
    OrderState.MEETING_SET: MatchState.MEETING,
    OrderState.MEETING_HELD: MatchState.MEETING,
    OrderState.CONTRACTED: MatchState.CONTRACTED,
    OrderState.COMPLETED: MatchState.CONTRACTED,
}
_WAITING = ("ON_HOLD", "ON_HOLD", "SUGGESTED", "DECLINED", "LAPSED")
_OTHERS: dict[OrderState, tuple[str, ...]] = {
    OrderState.RELEASED: ("SUGGESTED", "SUGGESTED", "SUGGESTED", "DECLINED"),
    OrderState.IN_PROGRESS: ("SUGGESTED", "ACCEPTED", "ACCEPTED", "DECLINED", "ACCEPTED"),
    **dict.fromkeys((OrderState.REQUESTED, OrderState.AWARDED), _WAITING),
    **dict.fromkeys((OrderState.MEETING_SET, OrderState.MEETING_HELD), _WAITING),
}


@dataclass(slots=True)
class Orders:
    """Rows by table, and what the reads choose their ids from."""

    rows: dict[str, list[Row]] = field(
        default_factory=lambda: {"orders": [], "order_activities": [], "matches": []}
    )
    answered: list[tuple[UUID, UUID]] = field(default_factory=list)  # (order, seeker)
    long: list[tuple[UUID, UUID]] = field(default_factory=list)
    asked: dict[UUID, list[UUID]] = field(default_factory=dict)  # provider: orders it may answer


def orders_of(seeded: Seeded, people: People, orders: int, matches: int) -> Orders:
    """All orders and matches, exactly as many as wanted."""
    maker = _Maker(seeded, people)
    states, weights = zip(*_SHARES.items(), strict=True)
    for number, size in enumerate(_sizes(seeded, orders, matches)):
        state = seeded.chance.choices(states, weights)[0]
        if number % LONG_EVERY == 0:
            state = OrderState.IN_PROGRESS
        if size == 0:
            state = OrderState.DRAFT
        maker.make(state, size)
    return maker.made


def _sizes(seeded: Seeded, orders: int, matches: int) -> list[int]:
    """How many matches each order has; drafts have none."""
    long = range(0, orders, LONG_EVERY)
    drafts = set(seeded.chance.sample(range(orders), orders * 3 // 100)) - set(long)
    sizes = [0 if number in drafts else 1 for number in range(orders)]
    for number in long:
        sizes[number] = LONG_ANSWERS + seeded.chance.randrange(10)
    usual = [number for number in range(orders) if sizes[number] == 1]
    missing = matches - sum(sizes)
    for number in usual:
        sizes[number] += missing // len(usual)
    for number in seeded.chance.sample(usual, missing % len(usual)):
        sizes[number] += 1
    return sizes


class _Maker:
    """Makes one order after the other."""

    def __init__(self, seeded: Seeded, people: People) -> None:
        self._seeded = seeded
        self._chance = seeded.chance
        self._people = people
        self.made = Orders()

    def make(self, state: OrderState, size: int) -> None:
        """One order with so many matches."""
        seeker = self._chance.choice(self._people.seekers)
        order = self._order(seeker, state)
        if not size:
            return
        is_long = size >= LONG_ANSWERS
        states = ["ACCEPTED"] * size if is_long else list(self._states(state, size))
        for acceptor, each in zip(self._acceptors(size, states[0]), states, strict=True):
            self._match(order, acceptor, each)
        if is_long:
            self.made.long.append((order, seeker))
        elif sum(each in AGREED_MATCH for each in states) >= WORTH_SHOWING:
            self.made.answered.append((order, seeker))

    def _order(self, seeker: UUID, state: OrderState) -> UUID:
        seeded, chance = self._seeded, self._chance
        identity, began = seeded.id(), seeded.instant()
        once = chance.random() < 0.3  # noqa: PLR2004  about a third
        starts_at = seeded.instant() + timedelta(days=365) if once else None
        start_date = None if once else date(2026, 3, 1) + timedelta(days=chance.randrange(90))
        released = None if state is OrderState.DRAFT else began + timedelta(hours=3)
        self.made.rows["orders"].append(
            (
                *(identity, seeker, chance.choice(self._people.municipalities)[0], state.value),
                *(1 + chance.randrange(9), "ONE_OFF" if once else "RECURRING", seeded.text()),
                *(chance.choice((60, 90, 120)), chance.randrange(5) == 0),
                *(starts_at, start_date, None if once else "WEEK", None if once else 2),
                *(seeded.week(), chance.choice((None, 10, 25)), began, released),
            )
        )
        self.made.rows["order_activities"].extend(seeded.parts(identity, seeded.codes(2, 4)))
        return identity

    def _states(self, state: OrderState, size: int) -> Iterator[str]:
        chosen = _CHOSEN.get(state)
        if chosen is not None:
            yield chosen.value
        others = _OTHERS.get(state, _ENDED)
        yield from self._chance.choices(others, k=size - (chosen is not None))

    def _acceptors(self, size: int, first_state: str) -> list[Acceptor]:
        """Each once; an inquiry goes to a provider, an award to an assistant."""
        chance, people = self._chance, self._people
        providers = sum(chance.random() < _PROVIDERS_SHARE for _ in range(min(size, 20)))
        found: list[Acceptor] = [
            *(("PROVIDER", each) for each in chance.sample(people.providers, providers)),
            *(("ASSISTANT", each) for each in chance.sample(people.assistants, size - providers)),
        ]
        chance.shuffle(found)
        wanted = {"REQUESTED": "PROVIDER", "AWARDED": "ASSISTANT"}.get(first_state, found[0][0])
        fitting = [place for place, (kind, _) in enumerate(found) if kind == wanted]
        if fitting:
            found[0], found[fitting[0]] = found[fitting[0]], found[0]
        else:
            everybody = people.providers if wanted == "PROVIDER" else people.assistants
            found[0] = (wanted, chance.choice(everybody))
        return found

    def _match(self, order: UUID, acceptor: Acceptor, state: str) -> None:
        kind, who = acceptor
        by_provider = kind == "PROVIDER"
        found = self._seeded.instant()
        decided = None if state in ("SUGGESTED", "LAPSED") else found + timedelta(days=1)
        distance = None if by_provider else round(self._chance.uniform(0.5, 30), 3)
        sides = (None, who) if by_provider else (who, None)
        version = 1 + self._chance.randrange(4)
        self.made.rows["matches"].append(
            (self._seeded.id(), order, kind, *sides, state, version, distance, found, decided)
        )
        if by_provider and state not in _ENDED:
            self.made.asked.setdefault(who, []).append(order)
