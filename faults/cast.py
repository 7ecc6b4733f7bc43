"""Who acts in the suite, with a session for each, and the orders that they act on."""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

import asyncpg

from domain.activity import CATALOGUE
from domain.ids import encode, uuid7
from domain.keys import Keys
from domain.viewer import Viewer
from models.database import execute, parse_url
from models.user import User
from services.session import ABSOLUTE, token_of
from tests.appointment_rows import put_appointment
from tests.contract_rows import put_contract
from tests.people import (
    SHOPPING,
    Place,
    make_assistant,
    make_coordinator,
    make_place,
    make_provider,
    make_seeker,
    viewer_for,
)
from tests.staging import (
    put_application,
    put_booking,
    put_delegation,
    put_match,
    put_nomination,
    put_order,
)

DISTRICT = "03155"
SEEKERS, ASSISTANTS, PROVIDERS = 24, 40, 6
_UNASKED = next(code for code in CATALOGUE if code != SHOPPING)
# What `tests.people` calls everybody and where they live: none of it may reach Redis or a log.
MARKERS = ("Geheimer Weg", "Vorname", "Nachname", "@assistenz-portal.example", "Ich lese gern")
_SESSION = """
INSERT INTO sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at, strong)
VALUES ($1, $2, $3, $4, $5, $6, true)
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a session; whoever acts twice at once has two."""

    id: UUID
    token: str
    viewer: Viewer


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody."""

    place: Place
    officer: Person
    seekers: Sequence[Person]
    assistants: Sequence[Person]
    guests: Sequence[tuple[Person, Person]]  # who meet; matching finds none of these assistants
    houses: Sequence[tuple[UUID, Person, Person]]  # a provider and its two coordinators


@dataclass(frozen=True, slots=True)
class Ground:
    """An order, its seeker, and its matches with whoever answers them."""

    order: UUID
    seeker: Person
    matches: Sequence[UUID]
    acceptors: Sequence[Person]

    @property
    def ids(self) -> list[str]:
        """The matches as clients know them."""
        return [encode("match", DISTRICT, each) for each in self.matches]


async def make_cast(keys: Keys, guests: int) -> Cast:
    """Everybody, in an empty district."""
    place = await make_place()
    houses = []
    for _ in range(PROVIDERS):
        provider = await make_provider(place)
        pair = [await _person(await make_coordinator(place, provider), keys) for _ in range(2)]
        houses.append((provider.id, pair[0], pair[1]))
    return Cast(
        place=place,
        officer=await _person(place.officer, keys),
        seekers=[await _person(await make_seeker(place), keys) for _ in range(SEEKERS)],
        assistants=[await _person(await make_assistant(place), keys) for _ in range(ASSISTANTS)],
        guests=[await _guests(place, keys) for _ in range(guests)],
        houses=houses,
    )


async def _guests(place: Place, keys: Keys) -> tuple[Person, Person]:
    """A seeker, and an assistant who does what no order asks for."""
    helper = await make_assistant(place, _UNASKED)
    return await _person(await make_seeker(place), keys), await _person(helper, keys)


async def _person(user: User, keys: Keys) -> Person:
    """Seen in the future, so that no process notes once a minute that the session is in use."""
    identity, now = uuid7(), datetime.now(UTC)
    token = token_of(identity, keys)
    hashed = hashlib.sha256(token.encode()).digest()
    seen = now + timedelta(hours=6)
    await execute(_SESSION, identity, hashed, user.id, now, seen, now + ABSOLUTE)
    return Person(user.id, token, await viewer_for(user))


class Stock:
    """Puts orders straight into a state, while nobody is kept waiting by it."""

    def __init__(self, cast: Cast, admin_url: str, database: str) -> None:
        self._cast = cast
        self._address = parse_url(admin_url).with_database(database)
        self._turn = count()

    async def inquired(self, number: int) -> list[Ground]:
        """Released orders that a provider may answer, by either of its coordinators."""
        houses = self._cast.houses

        async def one(connection: asyncpg.Connection) -> Ground:
            provider, *pair = houses[next(self._turn) % len(houses)]
            return await self._ground(connection, ("RELEASED", "SUGGESTED"), provider, pair)

        return await self._many(number, one)

    async def suggested(self, number: int) -> list[Ground]:
        """Released orders that an assistant may answer."""
        return await self._with_assistants(number, 1, "RELEASED", "SUGGESTED")

    async def accepted(self, number: int, assistants: int = 2) -> list[Ground]:
        """Orders that several assistants have said yes to."""
        return await self._with_assistants(number, assistants, "IN_PROGRESS", "ACCEPTED")

    async def beside(self, grounds: Sequence[Ground]) -> list[Ground]:
        """Another order for each of these seekers, which the same assistant has said yes to."""
        known = iter(grounds)

        async def one(connection: asyncpg.Connection) -> Ground:
            first = next(known)
            states = ("IN_PROGRESS", "ACCEPTED")
            return await self._ground(connection, states, None, first.acceptors, first.seeker)

        return await self._many(len(grounds), one)

    async def awarded(self, number: int) -> list[Ground]:
        """Commissioned orders of the guests: the next step is a meeting."""
        guests = iter(self._cast.guests)

        async def one(connection: asyncpg.Connection) -> Ground:
            seeker, helper = next(guests)
            return await self._ground(connection, ("AWARDED", "AWARDED"), None, [helper], seeker)

        return await self._many(number, one)

    async def whole_process(self) -> Ground:
        """One order that came all the way: meeting, contract, appointment; and a talk booked."""
        *_, delegate, seeker = self._cast.seekers
        helper = self._cast.assistants[-1]
        async with self._asleep() as connection:
            states = ("CONTRACTED", "CONTRACTED")
            ground = await self._ground(connection, states, None, [helper], seeker)
            contract = await put_contract(connection, ground.matches[0], "AGREED")
            await put_appointment(connection, contract, "FIXED")
            await put_booking(connection, seeker.id, self._cast.place, "BOOKED")
            await put_nomination(connection, ground.matches[0], helper.id)
            await put_application(connection, delegate.id, self._cast.houses[-1][0], "WAITING")
            await put_delegation(connection, seeker.id, delegate.id, "ACTIVE")
        return ground

    async def _with_assistants(
        self, number: int, assistants: int, order: str, match: str
    ) -> list[Ground]:
        async def one(connection: asyncpg.Connection) -> Ground:
            turn, everybody = next(self._turn), self._cast.assistants
            pair = [everybody[(turn + each) % len(everybody)] for each in range(assistants)]
            return await self._ground(connection, (order, match), None, pair)

        return await self._many(number, one)

    async def _ground(
        self,
        connection: asyncpg.Connection,
        states: tuple[str, str],
        provider: UUID | None,
        acceptors: Sequence[Person],
        by: Person | None = None,
    ) -> Ground:
        seeker = by or self._cast.seekers[next(self._turn) % len(self._cast.seekers)]
        order = await put_order(connection, seeker.id, self._cast.place, states[0])
        if provider is not None:
            matches = [await put_match(connection, order, states[1], provider=provider)]
        else:
            matches = [
                await put_match(connection, order, states[1], assistant=each.id)
                for each in acceptors
            ]
        return Ground(order, seeker, matches, acceptors)

    async def _many(
        self, number: int, one: Callable[[asyncpg.Connection], Awaitable[Ground]]
    ) -> list[Ground]:
        async with self._asleep() as connection:
            return [await one(connection) for _ in range(number)]

    @asynccontextmanager
    async def _asleep(self) -> AsyncIterator[asyncpg.Connection]:
        """Triggers and foreign keys sleep for this connection alone."""
        connection = await asyncpg.connect(**self._address.arguments())
        try:
            await connection.execute("SET session_replication_role = replica")
            async with connection.transaction():
                yield connection
        finally:
            await connection.close()


def keys_of(seed: int, what: str) -> Iterator[str]:
    """Idempotency keys."""
    return (f"{what}-{seed}-{number}" for number in count())
