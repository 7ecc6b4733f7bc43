"""Offering times for talks, and withdrawing them."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.dates import BERLIN
from domain.errors import (
    DomainError,
    NoTalkTimes,
    NotFound,
    NumberOutOfRange,
    RoleNotAllowed,
    WindowRefused,
)
from domain.ids import uuid7
from domain.states import BookingState
from domain.window import EMPTY_WEEK, Window
from models.database import fetch
from models.district import District
from models.message import Message
from models.talk import TalkBooking, TalkSlot
from models.user import User
from services import clock
from services.talk_slot import cancel_talk_slots, publish_talk_slots
from tests.people import Place, make_user, viewer_for
from tests.staging import everything
from tests.talks import NOW, book, make_slot, waiting

MONDAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    clock.use(lambda: NOW)
    yield
    clock.use(None)


async def publish(place: Place, first: date, last: date, *windows: Window) -> int:
    officer = await viewer_for(place.officer)
    return await publish_talk_slots(officer, None, "03155", first, last, windows)


async def days() -> list[date]:
    slots = await TalkSlot.all().order_by("id")
    return list(dict.fromkeys(each.starts_at.astimezone(BERLIN).date() for each in slots))


async def test_a_week_of_slots_lies_within_the_hours_and_ahead_of_now(place: Place) -> None:
    assert await publish(place, MONDAY, MONDAY + timedelta(days=6)) == 4 * 16 + 11
    slots = await TalkSlot.all().order_by("id")
    assert [each.starts_at for each in slots] == sorted(each.starts_at for each in slots)
    assert len(slots) == 4 * 16 + 11  # today it is past ten
    assert slots[0].starts_at == NOW + timedelta(minutes=30)
    assert {each.ends_at - each.starts_at for each in slots} == {timedelta(minutes=30)}
    assert {each.officer_id for each in slots} == {place.officer.id}


async def test_times_in_which_no_talk_begins_are_refused(place: Place) -> None:
    saturday, tuesday = MONDAY + timedelta(days=5), MONDAY + timedelta(days=1)
    for first, last, windows, field in (
        (saturday, saturday + timedelta(days=1), (), "to"),
        (tuesday, tuesday, (Window(2, "09:00", "09:15"),), "windows"),
        (MONDAY, MONDAY, (Window(1, "08:00", "09:00"),), "windows"),  # it is past ten
    ):
        with pytest.raises(NoTalkTimes) as refused:
            await publish(place, first, last, *windows)
        assert refused.value.field == field
    assert not await TalkSlot.exists()


async def test_publishing_again_adds_only_what_is_missing(place: Place) -> None:
    tuesday, thursday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)
    await publish(place, tuesday, thursday)
    before = {each.id for each in await TalkSlot.all()}
    gone = sorted(before)[3]
    await cancel_talk_slots(await viewer_for(place.officer), None, [gone])
    await publish(place, tuesday, thursday + timedelta(days=1))
    after = {each.id for each in await TalkSlot.all()}
    assert before < after
    assert len(after) == len(before) + 16 + 1


async def test_two_who_publish_at_once_leave_one_slot_at_each_time(place: Place) -> None:
    await asyncio.gather(*(publish(place, MONDAY, MONDAY + timedelta(days=9)) for _ in range(4)))
    (row,) = await fetch(
        "SELECT count(*) AS all_of_them, count(DISTINCT starts_at) AS times FROM talk_slots"
    )
    assert row["all_of_them"] == row["times"] > 0


async def test_public_holidays_of_the_land_are_left_out(place: Place) -> None:
    clock.use(lambda: datetime(2026, 5, 20, 9, tzinfo=UTC))
    await publish(place, date(2026, 6, 1), date(2026, 6, 5))
    assert date(2026, 6, 4) in await days()  # Fronleichnam is none in Niedersachsen
    await TalkSlot.all().delete()
    await District.filter(key="03155").update(land="NW")
    await publish(place, date(2026, 6, 1), date(2026, 6, 5))
    assert date(2026, 6, 4) not in await days()


async def test_slots_keep_their_wall_time_across_the_change_of_the_clocks(place: Place) -> None:
    clock.use(lambda: datetime(2026, 3, 26, 20, tzinfo=UTC))
    await publish(
        place,
        date(2026, 3, 27),
        date(2026, 3, 30),
        *(Window(d, "08:00", "08:30") for d in range(1, 8)),
    )
    slots = await TalkSlot.all().order_by("id")
    assert [each.starts_at.hour for each in slots] == [7, 6]


async def test_windows_stand_in_the_place_of_the_hours(place: Place) -> None:
    await publish(place, MONDAY, MONDAY + timedelta(days=6), Window(3, "18:00", "19:00"))
    assert await days() == [date(2026, 3, 4)]
    assert await TalkSlot.all().count() == 2


async def test_the_district_decides_on_length_and_hours(place: Place) -> None:
    await District.filter(key="03155").update(talk_minutes=60)
    await publish(place, MONDAY + timedelta(days=1), MONDAY + timedelta(days=1))
    assert {each.minutes for each in await TalkSlot.all()} == {60}
    assert await TalkSlot.all().count() == 8


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [
        (-1, 2, {"DATE_IN_PAST"}),
        (2, 1, {"PERIOD_REFUSED"}),
        (1, 61, {"DATE_TOO_FAR"}),
        (-1, -2, {"DATE_IN_PAST", "PERIOD_REFUSED"}),
    ],
)
async def test_a_period_that_cannot_be_is_refused(
    place: Place, first: int, last: int, codes: set[str]
) -> None:
    with pytest.raises(DomainError) as refused:
        await publish(place, MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))
    assert {each.code for each in refused.value.problems} == codes
    assert await TalkSlot.all().count() == 0


async def test_windows_that_cover_nothing_are_refused(place: Place) -> None:
    with pytest.raises(WindowRefused):
        await publish(place, MONDAY, MONDAY, Window(1, "10:00", "10:00"))
    assert (await District.get(key="03155")).policy().hours != EMPTY_WEEK
    assert await TalkSlot.all().count() == 0


async def test_only_staff_offers_and_withdraws(place: Place) -> None:
    slot, person = await make_slot(place), await waiting(place)
    before = await everything()
    with pytest.raises(RoleNotAllowed):
        await publish_talk_slots(person, None, "03155", MONDAY, MONDAY)
    with pytest.raises(RoleNotAllowed):
        await cancel_talk_slots(person, None, [slot.id])
    assert await everything() == before


async def test_a_withdrawn_slot_frees_its_person_who_is_told(place: Place) -> None:
    slot, other = await make_slot(place), await make_slot(place, NOW + timedelta(days=4))
    person = await waiting(place)
    await book(person, slot.id)
    version = (await User.get(id=person.id)).version
    await cancel_talk_slots(await viewer_for(place.officer), None, [slot.id, other.id])
    booking = await TalkBooking.get()
    assert booking.state is BookingState.CANCELLED
    assert {each.cancelled_at for each in await TalkSlot.all()} == {NOW}
    message = await Message.get(kind="talk_cancelled")
    assert (message.receiver_id, message.reference) == (person.id, booking.id)
    assert (await User.get(id=person.id)).version == version + 1
    await book(person, (await make_slot(place, NOW + timedelta(days=5))).id)


async def test_an_unknown_slot_withdraws_none(place: Place) -> None:
    slot, officer = await make_slot(place), await viewer_for(place.officer)
    before = await everything()
    with pytest.raises(NotFound):
        await cancel_talk_slots(officer, None, [slot.id, uuid7()])
    with pytest.raises(NumberOutOfRange):
        await cancel_talk_slots(officer, None, [])
    assert await everything() == before


async def test_two_officers_may_talk_at_the_same_time_and_one_may_not(place: Place) -> None:
    await publish(place, MONDAY + timedelta(days=1), MONDAY + timedelta(days=1))
    other = Place(place.municipality, await make_user(place.officer.role, None))
    await publish(other, MONDAY + timedelta(days=1), MONDAY + timedelta(days=1))
    assert await TalkSlot.all().count() == 32
    with pytest.raises(Exception, match="talk_slots_apart"):
        await make_slot(place, NOW + timedelta(days=1, minutes=10), 10)
