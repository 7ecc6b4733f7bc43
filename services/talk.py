"""Use cases of introductory talks: recording one, and putting right what was said in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.dates import refusals
from domain.errors import (
    AnswersMissing,
    DateInFuture,
    DomainError,
    NotFound,
    NumberOutOfRange,
    TalkNotBegun,
    TalkRecorded,
)
from domain.permissions import demand_role
from domain.policy import Policy
from domain.states import TALK, BookingState
from domain.talk import TalkFailure
from domain.user import Payer, TalkChannel, TalkOutcome
from domain.viewer import STAFF, Role, Viewer
from models.district import District, Municipality
from models.talk import Talk, TalkAnswer, TalkBooking, TalkSlot
from models.user import User
from notifications.message import MailKind, announce
from services import clock
from services.transition import transition
from services.use_case import for_another, use_case
from services.user import on_the_way, touched

_MOST_CARE_GRADE = 5


@dataclass(frozen=True, slots=True)
class TalkRecord:
    """What customer service records of an introductory talk."""

    channel: TalkChannel
    outcome: TalkOutcome
    held_at: datetime
    care_grade: int | None = None
    payer: Payer | None = None
    uses_relief_amount: bool | None = None
    has_integration_assistance: bool | None = None
    booking_id: UUID | None = None
    failure: TalkFailure = TalkFailure.NO_SHOW


@use_case
async def record_talk(viewer: Viewer, user_id: UUID, record: TalkRecord) -> User:
    """Record an introductory talk, held or missed; its booking ends with it.

    Raises:
        NotFound: no such account on its way to release, or no such open booking of it.
        DateRefused, DateInFuture, NumberOutOfRange, TalkNotBegun: the record cannot be true.
        TalkRecorded: a held talk is recorded; `correct_talk_answers` puts right what was said.
    """
    officer = demand_role(viewer, *STAFF)
    user = await on_the_way(user_id, "RECORD_TALK")
    _check(record)
    if record.outcome is TalkOutcome.DONE:
        await _demand_none_held(user_id)
    booking = await _booking(user_id, record)
    talk = await Talk.create(
        user_id=user_id,
        officer_id=officer,
        channel=record.channel,
        outcome=record.outcome,
        held_at=record.held_at,
    )
    if record.outcome is TalkOutcome.DONE:
        await TalkAnswer.create(
            talk_id=talk.id,
            care_grade=record.care_grade,
            payer=record.payer,
            uses_relief_amount=record.uses_relief_amount,
            has_integration_assistance=record.has_integration_assistance,
        )
    if booking is not None:
        await _end(viewer, user, booking, record)
    return await touched(user)


def _check(record: TalkRecord) -> None:
    now = clock.now()
    found: list[DomainError] = list(refusals(record.held_at, now, field="heldAt"))
    if not found and record.held_at > now:
        found.append(DateInFuture(field="heldAt"))
    found.extend(_grade_refused(record.care_grade))
    if found:
        raise DomainError.of(found)


def _grade_refused(grade: int | None) -> list[DomainError]:
    if grade is None or 0 <= grade <= _MOST_CARE_GRADE:
        return []
    return [NumberOutOfRange(field="careGrade", low=0, high=_MOST_CARE_GRADE)]


async def _booking(user_id: UUID, record: TalkRecord) -> TalkBooking | None:
    """The booking that the talk ends: the one that is named, for a held talk also an open one."""
    is_open = TalkBooking.filter(user_id=user_id, state=BookingState.BOOKED)
    if record.booking_id is None:
        return await is_open.first() if record.outcome is TalkOutcome.DONE else None
    booking = await is_open.filter(id=record.booking_id).first()
    if booking is None:
        raise NotFound(field="bookingId")
    if record.outcome is TalkOutcome.FAILED:
        slot = await TalkSlot.get(id=booking.slot_id)
        if slot.starts_at > clock.now():
            raise TalkNotBegun(field="bookingId", state=booking.state.value, action="RECORD_TALK")
    return booking


async def _demand_none_held(user_id: UUID) -> None:
    if await Talk.exists(user_id=user_id, outcome=TalkOutcome.DONE):
        raise TalkRecorded(field="userId", action="RECORD_TALK")


async def _end(viewer: Viewer, user: User, booking: TalkBooking, record: TalkRecord) -> None:
    if record.outcome is TalkOutcome.DONE:
        await transition(TALK, booking.id, "HOLD_TALK", viewer)
        return
    before = TalkBooking.filter(
        user_id=user.id, state=BookingState.MISSED, failure=TalkFailure.NO_SHOW
    )
    missed = await before.count() + (record.failure is TalkFailure.NO_SHOW)
    to_call = missed >= (await policy_for(user)).missed_talks
    values = {"failure": record.failure.value, "to_call": to_call}
    version = await transition(TALK, booking.id, "MISS_TALK", viewer, values=values)
    await announce(MailKind.TALK_MISSED, user.id, version=version, reference=booking.id)


async def policy_for(user: User) -> Policy:
    """What the district of an account has decided; the defaults for one without a place."""
    place = await Municipality.get_or_none(id=user.municipality_id)
    district = await District.get_or_none(key=place.district_id) if place else None
    return district.policy() if district else Policy()


@use_case
@for_another()
async def correct_talk_answers(viewer: Viewer, talk_id: UUID, said: Mapping[str, Any]) -> User:
    """Put right what was said in a talk, as the person it is about or as staff.

    What is not said stays as it is, null empties it; the older answers are kept beside.

    Raises:
        NotFound: no such talk of an account that the viewer may open.
        AnswersMissing: the talk did not come about.
        NumberOutOfRange: no such Pflegegrad.
    """
    demand_role(viewer, Role.SEEKER, Role.ASSISTANT, *STAFF, released=False)
    talk = await Talk.visible_to(viewer).filter(id=talk_id).first()
    if talk is None:
        raise NotFound(field="talkId")
    user = await User.select_for_update(no_key=True).get(id=talk.user_id)
    if talk.outcome is not TalkOutcome.DONE:
        raise AnswersMissing(field="talkId")
    for refused in _grade_refused(said.get("care_grade")):
        raise refused
    older = await TalkAnswer.newest(viewer).filter(talk_id=talk_id).first()
    names = ("care_grade", "payer", "uses_relief_amount", "has_integration_assistance")
    kept = {name: getattr(older, name, None) for name in names}
    await TalkAnswer.create(
        talk_id=talk_id,
        replaces_id=older.id if older else None,
        corrected_by_id=viewer.actor_id,
        corrected_at=clock.now(),
        **{**kept, **said},
    )
    return await touched(user)
