"""What the measurement of subscriptions needs: servers, one order, and sessions of officers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from redis.asyncio import Redis

from bench.subscription_client import Tally
from domain.ids import encode, uuid7
from domain.keys import Keys
from domain.order import Interval, OrderKind
from domain.viewer import AccountState, Role
from domain.window import FULL_WEEK
from models import event
from models.database import connect, disconnect, execute, fetch, parse_url, transaction
from models.district import District, Municipality
from models.migrate import migrate
from models.order import Order
from models.session import Session
from models.user import Seeker, User
from portal.embedded import Embedded
from services import clock
from services.live_signal import publish
from services.session import token_of

DISTRICT = "03155"
_OFFICERS = 20


@dataclass(frozen=True, slots=True)
class Stage:
    """One order that everybody follows, and the tokens of those who do."""

    order: Order
    tokens: list[str]
    redis: Redis

    @property
    def order_id(self) -> str:
        """The order's id as clients see it."""
        return encode("order", DISTRICT, self.order.id)

    async def publish(self, tally: Tally) -> None:
        """Change the order as a use case does, and knock as the relay does."""
        key, begun = self.order.id, tally.clock()
        async with transaction():
            (row,) = await fetch(
                "UPDATE orders SET version = version + 1 WHERE id = $1 RETURNING version", key
            )
            tally.published[row["version"]] = begun
            await event.append("order", key, key, row["version"], "ORDER")
        await publish(self.redis)


@asynccontextmanager
async def staged(servers: Embedded, sessions: int) -> AsyncIterator[Stage]:
    """A migrated database with the order and the sessions, open as long as the block lasts."""
    await migrate(servers.database_owner_url, parse_url(servers.database_url).user)
    await connect(servers.database_url, pool_size=2, application_name="bench")
    redis: Redis = Redis.from_url(servers.redis_url)
    try:
        keys = Keys(servers.secret_key.encode())
        yield Stage(await _order(), await _sessions(keys, sessions), redis)
    finally:
        await redis.aclose()
        await disconnect()


async def _order() -> Order:
    await District.get_or_create(key=DISTRICT, defaults={"name": "Northeim", "land": "NI"})
    place = await Municipality.create(
        district_id=DISTRICT,
        name="Northeim",
        postcodes=["37154"],
        latitude=51.7,
        longitude=10.0,
        population=30_000,
    )
    owner = await _user(Role.SEEKER, 0)
    await Seeker.create(id=owner.id, user_id=owner.id, introduction="", week=FULL_WEEK)
    return await Order.create(
        id=uuid7(),
        seeker_id=owner.id,
        municipality_id=place.id,
        kind=OrderKind.RECURRING,
        description="Hilfe beim Einkaufen.",
        duration_minutes=60,
        interval=Interval.WEEK,
        count=1,
        week=FULL_WEEK,
    )


async def _sessions(keys: Keys, number: int) -> list[str]:
    """Tokens of so many sessions, shared out among a few officers."""
    officers = [await _user(Role.CUSTOMER_SERVICE, each + 1) for each in range(_OFFICERS)]
    await execute("UPDATE users SET state = 'RELEASED' WHERE role = 'CUSTOMER_SERVICE'")
    now, ids = clock.now(), [uuid7() for _ in range(number)]
    tokens = [token_of(each, keys) for each in ids]
    await Session.bulk_create(
        Session(
            id=identity,
            token_hash=sha256(token.encode()).digest(),
            user_id=officers[place % _OFFICERS].id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(hours=12),
            strong=True,
        )
        for place, (identity, token) in enumerate(zip(ids, tokens, strict=True))
    )
    return tokens


async def _user(role: Role, number: int) -> User:
    return await User.create(
        id=uuid7(),
        email=f"bench{number}@assistenz-portal.example",
        role=role,
        state=AccountState.REGISTERED,
        first_name=f"Vorname{number}",
        last_name=f"Nachname{number}",
        phone="",
        street="",
        postcode="37154",
    )
