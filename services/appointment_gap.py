"""Gaps: fixed appointments to which the assistant cannot come, in the caller's transaction."""

from domain.appointment import Part
from models.appointment import Appointment
from notifications.message import MailKind
from services.appointment_news import changed, tell

GAPS_JOB = "appointment.gaps"
ABSENT_JOB = "appointment.absent"


def may_ask(part: Part, *, by_provider: bool) -> bool:
    """Whose task it is to fill a gap: the provider's where it is the party, else the client's."""
    return part is (Part.ACCEPTOR if by_provider else Part.SEEKER)


async def open_gap(row: Appointment) -> None:
    """Let whoever fills the gap of a locked appointment know of it."""
    await changed(row, gap=True)
    row = await Appointment.get(id=row.id)
    await tell(MailKind.GAP_OPENED, row, parts=(Part.ACCEPTOR if row.provider_id else Part.SEEKER,))
