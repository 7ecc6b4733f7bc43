"""Use cases of people who book an introductory talk: book, move, cancel, be reminded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.errors import (
    EmailNotConfirmed,
    NotFound,
    SlotTaken,
    StateRefused,
    TalkHeld,
    TalkNotBooked,
    TalkTooLate,
)
from domain.permissions import demand_role
from domain.policy import Policy
from domain.states import TALK, BookingState
from domain.talk import TalkWish, last_moment, reminder_version, reminders
from domain.user import TalkChannel, TalkOutcome
from domain.viewer import AccountState, Role, Viewer
from models.outbox import enqueue
from models.talk import Talk, TalkBooking, TalkSlot
from models.user import User
from notifications.message import MailKind, announce
from services import clock
from services.talk import policy_for
from services.transition import transition
from services.use_case import for_another, unasked, use_case
from services.user import touched

REMIND_JOB = "talk.remind"


@dataclass(frozen=True, slots=True)
class BookingWish:
    """Which slot somebody wants, and how the talk shall be held."""

    slot_id: UUID
    channel: TalkChannel
    wishes: Sequence[TalkWish] = ()


@use_case
@for_another()
async def book_talk(viewer: Viewer, wish: BookingWish) -> User:
    """Book a slot; an open booking moves to it.

    Raises:
        StateRefused, EmailNotConfirmed, TalkHeld: the account is not at this point of its way.
        NotFound, SlotTaken, TalkTooLate: not this slot; or it is too late to leave the booked one.
    """
    user = await _waiting(viewer)
    policy = await policy_for(user)
    slot = await _free_slot(wish.slot_id, user.id)
    _demand_time(slot, policy)
    booking = await TalkBooking.filter(user_id=user.id, state=BookingState.BOOKED).first()
    if booking is None:
        booking = await _book(user.id, wish)
        kind = MailKind.TALK_BOOKED
    else:
        _demand_time(await TalkSlot.get(id=booking.slot_id), policy)
        await _move(booking, wish)
        kind = MailKind.TALK_MOVED
    await announce(kind, user.id, version=booking.version, reference=booking.id)
    await _promise_reminders(booking, slot.starts_at, policy)
    return await touched(user)


async def _waiting(viewer: Viewer) -> User:
    """The viewer's account, locked, if it is one that can have a talk."""
    person = demand_role(viewer, Role.SEEKER, Role.ASSISTANT, released=False)
    user = await User.select_for_update(no_key=True).get(id=person)
    if user.state is not AccountState.REGISTERED:
        raise StateRefused(state=user.state.value, action="BOOK_TALK")
    if user.email_confirmed_at is None:
        raise EmailNotConfirmed(state=user.state.value)
    if await Talk.filter(user_id=person, outcome=TalkOutcome.DONE).exists():
        raise TalkHeld(state=user.state.value)
    return user


async def _free_slot(slot_id: UUID, user_id: UUID) -> TalkSlot:
    """The slot, locked until the commit: rivals come before or after."""
    slot = await TalkSlot.filter(id=slot_id).select_for_update(no_key=True).first()
    if slot is None:
        raise NotFound(field="slotId")
    others = TalkBooking.filter(slot_id=slot_id).exclude(state=BookingState.CANCELLED)
    if slot.cancelled_at is not None or await others.exclude(user_id=user_id).exists():
        raise SlotTaken(field="slotId")
    return slot


def _demand_time(slot: TalkSlot, policy: Policy) -> None:
    if clock.now() > last_moment(slot.starts_at, policy.notice_minutes):
        raise TalkTooLate(field="slotId")


async def _book(user_id: UUID, wish: BookingWish) -> TalkBooking:
    """A new booking.

    Raises:
        SlotTaken: it was this person's own, and missed.
    """
    earlier = TalkBooking.filter(user_id=user_id)
    if await earlier.filter(slot_id=wish.slot_id).exclude(state=BookingState.CANCELLED).exists():
        raise SlotTaken(field="slotId")
    return await TalkBooking.create(
        user_id=user_id,
        slot_id=wish.slot_id,
        channel=wish.channel,
        wishes=_in_order(wish.wishes),
        version=1,
    )


async def _move(booking: TalkBooking, wish: BookingWish) -> None:
    booking.version += 1
    await TalkBooking.filter(id=booking.id).update(
        slot_id=wish.slot_id,
        channel=wish.channel,
        wishes=_in_order(wish.wishes),
        version=booking.version,
    )


def _in_order(wishes: Sequence[TalkWish]) -> list[str]:
    return sorted({wish.value for wish in wishes})


async def _promise_reminders(booking: TalkBooking, starts_at: datetime, policy: Policy) -> None:
    ahead = reminders(starts_at, policy.reminder_hours, clock.now())
    for number, (_hours, due) in enumerate(ahead):
        await enqueue(
            REMIND_JOB,
            booking.id,
            payload={"version": booking.version, "number": number},
            dedupe_key=f"{REMIND_JOB}:{booking.id}:{booking.version}:{number}",
            available_at=due,
        )


async def remind(booking_id: UUID, version: int, number: int) -> bool:
    """Promise a reminder in the caller's transaction; False if the talk is another one by now."""
    booking = await TalkBooking.filter(id=booking_id).select_for_update(no_key=True).first()
    if booking is None or booking.state is not BookingState.BOOKED or booking.version != version:
        return False
    await announce(
        MailKind.TALK_REMINDER,
        booking.user_id,
        version=reminder_version(version, number),
        reference=booking_id,
    )
    return True


@use_case
@for_another()
@unasked
async def cancel_talk(viewer: Viewer) -> User:
    """Cancel one's own talk.

    Raises:
        TalkNotBooked, TalkTooLate: there is none, or it begins too soon.
    """
    person = demand_role(viewer, Role.SEEKER, Role.ASSISTANT, released=False)
    user = await User.select_for_update(no_key=True).get(id=person)
    booking = await TalkBooking.filter(user_id=person, state=BookingState.BOOKED).first()
    if booking is None:
        raise TalkNotBooked(state=user.state.value)
    _demand_time(await TalkSlot.get(id=booking.slot_id), await policy_for(user))
    await transition(TALK, booking.id, "CANCEL_TALK", viewer)
    return await touched(user)
