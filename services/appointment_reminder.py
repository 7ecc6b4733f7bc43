"""Reminding of appointments: promised when one is fixed, void once it is at another time."""

from datetime import datetime
from uuid import UUID

from domain.appointment_state import AppointmentState
from domain.policy import Policy
from domain.talk import reminder_version, reminders
from models.appointment import Appointment
from models.outbox import enqueue
from notifications.message import MailKind, announce
from services import clock

REMIND_JOB = "appointment.remind"


async def promise_reminders(row: Appointment, policy: Policy) -> None:
    """Promise to remind of a fixed appointment, in the caller's transaction.

    Promises name the time and not the version: a gap that opens and closes changes only the
    version, and who moves a date away and back is reminded once.
    """
    minute = _minute(row.starts_at)
    for number, (_hours, due) in enumerate(
        reminders(row.starts_at, policy.reminder_hours, clock.now())
    ):
        await enqueue(
            REMIND_JOB,
            row.id,
            payload={"minute": minute, "number": number},
            dedupe_key=f"{REMIND_JOB}:{row.id}:{minute}:{number}",
            available_at=due,
        )


async def remind(appointment_id: UUID, minute: int, number: int) -> bool:
    """Remind the client and whoever comes, in the caller's transaction.

    False: it is at another time by now, cancelled, over, or whoever was to come cannot.
    """
    row = await Appointment.filter(id=appointment_id).select_for_update(no_key=True).first()
    if row is None or not still_ahead(row, minute):
        return False
    version = reminder_version(minute, number)
    for receiver in sorted((row.seeker_id, row.assistant_id)):
        await announce(
            MailKind.APPOINTMENT_REMINDER, receiver, version=version, reference=appointment_id
        )
    return True


def still_ahead(row: Appointment, minute: int) -> bool:
    """Whether it is fixed to this very minute, which lies ahead, and somebody comes."""
    fixed = row.state is AppointmentState.FIXED and not row.gap
    return fixed and _minute(row.starts_at) == minute and row.starts_at > clock.now()


def _minute(moment: datetime) -> int:
    """Minutes since 1970: a version of a message, which counts per date."""
    return int(moment.timestamp()) // 60
