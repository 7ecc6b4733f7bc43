"""Monthly statements: what was worked in a month of a contract, and who is reminded of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.appointment import minutes_of
from domain.appointment_state import AppointmentState
from domain.errors import NotFound
from domain.meeting import Span
from domain.permissions import demand_signed_in
from domain.statement import (
    Line,
    LinePart,
    Statement,
    cents_of,
    instants_of,
    last_month,
    month_of,
    with_rest,
)
from domain.viewer import Viewer
from models.appointment import Appointment
from models.contract import Contract
from models.funding import ContractFunding, FundingCharge
from models.message import Message
from models.user import User
from notifications.language import Language
from notifications.message import MailKind, announce
from services import clock

REMINDED_ON = 3  # the day of the month
_DONE = (AppointmentState.WORKED, AppointmentState.CONFIRMED)


async def monthly_statement(viewer: Viewer, contract_id: UUID, month: str) -> Statement:
    """What was worked in a month of a contract that the viewer sees.

    Raises:
        SignInRequired, NotFound: not a contract of the viewer's.
        MonthRefused: not a month, or one that has not begun.
    """
    demand_signed_in(viewer)
    contract = await Contract.visible_to(viewer).get_or_none(id=contract_id)
    if contract is None:
        raise NotFound(field="contractId")
    first = month_of(month, clock.today())
    begins, ends = instants_of(first)
    rows = Appointment.filter(contract_id=contract_id, state__in=_DONE)
    found = await rows.filter(worked_from__gte=begins, worked_from__lt=ends).order_by(
        "worked_from", "id"
    )
    names = {
        user.id: user.first_name
        for user in await User.filter(id__in=[row.assistant_id for row in found])
    }
    parts = await _parts(contract_id, [row.id for row in found])
    lines = [
        _line(row, names[row.assistant_id], contract.hourly_cents)
        for row in found
        if row.worked_from and row.worked_until
    ]
    return Statement(
        contract_id=contract_id,
        month=first,
        lines=[_with_parts(line, parts) for line in lines] if parts is not None else lines,
        hourly_cents=contract.hourly_cents,
        payer=contract.payer,
    )


_Parts = Mapping[UUID, Sequence[LinePart]]


async def _parts(contract_id: UUID, appointments: Sequence[UUID]) -> _Parts | None:
    """What sources pay of each appointment; None where the client has chosen none.

    Not narrowed to the viewer: whoever writes the bill has to say which law an amount is paid by.
    """
    if not await ContractFunding.filter(contract_id=contract_id).exists():
        return None
    found: dict[UUID, list[LinePart]] = {}
    rows = FundingCharge.filter(appointment_id__in=list(appointments))
    for row in await rows.order_by("appointment_id", "first_minute"):
        part = LinePart(row.minutes, row.cents, row.payer, row.paragraph)
        found.setdefault(row.appointment_id, []).append(part)
    return found


def _with_parts(line: Line, parts: _Parts) -> Line:
    if not line.confirmed:
        return line
    own = parts.get(line.appointment_id, ())
    return replace(line, parts=with_rest(own, line.minutes, line.cents))


def _line(row: Appointment, comer: str, hourly_cents: int) -> Line:
    begins, ends = row.worked_from or row.starts_at, row.worked_until or row.ends_at
    minutes = minutes_of(Span(begins, ends))
    return Line(
        appointment_id=row.id,
        begins=begins,
        ends=ends,
        minutes=minutes,
        cents=cents_of(minutes, hourly_cents),
        confirmed=row.state is AppointmentState.CONFIRMED,
        comer=comer,
    )


async def remind_of_unconfirmed() -> int:
    """Remind clients of last month's hours that wait for their yes, in the caller's transaction.

    From the third day of the month on, once per contract and month; how many were reminded.
    """
    today = clock.today()
    if today.day < REMINDED_ON:
        return 0
    month = last_month(today)
    begins, ends = instants_of(month)
    waiting = Appointment.filter(
        state=AppointmentState.WORKED, worked_from__gte=begins, worked_from__lt=ends
    )
    pairs = sorted({(row.contract_id, row.seeker_id) for row in await waiting})
    told = [
        await announce(
            MailKind.MONTH_UNCONFIRMED, seeker, version=_number(month), reference=contract
        )
        for contract, seeker in pairs
    ]
    return sum(each is not None for each in told)


def _number(month: date) -> int:
    return month.year * 12 + month.month


async def values_of(message: Message, _language: Language) -> dict[str, str] | None:
    """No values; None when all has been confirmed meanwhile."""
    year, month = divmod(message.version - 1, 12)
    begins, ends = instants_of(date(year, month + 1, 1))
    waiting = Appointment.filter(contract_id=message.reference, state=AppointmentState.WORKED)
    return {} if await waiting.filter(worked_from__gte=begins, worked_from__lt=ends) else None
