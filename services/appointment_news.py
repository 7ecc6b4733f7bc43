"""Who is told what about appointments, in the caller's transaction; and whose lists change."""

from collections.abc import Sequence
from uuid import UUID

from domain.appointment import Part
from domain.appointment_state import AppointmentState
from domain.dates import BERLIN
from domain.talk import reminded_version
from domain.viewer import Viewer
from models.appointment import Appointment
from models.contract import Contract
from models.event import Change, append_all
from models.message import Message
from notifications.language import Language
from notifications.message import MailKind, announce
from notifications.moment import span_in_words
from services.appointment_reminder import still_ahead
from services.coordinator_mail import tell_coordinators

TOPIC, KIND = "appointments", "APPOINTMENT"
_PROPOSALS = (MailKind.APPOINTMENT_PROPOSED, MailKind.APPOINTMENT_MOVED)
_STAND_INS = (
    MailKind.STAND_IN_ASKED,
    MailKind.STAND_IN_FOUND,
    MailKind.STAND_IN_DECISION,
)
MAILS = (
    *_PROPOSALS,
    MailKind.APPOINTMENT_FIXED,
    MailKind.APPOINTMENT_CANCELLED,
    MailKind.APPOINTMENT_REMINDER,
    *_STAND_INS,
    MailKind.GAP_OPENED,
)


async def tell(
    kind: MailKind, row: Appointment, *, but: Viewer | None = None, parts: Sequence[Part] = ()
) -> None:
    """Promise mails to everybody in these parts, or in all; not to whoever did it in person."""
    wanted = parts or tuple(Part)
    doer = but.id if but and not but.acting else None
    people: set[UUID] = set()
    if Part.SEEKER in wanted:
        people.add(row.seeker_id)
    comes_only = row.provider_id is not None or row.stands_in_for_id is not None
    if (Part.COMER if comes_only else Part.ACCEPTOR) in wanted:
        people.add(row.assistant_id)
    for receiver in sorted(people - {doer}):
        await announce(kind, receiver, version=row.version, reference=row.id)
    by_provider = but is not None and but.speaks_for == row.provider_id
    if row.provider_id is not None and Part.ACCEPTOR in wanted and not by_provider:
        await tell_coordinators(kind, row.provider_id, row.id)


async def changed(row: Appointment, **values: object) -> None:
    """Write what has changed of a locked appointment without a step, and tell of it."""
    await Appointment.filter(id=row.id).update(version=row.version + 1, **values)
    await tell_lists(await Appointment.get(id=row.id))


async def tell_lists(row: Appointment) -> None:
    """Let everybody's lists show it anew."""
    order_id = (await Contract.get(id=row.contract_id)).order_id
    people = (row.seeker_id, row.assistant_id, row.provider_id)
    keys = sorted((key for key in people if key is not None), key=str)
    await append_all(
        [
            Change("order", order_id, row.id, row.version, KIND),
            *(Change(TOPIC, key, row.id, row.version, KIND) for key in keys),
        ]
    )


async def values_of(message: Message, language: Language) -> dict[str, str] | None:
    """When it is; None when the message is void."""
    row = await Appointment.get_or_none(id=message.reference)
    if row is None or not _still_true(message, row):
        return None
    begins, ends = (each.astimezone(BERLIN) for each in (row.starts_at, row.ends_at))
    return {"moment": span_in_words(begins, ends, language)}


def _still_true(message: Message, row: Appointment) -> bool:
    """A proposal is nothing new once it is decided, a fixed date none once it is another."""
    if message.kind == MailKind.APPOINTMENT_CANCELLED:
        return True
    if message.kind == MailKind.APPOINTMENT_REMINDER:
        return still_ahead(row, reminded_version(message.version))
    if message.kind == MailKind.GAP_OPENED:
        return row.gap
    if message.kind in _STAND_INS:
        asked = message.kind == MailKind.STAND_IN_ASKED
        return row.state is AppointmentState.PROPOSED and (row.agreed_at is None) is asked
    if message.kind in _PROPOSALS:
        return row.state in {AppointmentState.PROPOSED, AppointmentState.CLIENT_AGREED}
    return row.state is AppointmentState.FIXED
