"""Reminders of a match that nobody has answered: after days, once, and never for nothing."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from models.database import execute, transaction
from models.district import District
from models.match import Match
from models.message import Message
from models.notification import Notification
from notifications.language import Language
from notifications.message import MailKind
from services import clock
from services.commission import award_order
from services.match import accept_order, decline_order
from services.match_reminder import remind_of_matches, values_of
from services.suggestion import show_waiting
from tests.people import Place, make_coordinator, make_provider
from tests.services.scenes import answering, released, seeker_of

WAITING = MailKind.SUGGESTION_WAITING.name
DECIDE = MailKind.MATCH_WAITING.name


@pytest.fixture(autouse=True)
async def own_clock() -> AsyncIterator[None]:
    yield
    clock.use(None)


async def remind(days: float) -> list[Notification]:
    """What the duty says so many days from now."""
    before = set(await Notification.all().values_list("id", flat=True))
    later = datetime.now(UTC) + timedelta(days=days)
    clock.use(lambda: later)
    async with transaction():
        await remind_of_matches()
    clock.use(None)
    return await Notification.exclude(id__in=before).order_by("id")


async def test_who_has_not_answered_is_reminded_after_days_and_once(place: Place) -> None:
    _seeker, _order, helpers, matches = await answering(place, 2)
    await decline_order(helpers[1], None, matches[1].id)
    assert not await remind(2.9)
    (told,) = await remind(3.1)
    assert (told.kind, told.receiver_id, told.reference) == (WAITING, helpers[0].id, matches[0].id)
    assert not await remind(3.2)
    assert not await remind(20)


async def test_who_was_asked_for_many_is_reminded_of_the_oldest_alone(place: Place) -> None:
    seeker, _order, helpers, _matches = await answering(place, 1)
    second = await released(seeker)
    (told,) = await remind(4)
    assert told.receiver_id == helpers[0].id
    assert told.reference != (await Match.get(order_id=second.id)).id


async def test_what_waits_for_its_turn_is_counted_from_when_it_is_shown(place: Place) -> None:
    _seeker, _order, _helpers, matches = await answering(place, 1)
    now = datetime.now(UTC)
    await Match.filter(id=matches[0].id).update(waits_until=now, shown_at=None)
    assert not await remind(10)
    clock.use(lambda: now + timedelta(days=2))
    async with transaction():
        assert await show_waiting() == 1
    clock.use(None)
    assert not await remind(4)
    assert len(await remind(5.1)) == 1


async def test_everybody_who_speaks_for_a_provider_is_reminded(place: Place) -> None:
    house = await make_provider(place)
    team = [await make_coordinator(place, house) for _ in range(2)]
    await released(await seeker_of(place))
    assert {each.receiver_id for each in await remind(4)} == {each.id for each in team}
    assert not await remind(4)


async def test_a_seeker_is_reminded_of_a_yes_once_per_order(place: Place) -> None:
    seeker, _order, helpers, matches = await answering(place, 2)
    for helper, match in zip(helpers, matches, strict=True):
        await accept_order(helper, None, match.id)
    assert not await remind(4.9)
    (told,) = await remind(5.1)
    assert (told.kind, told.receiver_id, told.reference) == (DECIDE, seeker.id, matches[0].id)
    assert not await remind(6)


async def test_who_has_decided_is_left_alone_and_a_reminder_on_its_way_is_void(
    place: Place,
) -> None:
    seeker, order, helpers, matches = await answering(place, 1)
    await accept_order(helpers[0], None, matches[0].id)
    await remind(6)
    message = await Message.get(kind="match_waiting")
    assert await values_of(message, Language.DE) == {}
    await award_order(seeker, None, matches[0].id)
    assert await values_of(message, Language.DE) is None
    assert not await remind(20)
    assert order.id


async def test_the_district_decides_after_how_many_days(place: Place) -> None:
    await answering(place, 1)
    await District.filter(key="03155").update(answer_days=10)
    assert not await remind(9.9)
    assert len(await remind(10.1)) == 1


async def test_an_order_that_has_ended_asks_nobody(place: Place) -> None:
    _seeker, order, _helpers, _matches = await answering(place, 1)
    await execute("UPDATE matches SET state = 'LAPSED' WHERE order_id = $1", order.id)
    await execute("UPDATE orders SET state = 'WITHDRAWN' WHERE id = $1", order.id)
    assert not await remind(9)
