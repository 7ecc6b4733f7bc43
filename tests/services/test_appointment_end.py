"""How appointments end: cancelled with a reason, recorded, confirmed, and with their contract."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.appointment import CancelReason
from domain.appointment_state import AppointmentState
from domain.contract import ContractEnd
from domain.errors import (
    AppointmentNotBegun,
    AppointmentTooLong,
    DateInFuture,
    HoursElsewhere,
    ReasonForeign,
    RoleNotAllowed,
    SpanRefused,
    Stale,
    StateRefused,
)
from domain.meeting import Span
from models.appointment import Appointment
from models.busy import Busy
from models.user import User
from services import clock
from services.appointment import agree_appointment, propose_appointment
from services.appointment_end import (
    cancel_appointment,
    confirm_appointment,
    record_appointment,
)
from services.contract_end import end_contract
from services.session import viewer_acting
from tests.people import Place
from tests.services.contracting import agreed, run_out
from tests.services.dating import at, begun, day, fixed
from tests.services.delegating import acting
from tests.services.test_commission import mails
from tests.staging import everything

S = AppointmentState


def worked(minutes: int = 60, ago: int = 120) -> Span:
    begins = clock.now() - timedelta(minutes=ago)
    return Span(begins, begins + timedelta(minutes=minutes))


async def state_of(row: UUID) -> AppointmentState:
    return (await Appointment.get(id=row)).state


async def test_hours_are_recorded_corrected_and_confirmed_as_they_were_read(
    owner_url: str, place: Place
) -> None:
    both, row = await begun(owner_url, place)
    with pytest.raises(RoleNotAllowed):
        await record_appointment(both.seeker, None, row, worked())
    first = await record_appointment(both.helper, None, row, worked(60))
    assert first.state is S.WORKED
    second = await record_appointment(both.helper, None, row, worked(75), first.version)
    with pytest.raises(Stale):
        await confirm_appointment(both.seeker, None, row, first.version)
    with pytest.raises(RoleNotAllowed):
        await confirm_appointment(both.helper, None, row, second.version)
    done = await confirm_appointment(both.seeker, None, row, second.version)
    assert done.state is S.CONFIRMED
    assert done.worked_from is not None
    assert done.worked_until is not None
    assert done.worked_until - done.worked_from == timedelta(minutes=75)
    with pytest.raises(StateRefused):
        await record_appointment(both.helper, None, row, worked())
    with pytest.raises(StateRefused):
        await cancel_appointment(both.helper, None, row, CancelReason.OTHER)


async def test_somebody_who_acts_for_the_client_confirms(owner_url: str, place: Place) -> None:
    both, row = await begun(owner_url, place, "WORKED")
    seeker = await User.get(id=both.seeker.id)
    _relative, delegation, secret = await acting(place, seeker)
    viewer = await viewer_acting(secret, delegation.id, clock.now())
    done = await confirm_appointment(viewer, None, row, 1)
    assert done.state is S.CONFIRMED


async def test_hours_that_cannot_be_are_refused(owner_url: str, place: Place) -> None:
    both, row = await begun(owner_url, place)
    before = await everything()
    for span, refusal in (
        (worked(0), SpanRefused),
        (worked(25 * 60, ago=26 * 60), AppointmentTooLong),
        (worked(ago=60 * 24 * 3), HoursElsewhere),
        (worked(ago=60 * 10), HoursElsewhere),
        (worked(minutes=180), DateInFuture),
    ):
        with pytest.raises(refusal):
            await record_appointment(both.helper, None, row, span)
    assert await everything() == before


async def test_nobody_records_what_lies_ahead(owner_url: str, place: Place) -> None:
    both, contract = await agreed(owner_url, place)
    row = await fixed(both, contract, at("09:00"))
    with pytest.raises(AppointmentNotBegun):
        await record_appointment(both.helper, None, row.id, worked())


async def test_recorded_hours_are_taken_back_by_who_recorded_them(
    owner_url: str, place: Place
) -> None:
    both, row = await begun(owner_url, place, "WORKED")
    with pytest.raises(StateRefused):
        await cancel_appointment(both.seeker, None, row, CancelReason.OTHER)
    await cancel_appointment(both.helper, None, row, CancelReason.OTHER)
    assert await state_of(row) is S.CANCELLED
    assert not await Busy.filter(source=row, cancelled_at=None).exists()


async def test_a_reason_of_the_portal_s_is_nobody_else_s(owner_url: str, place: Place) -> None:
    both, contract = await agreed(owner_url, place)
    row = await fixed(both, contract, at("09:00"))
    with pytest.raises(ReasonForeign):
        await cancel_appointment(both.seeker, None, row.id, CancelReason.CONTRACT_ENDED)
    await cancel_appointment(both.seeker, None, row.id, CancelReason.CLIENT_ILL)
    assert await mails("appointment_cancelled") == {both.helper.id}
    with pytest.raises(StateRefused):
        await cancel_appointment(both.seeker, None, row.id, CancelReason.CLIENT_ILL)


async def test_after_the_end_of_the_contract_none_stands(owner_url: str, place: Place) -> None:
    both, contract = await agreed(owner_url, place)
    before = await fixed(both, contract, at("09:00", ahead=10))
    behind = await fixed(both, contract, at("09:00", ahead=13))
    last = day(12)
    await end_contract(both.helper, None, contract.id, last, ContractEnd.BY_ACCEPTOR)
    assert await state_of(before.id) is S.FIXED
    gone = await Appointment.get(id=behind.id)
    assert (gone.state, gone.cancel_reason) == (S.CANCELLED, CancelReason.CONTRACT_ENDED)
    assert not await Busy.filter(source=behind.id, cancelled_at=None).exists()
    assert await mails("appointment_cancelled") == {both.seeker.id, both.helper.id}


async def test_what_was_never_fixed_goes_when_the_last_day_of_the_contract_is_over(
    owner_url: str, place: Place
) -> None:
    both, contract = await agreed(owner_url, place)
    open_one = await propose_appointment(both.helper, None, contract.id, at("09:00"))
    sure = await fixed(both, contract, at("13:00"))
    await end_contract(both.seeker, None, contract.id, day(), ContractEnd.BY_SEEKER)
    assert (await state_of(open_one.id), await state_of(sure.id)) == (S.PROPOSED, S.FIXED)
    await run_out(contract.id)
    assert (await state_of(open_one.id), await state_of(sure.id)) == (S.CANCELLED, S.FIXED)
    with pytest.raises(StateRefused):
        await agree_appointment(both.seeker, None, open_one.id, open_one.version + 1)
    with pytest.raises(StateRefused):
        await propose_appointment(both.seeker, None, contract.id, at("09:00"))
