"""Recording booked talks, held and missed, and putting right what was said."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from domain.errors import (
    AnswersMissing,
    NotFound,
    NumberOutOfRange,
    RoleNotAllowed,
    SignInRequired,
    TalkNotBegun,
    TalkRecorded,
)
from domain.ids import uuid7
from domain.states import BookingState
from domain.talk import TalkFailure
from domain.user import Payer, TalkChannel, TalkOutcome
from domain.viewer import ANONYMOUS, Viewer
from models.database import execute, fetch
from models.message import Message
from models.talk import Talk, TalkAnswer, TalkBooking, TalkSlot
from services import clock
from services.talk import TalkRecord, correct_talk_answers, record_talk
from tests.people import Place, make_coordinator, make_provider, viewer_for
from tests.services.scenes import history
from tests.staging import everything
from tests.talks import NOW, book, make_slot, waiting


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    clock.use(lambda: NOW)
    yield
    clock.use(None)


async def booked(place: Place, person: Viewer, days: int = 3) -> UUID:
    await book(person, (await make_slot(place, NOW + timedelta(days=days))).id)
    return (await TalkBooking.get(user_id=person.id, state=BookingState.BOOKED)).id


def held(**more: object) -> TalkRecord:
    return TalkRecord(TalkChannel.PHONE, TalkOutcome.DONE, NOW, **more)  # type: ignore[arg-type]  # by name


async def begun(booking: UUID) -> None:
    """The time of the booking has come."""
    starts_at = (await TalkSlot.get(id=(await TalkBooking.get(id=booking)).slot_id)).starts_at
    clock.use(lambda: starts_at)


def missed(booking: UUID, failure: TalkFailure = TalkFailure.NO_SHOW) -> TalkRecord:
    return TalkRecord(
        TalkChannel.PHONE, TalkOutcome.FAILED, NOW, booking_id=booking, failure=failure
    )


async def test_a_held_talk_ends_its_booking_named_or_not(place: Place) -> None:
    officer = await viewer_for(place.officer)
    for named in (True, False):
        person = await waiting(place)
        booking = await booked(place, person, 3 + named)
        assert person.id is not None
        await record_talk(officer, None, person.id, held(booking_id=booking if named else None))
        assert (await TalkBooking.get(id=booking)).state is BookingState.HELD
        assert await history(booking) == ["HOLD_TALK"]


async def test_a_missed_talk_is_told_kindly_and_another_can_be_booked(place: Place) -> None:
    officer, person = await viewer_for(place.officer), await waiting(place)
    booking = await booked(place, person)
    assert person.id is not None
    await begun(booking)
    await record_talk(officer, None, person.id, missed(booking))
    row = await TalkBooking.get(id=booking)
    assert (row.state, row.failure, row.to_call) == (
        BookingState.MISSED,
        TalkFailure.NO_SHOW,
        False,
    )
    message = await Message.get(kind="talk_missed")
    assert (message.receiver_id, message.reference) == (person.id, booking)
    await booked(place, person, 4)


async def test_a_talk_that_lies_ahead_was_not_missed_by_anybody(place: Place) -> None:
    officer, person = await viewer_for(place.officer), await waiting(place)
    booking = await booked(place, person)
    clock.use(lambda: NOW + timedelta(days=3, seconds=-1))
    before = await everything()
    for failure in TalkFailure:
        with pytest.raises(TalkNotBegun):
            await record_talk(officer, None, person.id or uuid7(), missed(booking, failure))
    assert await everything() == before
    await record_talk(officer, None, person.id or uuid7(), held(booking_id=booking))


async def test_a_second_held_talk_is_refused_and_the_first_can_be_corrected(place: Place) -> None:
    officer, person, talk = await talked(place)
    before = await everything()
    with pytest.raises(TalkRecorded):
        await record_talk(officer, None, person.id or uuid7(), held(care_grade=4))
    assert await everything() == before
    await correct_talk_answers(officer, None, talk.id, {"care_grade": 4})
    assert (await TalkAnswer.newest(person).get()).care_grade == 4


async def test_of_several_held_talks_at_once_one_is_recorded(place: Place) -> None:
    officer, person = await viewer_for(place.officer), await waiting(place)
    calls = (record_talk(officer, None, person.id or uuid7(), held()) for _ in range(4))
    said = await asyncio.gather(*calls, return_exceptions=True)
    assert sorted(type(each).__name__ for each in said) == ["TalkRecorded"] * 3 + ["User"]
    assert await Talk.all().count() == 1


async def test_whoever_misses_as_many_talks_as_the_district_says_is_called(place: Place) -> None:
    officer, person = await viewer_for(place.officer), await waiting(place)
    assert person.id is not None
    failures = (TalkFailure.NO_SHOW, TalkFailure.TECHNICAL, TalkFailure.NO_SHOW)
    for day, failure in enumerate(failures, 3):
        booking = await booked(place, person, day)
        await begun(booking)
        await record_talk(officer, None, person.id, missed(booking, failure))
    rows = await TalkBooking.filter(user_id=person.id).order_by("id")
    assert [row.to_call for row in rows] == [False, False, True]


async def test_somebody_elses_booking_or_an_ended_one_is_none(place: Place) -> None:
    officer, person, other = (
        await viewer_for(place.officer),
        await waiting(place),
        await waiting(place),
    )
    booking = await booked(place, other)
    before = await everything()
    for wrong in (booking, uuid7()):
        with pytest.raises(NotFound):
            await record_talk(officer, None, person.id or uuid7(), missed(wrong))
    assert await everything() == before


async def test_a_failed_talk_without_a_booking_leaves_the_booked_one(place: Place) -> None:
    officer, person = await viewer_for(place.officer), await waiting(place)
    booking = await booked(place, person)
    record = TalkRecord(TalkChannel.PHONE, TalkOutcome.FAILED, NOW)
    await record_talk(officer, None, person.id or uuid7(), record)
    assert (await TalkBooking.get(id=booking)).state is BookingState.BOOKED


async def talked(place: Place) -> tuple[Viewer, Viewer, Talk]:
    officer, person = await viewer_for(place.officer), await waiting(place)
    answers = held(care_grade=3, payer=Payer.PRIVATE, uses_relief_amount=True)
    await record_talk(officer, None, person.id or uuid7(), answers)
    return officer, person, await Talk.get(user_id=person.id)


async def test_a_correction_stands_beside_the_older_answers(place: Place) -> None:
    officer, person, talk = await talked(place)
    await correct_talk_answers(person, None, talk.id, {"care_grade": None})
    await correct_talk_answers(officer, None, talk.id, {"payer": Payer.OTHER})
    rows = await TalkAnswer.filter(talk_id=talk.id).order_by("id")
    assert [(row.care_grade, row.payer) for row in rows] == [
        (3, Payer.PRIVATE),
        (None, Payer.PRIVATE),
        (None, Payer.OTHER),
    ]
    assert [row.corrected_by_id for row in rows] == [None, person.id, officer.id]
    assert [row.replaces_id for row in rows] == [None, rows[0].id, rows[1].id]
    assert [row.uses_relief_amount for row in rows] == [True, True, True]
    assert (await TalkAnswer.newest(person).get()).id == rows[2].id


async def test_every_answer_can_be_emptied(place: Place) -> None:
    _officer, person, talk = await talked(place)
    names = ("care_grade", "payer", "uses_relief_amount", "has_integration_assistance")
    await correct_talk_answers(person, None, talk.id, dict.fromkeys(names))
    newest = await TalkAnswer.newest(person).get()
    assert {getattr(newest, name) for name in names} == {None}


async def test_nobody_else_corrects_and_nothing_that_cannot_be(place: Place) -> None:
    officer, person, talk = await talked(place)
    coordinator = await viewer_for(await make_coordinator(place, await make_provider(place)))
    failed = await Talk.create(
        user_id=person.id,
        officer_id=officer.id,
        channel=TalkChannel.PHONE,
        outcome=TalkOutcome.FAILED,
        held_at=NOW,
    )
    stranger, before = await waiting(place), await everything()
    for viewer, which, said, error in [
        (stranger, talk.id, {"care_grade": 1}, NotFound),
        (coordinator, talk.id, {}, RoleNotAllowed),
        (ANONYMOUS, talk.id, {}, SignInRequired),
        (person, failed.id, {"care_grade": 1}, AnswersMissing),
        (person, talk.id, {"care_grade": 6}, NumberOutOfRange),
        (person, uuid7(), {}, NotFound),
    ]:
        with pytest.raises(error):
            await correct_talk_answers(viewer, None, which, said)
    assert await everything() == before


async def test_answers_are_a_chain_in_the_database_too(place: Place) -> None:
    _officer, person, talk = await talked(place)
    await correct_talk_answers(person, None, talk.id, {"care_grade": 1})
    (first,) = await fetch("SELECT id FROM talk_answers WHERE replaces_id IS NULL")
    insert = (
        "INSERT INTO talk_answers (id, talk_id, replaces_id, corrected_at) "
        "VALUES (gen_random_uuid(), $1, $2, now())"
    )
    for replaced in (None, first["id"]):
        with pytest.raises(Exception, match="talk_answers"):
            await execute(insert, talk.id, replaced)
