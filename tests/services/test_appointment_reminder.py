"""A day before an appointment its two people are reminded: once, and of the last time only."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.appointment import CancelReason
from domain.dates import BERLIN
from domain.meeting import Span
from domain.notification import Quiet
from models.appointment import Appointment
from models.contract import Contract
from models.database import transaction
from models.message import Message
from models.outbox import Outbox
from notifications.language import Language
from services import clock
from services.appointment import agree_appointment, move_appointment
from services.appointment_end import cancel_appointment
from services.appointment_gap import open_gap
from services.appointment_news import values_of
from services.appointment_reminder import REMIND_JOB
from services.notification_setting import Wanted, set_notification_preferences
from services.ringing import held_until
from tests.people import Place
from tests.services.contracting import Met, agreed
from tests.services.dating import at, fixed
from workers.appointment import remind_of_appointment
from workers.job import Cancelled, Done, Job

DAY = timedelta(hours=24)
NIGHT = datetime(2026, 1, 5, 23, tzinfo=UTC)


async def promised() -> list[datetime]:
    rows = await Outbox.filter(kind=REMIND_JOB).order_by("available_at")
    return [row.available_at for row in rows]


async def work_off() -> list[type]:
    """Run every promised reminder."""
    ends = []
    for row in await Outbox.filter(kind=REMIND_JOB).order_by("available_at"):
        async with transaction():
            job = Job(row.id, row.kind, row.aggregate, row.payload, 1)
            ends.append(type(await remind_of_appointment(job)))
    return ends


async def reminded() -> list[UUID]:
    told = Message.filter(kind="appointment_reminder").order_by("receiver_id")
    return [each.receiver_id for each in await told]


def both_ids(both: Met) -> list[UUID]:
    return sorted(each.id for each in (both.seeker, both.helper) if each.id is not None)


async def moved(both: Met, row: Appointment, span: Span) -> Appointment:
    row = await move_appointment(both.helper, None, row.id, span)
    return await agree_appointment(both.seeker, None, row.id, row.version)


async def test_only_the_last_time_is_reminded_of_and_once(owner_url: str, place: Place) -> None:
    both, contract = await agreed(owner_url, place)
    row = await moved(both, await fixed(both, contract, at("09:00")), at("11:00", ahead=12))
    assert await promised() == [at("09:00").begins - DAY, at("11:00", ahead=12).begins - DAY]
    assert await work_off() == [Cancelled, Done]
    assert await work_off() == [Cancelled, Done]
    assert await reminded() == both_ids(both)
    waiting = await Message.filter(kind="appointment_reminder").first()
    assert waiting is not None
    assert await values_of(waiting, Language.DE) is not None
    reached = both.seeker if waiting.receiver_id == both.seeker.id else both.helper
    quiet = Wanted((), sets_quiet=True, quiet=Quiet("22:00", "07:00"))
    await set_notification_preferences(reached, None, quiet)
    assert await held_until(waiting, NIGHT) is None, "quiet hours hold no reminder"
    await moved(both, row, at("13:00", ahead=12))
    assert await values_of(waiting, Language.DE) is None, "what waits is void"


async def test_there_and_back_is_reminded_of_once(owner_url: str, place: Place) -> None:
    both, contract = await agreed(owner_url, place)
    row = await moved(both, await fixed(both, contract, at("09:00")), at("11:00"))
    await moved(both, row, at("09:00"))
    assert await work_off() == [Done, Cancelled]
    assert await reminded() == both_ids(both)


@pytest.mark.parametrize("gap", [True, False])
async def test_nobody_is_reminded_of_what_does_not_take_place(
    owner_url: str, place: Place, *, gap: bool
) -> None:
    both, contract = await agreed(owner_url, place)
    row = await fixed(both, contract, at("09:00"))
    if gap:
        async with transaction():
            await open_gap(row)
    else:
        await cancel_appointment(both.seeker, None, row.id, CancelReason.NO_TIME)
    assert await work_off() == [Cancelled]
    assert await reminded() == []


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (datetime(2027, 3, 29, 10, tzinfo=BERLIN), datetime(2027, 3, 28, 8, tzinfo=UTC)),
        (datetime(2027, 11, 1, 10, tzinfo=BERLIN), datetime(2027, 10, 31, 9, tzinfo=UTC)),
    ],
)
async def test_around_changed_clocks_it_is_a_day_ahead(
    owner_url: str, place: Place, start: datetime, due: datetime
) -> None:
    both, contract = await agreed(owner_url, place)
    await Contract.filter(id=contract.id).update(starts_on=datetime(2027, 1, 1, tzinfo=UTC).date())
    clock.use(lambda: start.astimezone(UTC) - timedelta(days=5))
    try:
        await fixed(both, contract, Span(start, start + timedelta(hours=1)))
    finally:
        clock.use(None)
    assert await promised() == [due]
