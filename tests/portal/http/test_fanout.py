"""One execution per event for all who see alike, and nobody gets what is another's."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from starlette.applications import Starlette

from domain.viewer import AccountState, Role, Viewer
from portal.http.answers import Sent
from portal.http.app import Face
from portal.http.caller import Caller
from portal.http.guard import Params
from portal.http.subscription import End, Subscription
from tests.portal.http.toy import eventually, toy_app
from tests.portal.http.toy_graph import World

QUERY = "subscription F($of: Int) { shared(of: $of) { eventId value } }"


class Reader:
    """A sink that notes what it is sent, and takes it only while it is awake."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.ends: list[End] = []
        self.awake = True
        self.releases: list[Callable[[], None]] = []

    @property
    def values(self) -> list[Any]:
        return [json.loads(each.data)["data"]["shared"]["value"] for each in self.sent]

    @property
    def codes(self) -> list[str]:
        bodies = [json.loads(each.data) for each in self.sent]
        return [one["extensions"]["code"] for body in bodies for one in body.get("errors", ())]

    def push(self, sent: Sent, release: Callable[[], None]) -> bool:
        self.sent.append(sent)
        if not self.awake:
            self.releases.append(release)
        return self.awake

    def end(self, how: End) -> None:
        self.ends.append(how)


class Hall:
    """Readers of one application."""

    def __init__(self, app: Starlette, world: World) -> None:
        self.face: Face = app.state.face
        self.world = world
        self.subscriptions: list[Subscription] = []

    async def reader(
        self, viewer: Viewer | None = None, language: str = "de", query: str = QUERY, **more: Any
    ) -> Reader:
        token = str(viewer.session_id) if viewer else None
        if viewer and token:
            self.world.viewers[token] = viewer
        reader, caller = Reader(), Caller(token, language, "127.0.0.1", None, None, "websocket")
        plan = self.face.engine.plan(Params(query, None, more))
        subscription = self.face.followers.subscription(plan, caller, reader)
        self.subscriptions.append(subscription)
        await self.face.followers.open(subscription)
        return reader

    def publish(self, event: int) -> None:
        for each in list(self.world.sources):
            each.offer(event)


@pytest.fixture
def hall(world: World) -> Hall:
    world.release.set()
    return Hall(toy_app(world), world)


def person(number: int, role: Role = Role.SEEKER, **more: Any) -> Viewer:
    known = Viewer(UUID(int=number), role, AccountState.RELEASED, None, UUID(int=number))
    return replace(known, **more)


async def test_many_readers_share_one_execution_and_its_bytes(hall: Hall) -> None:
    readers = [await hall.reader() for _ in range(50)]
    for event in (1, 2):
        hall.publish(event)
        await eventually(lambda: all(len(each.sent) == event for each in readers))  # noqa: B023
    assert hall.world.executed == 2
    assert hall.world.recognised == 2
    for place in (0, 1):
        assert len({id(each.sent[place].data) for each in readers}) == 1
    assert readers[0].values == [1, 2]
    assert readers[0].sent[1].event_id == "2"


async def executions(hall: Hall, *readers: Reader) -> int:
    """How many executions one event costs that all of them get."""
    before = hall.world.executed
    hall.publish(1)
    await eventually(lambda: all(each.sent for each in readers))
    return hall.world.executed - before


async def test_officers_of_one_role_share_and_those_of_two_do_not(hall: Hall) -> None:
    officers = [person(number, Role.CUSTOMER_SERVICE) for number in (1, 2, 3)]
    readers = [await hall.reader(each) for each in officers]
    readers.append(await hall.reader(person(4, Role.ADMINISTRATION)))
    assert await executions(hall, *readers) == 2


@pytest.mark.parametrize(
    "other",
    [
        person(2),
        person(1, session_id=UUID(int=9), state=AccountState.SUSPENDED),
        person(1, session_id=UUID(int=9), provider_id=UUID(int=3)),
        person(1, Role.COORDINATOR, session_id=UUID(int=9)),
    ],
)
async def test_who_sees_something_else_has_an_execution_of_their_own(
    hall: Hall, other: Viewer
) -> None:
    readers = [await hall.reader(person(1)), await hall.reader(other)]
    assert await executions(hall, *readers) == 2


async def test_two_officers_who_are_not_released_share_nothing(hall: Hall) -> None:
    state = AccountState.SUSPENDED
    officers = [person(number, Role.CUSTOMER_SERVICE, state=state) for number in (1, 2)]
    readers = [await hall.reader(each) for each in officers]
    assert await executions(hall, *readers) == 2


async def test_two_windows_of_one_person_share(hall: Hall) -> None:
    readers = [await hall.reader(person(1)), await hall.reader(person(1))]
    assert await executions(hall, *readers) == 1


async def test_language_document_and_variables_tell_answers_apart(hall: Hall) -> None:
    readers = [
        await hall.reader(),
        await hall.reader(language="en"),
        await hall.reader(of=1),
        await hall.reader(query=QUERY.replace("eventId", "id: eventId")),
    ]
    assert await executions(hall, *readers) == 4


async def test_who_has_left_gets_nothing_and_takes_the_answer_from_nobody(hall: Hall) -> None:
    hall.world.release.clear()
    first, *others = [await hall.reader() for _ in range(5)]
    hall.publish(1)
    await eventually(lambda: hall.world.executed == 1)
    await hall.subscriptions[0].aclose()
    hall.world.release.set()
    await eventually(lambda: all(each.values == [1] for each in others))
    assert (first.sent, first.ends) == ([], [])
    assert hall.world.executed == 1


async def test_who_comes_while_an_answer_is_made_waits_for_it(hall: Hall) -> None:
    hall.world.release.clear()
    early = await hall.reader()
    hall.publish(1)
    await eventually(lambda: hall.world.executed == 1)
    late = await hall.reader()
    hall.world.sources[1].offer(1)
    await eventually(lambda: hall.world.recognised == 2)
    hall.world.release.set()
    await eventually(lambda: early.values == [1] and late.values == [1])
    assert hall.world.executed == 1


async def test_one_failure_that_passes_ends_nobody(hall: Hall) -> None:
    readers = [await hall.reader() for _ in range(3)]
    hall.world.failures = [ConnectionRefusedError()]
    hall.publish(1)
    await eventually(lambda: all(each.values == [1] for each in readers))
    assert hall.world.executed == 2


async def test_a_failure_that_stays_ends_all_of_the_group_and_is_not_kept(hall: Hall) -> None:
    readers = [await hall.reader() for _ in range(3)]
    other = await hall.reader(person(1))
    hall.world.failures = [ConnectionRefusedError() for _ in range(2)]
    hall.world.sources[0].offer(1)
    hall.world.sources[1].offer(1)
    hall.world.sources[2].offer(1)
    await eventually(lambda: all(each.ends == [End.BROKEN] for each in readers))
    assert all(each.sent == [] for each in readers)
    hall.world.sources[3].offer(1)
    late = await hall.reader()
    hall.world.sources[4].offer(1)
    await eventually(lambda: other.values == [1] and late.values == [1])


async def test_an_ended_session_gets_no_event_and_the_others_do(hall: Hall) -> None:
    staying, leaving = [person(number, Role.CUSTOMER_SERVICE) for number in (1, 2)]
    stays, leaves = await hall.reader(staying), await hall.reader(leaving)
    hall.world.ended.add(UUID(int=2))
    hall.publish(1)
    await eventually(lambda: stays.values == [1] and leaves.ends == [End.COMPLETE])
    assert leaves.codes == ["SIGN_IN_REQUIRED"]
    assert b'"value"' not in leaves.sent[0].data


async def test_when_nobody_can_say_who_is_there_nobody_gets_anything(hall: Hall) -> None:
    reader = await hall.reader(person(1))
    hall.world.context_error = ConnectionRefusedError()
    hall.publish(1)
    await eventually(lambda: reader.ends == [End.BROKEN])
    assert reader.sent == []


async def test_a_reader_who_sleeps_keeps_the_order_and_stops_nobody(hall: Hall) -> None:
    sleeper, quick = await hall.reader(), await hall.reader()
    sleeper.awake = False
    for event in (1, 2, 3):
        hall.publish(event)
        await eventually(lambda: len(quick.sent) == event)  # noqa: B023
    assert sleeper.values == [1]
    sleeper.awake = True
    sleeper.releases.pop()()
    await eventually(lambda: sleeper.values == [1, 2, 3])


async def test_an_answer_is_forgotten_when_the_event_has_passed(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.http.answers.FRESH_SECONDS", 0.02)
    early, late = await hall.reader(), await hall.reader()
    hall.world.sources[0].offer(1)
    await eventually(lambda: early.values == [1])
    await asyncio.sleep(0.1)
    assert len(hall.face.followers._answers) == 0
    hall.world.sources[1].offer(1)
    await eventually(lambda: late.values == [1])
    assert hall.world.executed == 2


async def test_the_number_of_answers_that_are_kept_is_bounded(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.http.answers._MOST", 3)
    reader = await hall.reader()
    for event in range(10):
        hall.publish(event)
    await eventually(lambda: len(reader.sent) == 10)
    await asyncio.sleep(0)
    assert len(hall.face.followers._answers) <= 4


async def test_a_subscriber_who_leaves_while_it_opens_is_not_registered(hall: Hall) -> None:
    plan = hall.face.engine.plan(Params(QUERY, None, {}))
    caller = Caller(None, None, "127.0.0.1", None, None, "websocket")
    subscription = hall.face.followers.subscription(plan, caller, Reader())
    subscription.over = True
    await hall.face.followers.open(subscription)
    assert hall.world.sources == []
