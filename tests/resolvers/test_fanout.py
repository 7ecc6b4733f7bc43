"""The fan-out over the real graph: statements, rights, and readers who do not keep up."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from domain.ids import uuid7
from domain.viewer import Role
from models import event
from models.database import execute, transaction
from models.order import Order
from models.user import User
from portal.asgi import Process, application
from portal.http.app import Face
from portal.http.caller import Caller
from portal.http.guard import Params
from portal.http.subscription import End, Subscription
from services import clock, live_queue
from services.live_queue import CAPACITY
from services.live_signal import publish
from services.session import open_session
from tests.conftest import Statements
from tests.orders import make_order
from tests.people import Place, make_seeker, make_user
from tests.portal.http.test_fanout import Reader
from tests.resolvers.test_live import _key
from tests.services.live_support import until

QUERY = """subscription($id: ID!) { orderChanged(orderId: $id) { ... on OrderChanged {
  eventId kind order { version state acceptedCount matches { totalCount } seeker { id } } } } }"""


class Hall:
    """Readers of one order in one process."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.face: Face = application(process, None).state.face
        self.subscriptions: list[Subscription] = []

    async def reader(self, user: User, order: Order) -> Reader:
        _, token = await open_session(user.id, self.process.keys, clock.now(), strong=True)
        caller, reader = Caller(token, "en", "127.0.0.1", None, None, "websocket"), Reader()
        plan = self.face.engine.plan(Params(QUERY, None, {"id": _key(order)}))
        subscription = self.face.followers.subscription(plan, caller, reader)
        self.subscriptions.append(subscription)
        await self.face.followers.open(subscription)
        await until(lambda: reader.sent)
        return reader

    async def change(self, order: Order, aggregates: int = 1) -> None:
        """Change the order; each further aggregate is an event that stands beside it."""
        async with transaction():
            await execute("UPDATE orders SET version = version + 1 WHERE id = $1", order.id)
            for number in range(aggregates):
                await event.append("order", order.id, uuid7(), number + 1, "ORDER")
        await publish(self.process.redis)

    async def leave(self) -> None:
        for each in self.subscriptions:
            await each.aclose()


@pytest.fixture
async def hall(process: Process) -> Any:
    hall = Hall(process)
    yield hall
    await hall.leave()
    assert process.hub.registrations == 0


async def _cost(hall: Hall, order: Order, statements: Statements, *readers: Reader) -> int:
    """The statements that one event costs for these readers."""
    before = [len(each.sent) for each in readers]
    await asyncio.sleep(1.2)  # what the hub does by itself is seen in its own rhythm
    statements.clear()
    await hall.change(order)
    await until(lambda: [len(each.sent) for each in readers] == [one + 1 for one in before])
    return sum("portal_epoch" not in each for each in statements.texts)


@pytest.mark.slow
async def test_an_event_costs_as_many_statements_for_twenty_officers_as_for_one(
    place: Place, hall: Hall, statements: Statements
) -> None:
    order = await make_order(await make_seeker(place))
    readers = [await hall.reader(place.officer, order)]
    alone = await _cost(hall, order, statements, *readers)
    for _ in range(19):
        officer = await make_user(Role.CUSTOMER_SERVICE, place)
        readers.append(await hall.reader(officer, order))
    assert await _cost(hall, order, statements, *readers) == alone
    assert len({id(each.sent[-1]) for each in readers}) == 1


async def test_the_owner_gets_another_answer_than_the_office(place: Place, hall: Hall) -> None:
    owner = await make_seeker(place)
    order = await make_order(owner)
    own, office = await hall.reader(owner, order), await hall.reader(place.officer, order)
    await hall.change(order)
    await until(lambda: len(own.sent) == len(office.sent) == 2)
    assert own.sent[1] is not office.sent[1]
    assert own.sent[1].event_id == office.sent[1].event_id


async def test_a_session_that_was_ended_elsewhere_gets_nothing_more_and_its_neighbour_does(
    place: Place, hall: Hall
) -> None:
    order = await make_order(await make_seeker(place))
    other = await make_user(Role.CUSTOMER_SERVICE, place)
    stays, leaves = await hall.reader(place.officer, order), await hall.reader(other, order)
    await execute("UPDATE sessions SET revoked_at = now() WHERE user_id = $1", other.id)
    await hall.change(order)
    await until(lambda: len(stays.sent) == 2 and leaves.ends == [End.COMPLETE])
    assert leaves.codes == ["SIGN_IN_REQUIRED"]
    assert json.loads(leaves.sent[-1].data)["data"] is None


async def test_an_officer_who_is_suspended_sees_the_order_no_more(place: Place, hall: Hall) -> None:
    order = await make_order(await make_seeker(place))
    other = await make_user(Role.CUSTOMER_SERVICE, place)
    stays, leaves = await hall.reader(place.officer, order), await hall.reader(other, order)
    await execute("UPDATE users SET state = 'SUSPENDED' WHERE id = $1", other.id)
    await hall.change(order)
    await until(lambda: len(stays.sent) == 2 and leaves.ends == [End.COMPLETE])
    assert leaves.codes == ["NOT_FOUND"]


async def _asleep(hall: Hall, place: Place) -> tuple[Order, Reader]:
    """A reader whose connection takes one event and then nothing."""
    order = await make_order(await make_seeker(place))
    reader = await hall.reader(place.officer, order)
    reader.awake = False
    await hall.change(order)
    await until(lambda: reader.releases)
    return order, reader


def _wake(reader: Reader) -> Callable[[], None]:
    reader.awake = True
    return reader.releases.pop()


async def test_a_reader_who_slept_through_a_burst_gets_all_of_it(place: Place, hall: Hall) -> None:
    order, reader = await _asleep(hall, place)
    await hall.change(order, CAPACITY + 30)
    source = hall.subscriptions[0].source
    await until(lambda: source is not None and source.pending)
    _wake(reader)()
    await until(lambda: len(reader.sent) == CAPACITY + 32)
    assert len({each.event_id for each in reader.sent}) == CAPACITY + 32


async def test_a_reader_who_does_not_keep_up_is_cut(
    place: Place, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_queue, "PATIENCE", 0.1)
    order, reader = await _asleep(hall, place)
    await hall.change(order, CAPACITY + 30)
    source = hall.subscriptions[0].source
    await until(lambda: source is not None and source.pending)
    await asyncio.sleep(0.3)
    _wake(reader)()
    await until(lambda: reader.ends == [End.SLOW])
    assert len(reader.sent) == 2


@pytest.mark.parametrize("turns", range(0, 24, 3))
async def test_leaving_while_it_opens_leaves_nothing_behind(
    place: Place, process: Process, hall: Hall, turns: int
) -> None:
    order = await make_order(await make_seeker(place))
    opening = asyncio.create_task(hall.reader(place.officer, order))
    await asyncio.sleep(0.001 * turns)
    opening.cancel()
    await asyncio.gather(opening, return_exceptions=True)
    await hall.leave()
    assert process.hub.registrations == 0
