"""Use cases of the slots in which introductory talks can be held: offering and withdrawing them."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import holidays

from domain.dates import BERLIN
from domain.errors import (
    DateInPast,
    DateTooFar,
    DomainError,
    NoTalkTimes,
    NotFound,
    NumberOutOfRange,
    PeriodRefused,
    WindowRefused,
)
from domain.ids import uuid7_at
from domain.permissions import demand_role
from domain.policy import Policy
from domain.states import TALK, BookingState
from domain.talk import beginnings
from domain.viewer import STAFF, Viewer
from domain.window import EMPTY_WEEK, Window, week_of
from models.database import fetch
from models.district import District
from models.talk import TalkBooking, TalkSlot
from models.user import User
from notifications.message import MailKind, announce
from services import clock
from services.transition import transition
from services.use_case import use_case
from services.user import touched

MOST_SLOTS = 500
# What is there already is left out; so is a time at which the officer has another slot.
_PUBLISH = """
INSERT INTO talk_slots (id, officer_id, starts_at, ends_at, minutes, created_at)
SELECT id, $3, at, at + make_interval(mins => $4), $4, $5
FROM unnest($1::uuid[], $2::timestamptz[]) AS slot (id, at)
ON CONFLICT DO NOTHING
RETURNING id
"""


@use_case
async def publish_talk_slots(
    viewer: Viewer, district: str, first: date, last: date, windows: Sequence[Window] = ()
) -> int:
    """Offer talks with oneself on the workdays of a period, in the desk's hours or in windows.

    How many are new; what is there already stays.

    Raises:
        DateInPast, DateTooFar, PeriodRefused: the period cannot be.
        WindowRefused: a window is malformed.
        NoTalkTimes: no talk would begin in all of that, or not any more.
    """
    officer = demand_role(viewer, *STAFF)
    await User.select_for_update(no_key=True).get(id=officer)
    place = await District.get(key=district)
    policy, now = place.policy(), clock.now()
    _check((first, last), now.astimezone(BERLIN).date(), policy)
    week = week_of(windows) if windows else policy.hours
    if week == EMPTY_WEEK:
        raise WindowRefused(field="windows")
    free = public_holidays(place.land, first, last)
    found = beginnings((first, last), week, policy.talk_minutes, free, BERLIN)
    ahead = [moment for moment in found if moment > now]
    if not ahead:
        raise NoTalkTimes(field="windows" if windows else "to", minutes=policy.talk_minutes)
    ids = [uuid7_at(moment) for moment in ahead]
    return len(await fetch(_PUBLISH, ids, ahead, officer, policy.talk_minutes, now))


def public_holidays(land: str, first: date, last: date) -> frozenset[date]:
    """The public holidays of a Land in the years from the first day to the last one."""
    years = range(first.year, last.year + 1)
    return frozenset(holidays.country_holidays("DE", subdiv=land, years=years))


def _check(days: tuple[date, date], today: date, policy: Policy) -> None:
    first, last = days
    found: list[DomainError] = []
    if first < today:
        found.append(DateInPast(field="from"))
    if last < first:
        found.append(PeriodRefused(field="to"))
    if last > today + timedelta(days=policy.horizon_days):
        found.append(DateTooFar(field="to", days=policy.horizon_days))
    if found:
        raise DomainError.of(found)


@use_case
async def cancel_talk_slots(viewer: Viewer, slot_ids: Sequence[UUID]) -> None:
    """Withdraw slots; whoever has booked one is told and asked to book again.

    Raises:
        NotFound: one of them does not exist.
        NumberOutOfRange: too many at once.
    """
    demand_role(viewer, *STAFF)
    if not 1 <= len(slot_ids) <= MOST_SLOTS:
        raise NumberOutOfRange(field="slotIds", low=1, high=MOST_SLOTS)
    booked = TalkBooking.filter(slot_id__in=slot_ids, state=BookingState.BOOKED)
    # In the order in which `book_talk` locks: the people, then the slots, then the bookings.
    people = await booked.values_list("user_id", flat=True)
    await User.filter(id__in=people).order_by("id").select_for_update(no_key=True)
    slots = TalkSlot.filter(id__in=slot_ids)
    if len(await slots.order_by("id").select_for_update(no_key=True)) != len(set(slot_ids)):
        raise NotFound(field="slotIds")
    await slots.filter(cancelled_at__isnull=True).update(cancelled_at=clock.now())
    for booking in await booked.order_by("id"):
        version = await transition(TALK, booking.id, "CANCEL_TALK", viewer)
        person = await User.get(id=booking.user_id)
        await announce(MailKind.TALK_CANCELLED, person.id, version=version, reference=booking.id)
        await touched(person)
