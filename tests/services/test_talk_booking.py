"""Booking, moving and cancelling an introductory talk, and the reminders of it."""

import asyncio
from collections.abc import Awaitable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.errors import (
    DomainError,
    EmailNotConfirmed,
    NotFound,
    RoleNotAllowed,
    SlotTaken,
    StateRefused,
    TalkHeld,
    TalkNotBooked,
    TalkTooLate,
)
from domain.ids import uuid7
from domain.states import BookingState
from domain.talk import TalkWish
from domain.user import TalkChannel, TalkOutcome
from models.database import fetch, transaction
from models.district import District
from models.message import Message
from models.outbox import Outbox
from models.talk import Talk, TalkBooking
from models.user import User
from services import clock
from services.talk_booking import BookingWish, book_talk, cancel_talk, remind
from services.talk_slot import cancel_talk_slots
from tests.people import Place, make_assistant, make_coordinator, make_provider, make_seeker
from tests.people import viewer_for as viewer_of
from tests.services.scenes import history
from tests.staging import everything
from tests.talks import NOW, book, make_slot, waiting


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    clock.use(lambda: NOW)
    yield
    clock.use(None)


async def refused(error: type[DomainError], deed: Awaitable[Any]) -> None:
    """The refusal comes, and nothing has changed."""
    before = await everything()
    with pytest.raises(error):
        await deed
    assert await everything() == before


async def kinds() -> list[tuple[str, int]]:
    return [(each.kind, each.version) for each in await Message.all().order_by("id")]


async def due() -> list[tuple[dict[str, int], datetime]]:
    rows = await Outbox.filter(kind="talk.remind").order_by("available_at")
    return [(row.payload, row.available_at) for row in rows]


async def test_a_booking_keeps_the_way_the_wishes_and_promises_mail_and_reminder(
    place: Place,
) -> None:
    slot, person = await make_slot(place), await waiting(place)
    wishes = (TalkWish.SIGN_LANGUAGE, TalkWish.INTERPRETER)
    user = await book_talk(person, None, BookingWish(slot.id, TalkChannel.VIDEO, wishes))
    booking = await TalkBooking.get()
    assert (booking.user_id, booking.slot_id) == (person.id, slot.id)
    assert (booking.state, booking.version) == (BookingState.BOOKED, 1)
    assert booking.wishes == ["INTERPRETER", "SIGN_LANGUAGE"]
    assert booking.channel is TalkChannel.VIDEO
    assert user.version == 2
    assert await kinds() == [("talk_booked", 1)]
    assert await due() == [({"number": 0, "version": 1}, slot.starts_at - timedelta(hours=24))]


async def test_an_assistant_on_the_way_to_release_books_too(place: Place) -> None:
    helper = await viewer_of(await make_assistant(place, released=False))
    await book(helper, (await make_slot(place)).id)
    assert (await TalkBooking.get()).user_id == helper.id


async def test_another_slot_moves_the_booking(place: Place) -> None:
    slot, later = await make_slot(place), await make_slot(place, NOW + timedelta(days=5))
    person, rival = await waiting(place), await waiting(place)
    await book(person, slot.id)
    await book(person, later.id, TalkChannel.VIDEO)
    booking = await TalkBooking.get()
    assert (booking.slot_id, booking.version, booking.channel) == (
        later.id,
        2,
        TalkChannel.VIDEO,
    )
    assert await kinds() == [("talk_booked", 1), ("talk_moved", 2)]
    assert [payload["version"] for payload, _at in await due()] == [1, 2]
    await book(rival, slot.id)  # which is free again


async def test_twenty_who_want_one_slot_leave_one_winner(place: Place) -> None:
    slot = await make_slot(place)
    people = [await waiting(place) for _ in range(20)]
    outcomes = await asyncio.gather(
        *(book(each, slot.id) for each in people), return_exceptions=True
    )
    assert [each for each in outcomes if each is None] == [None]
    assert {type(each) for each in outcomes if each is not None} == {SlotTaken}
    assert await TalkBooking.all().count() == 1
    assert await Message.all().count() == 1


async def test_somebody_who_books_twice_at_once_has_one_booking(place: Place) -> None:
    slots = [await make_slot(place, NOW + timedelta(days=day)) for day in range(3, 8)]
    person = await waiting(place)
    await asyncio.gather(*(book(person, each.id) for each in slots))
    booking = await TalkBooking.get()
    assert booking.version == 5


async def test_booking_and_withdrawing_at_once_leave_no_booking_of_a_withdrawn_slot(
    place: Place,
) -> None:
    officer = await viewer_of(place.officer)
    for day in range(3, 8):
        slot, person = await make_slot(place, NOW + timedelta(days=day)), await waiting(place)
        outcomes = await asyncio.gather(
            book(person, slot.id),
            cancel_talk_slots(officer, None, [slot.id]),
            return_exceptions=True,
        )
        assert {type(each) for each in outcomes} <= {type(None), SlotTaken}
        assert not await TalkBooking.filter(slot_id=slot.id, state="BOOKED").exists()


async def test_a_slot_that_begins_too_soon_or_has_begun_is_refused(place: Place) -> None:
    person = await waiting(place)
    for ahead in (timedelta(minutes=119), timedelta(), -timedelta(days=1)):
        slot = await make_slot(place, NOW + ahead)
        await refused(TalkTooLate, book_talk(person, None, BookingWish(slot.id, TalkChannel.PHONE)))
        await slot.delete()
    await book(person, (await make_slot(place, NOW + timedelta(minutes=120))).id)


async def test_what_is_too_late_to_cancel_is_too_late_to_move(place: Place) -> None:
    slot, later = await make_slot(place), await make_slot(place, NOW + timedelta(days=5))
    person = await waiting(place)
    await book(person, slot.id)
    clock.use(lambda: slot.starts_at - timedelta(minutes=100))
    await refused(TalkTooLate, cancel_talk(person, None))
    await refused(TalkTooLate, book_talk(person, None, BookingWish(later.id, TalkChannel.PHONE)))
    await District.filter(key="03155").update(notice_minutes=90)
    await cancel_talk(person, None)
    assert (await TalkBooking.get()).state is BookingState.CANCELLED


async def test_a_slot_that_is_withdrawn_unknown_or_taken_is_refused(place: Place) -> None:
    slot, person = await make_slot(place), await waiting(place)
    unknown = BookingWish(uuid7(), TalkChannel.PHONE)
    await refused(NotFound, book_talk(person, None, unknown))
    await cancel_talk_slots(await viewer_of(place.officer), None, [slot.id])
    await refused(SlotTaken, book_talk(person, None, BookingWish(slot.id, TalkChannel.PHONE)))
    taken = await make_slot(place)
    await book(await waiting(place), taken.id)
    await refused(SlotTaken, book_talk(person, None, BookingWish(taken.id, TalkChannel.PHONE)))


async def test_only_who_waits_for_a_talk_can_book_one(place: Place) -> None:
    wish = BookingWish((await make_slot(place)).id, TalkChannel.PHONE)
    released = await viewer_of(await make_seeker(place))
    coordinator = await viewer_of(await make_coordinator(place, await make_provider(place)))
    await refused(StateRefused, book_talk(released, None, wish))
    await refused(RoleNotAllowed, book_talk(coordinator, None, wish))
    await refused(RoleNotAllowed, book_talk(await viewer_of(place.officer), None, wish))
    person = await waiting(place)
    await User.filter(id=person.id).update(email_confirmed_at=None)
    await refused(EmailNotConfirmed, book_talk(person, None, wish))
    await User.filter(id=person.id).update(email_confirmed_at=NOW)
    await Talk.create(
        user_id=person.id,
        officer_id=place.officer.id,
        channel=TalkChannel.PHONE,
        outcome=TalkOutcome.DONE,
        held_at=NOW,
    )
    await refused(TalkHeld, book_talk(person, None, wish))


async def test_a_cancelled_talk_frees_its_slot_and_another_can_be_booked(place: Place) -> None:
    slot, person = await make_slot(place), await waiting(place)
    await refused(TalkNotBooked, cancel_talk(person, None))
    await book(person, slot.id)
    await cancel_talk(person, None)
    first = await TalkBooking.get()
    assert await history(first.id) == ["CANCEL_TALK"]
    await book(person, slot.id)
    latest = await TalkBooking.get(state=BookingState.BOOKED)
    assert latest.version == 1
    assert await kinds() == [("talk_booked", 1), ("talk_booked", 1)]  # each about its own booking


async def reminded(booking: UUID, version: int) -> bool:
    async with transaction():
        return await remind(booking, version, 0)


async def test_a_reminder_is_for_this_version_of_the_talk_alone(place: Place) -> None:
    slot, later = await make_slot(place), await make_slot(place, NOW + timedelta(days=5))
    person = await waiting(place)
    await book(person, slot.id)
    booking = await TalkBooking.get()
    await book(person, later.id)
    assert not await reminded(booking.id, 1)
    assert await reminded(booking.id, 2)
    assert await reminded(booking.id, 2)  # once more changes nothing
    assert [kind for kind, _ in await kinds()].count("talk_reminder") == 1
    await cancel_talk(person, None)
    assert not await reminded(booking.id, 2)
    assert not await reminded(uuid7(), 1)


async def test_reminders_come_as_often_as_the_district_says_and_never_in_the_past(
    place: Place,
) -> None:
    await District.filter(key="03155").update(reminder_hours=[100, 24, 2])
    slot = await make_slot(place)
    await book(await waiting(place), slot.id)
    assert [at for _payload, at in await due()] == [
        slot.starts_at - timedelta(hours=24),
        slot.starts_at - timedelta(hours=2),
    ]
    rows = await fetch("SELECT payload::text AS said FROM outbox WHERE kind = 'talk.remind'")
    assert all(set(row["said"]) <= set('{}", :versionumb0123') for row in rows), rows


async def test_a_repeated_request_books_once(place: Place) -> None:
    slot, person = await make_slot(place), await waiting(place)
    wish = BookingWish(slot.id, TalkChannel.PHONE)
    first = await book_talk(person, "key", wish)
    again = await book_talk(person, "key", wish)
    assert (first.id, first.version) == (again.id, again.version)
    assert (await TalkBooking.get()).version == 1
