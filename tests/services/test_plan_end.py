"""Plans end: ended, replaced by another, or with their contract; everybody is told why."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.appointment import CancelReason
from domain.appointment_plan import PlanEnd
from domain.appointment_state import AppointmentState, PlanState
from domain.contract import ContractEnd
from domain.errors import AppointmentOutsideContract
from models.appointment import Appointment
from models.appointment_plan import AppointmentPlan
from models.database import execute
from models.event import Event
from models.history import Transition
from services.appointment import move_appointment, propose_appointment
from services.appointment_plan import agree_plan, end_plan, plan_appointments
from services.contract_end import end_contract
from tests.people import Place
from tests.services.contracting import agreed, run_out
from tests.services.dating import at, day
from tests.services.test_appointment_plan import carried_out, every_day, planned, weekly
from tests.services.test_commission import mails

S = AppointmentState


async def test_a_plan_ends_with_its_contract(owner_url: str, place: Place) -> None:
    both, plan = await planned(owner_url, place)
    last = day(20)
    await end_contract(both.seeker, None, plan.contract_id, last, ContractEnd.BY_SEEKER)
    with pytest.raises(AppointmentOutsideContract):
        await plan_appointments(
            both.helper, None, plan.contract_id, every_day(first_on=last + timedelta(days=1))
        )
    with pytest.raises(AppointmentOutsideContract):
        await plan_appointments(
            both.helper, None, plan.contract_id, every_day(last_on=last + timedelta(days=1))
        )
    with pytest.raises(AppointmentOutsideContract):
        await propose_appointment(both.helper, None, plan.contract_id, at("09:00", ahead=21))
    row = await Appointment.filter(plan_id=plan.id, state=S.CLIENT_AGREED).first()
    assert row is not None
    with pytest.raises(AppointmentOutsideContract):
        await move_appointment(both.seeker, None, row.id, at("09:00", ahead=21))
    await execute("UPDATE appointment_plans SET planned_until = NULL WHERE id = $1", plan.id)
    assert await carried_out(plan.id) == 0, "nothing is made behind the last day"
    await run_out(plan.contract_id)
    assert await carried_out(plan.id) is None
    ended = await AppointmentPlan.get(id=plan.id)
    assert (ended.state, ended.end_reason) == (PlanState.ENDED, PlanEnd.CONTRACT_ENDED)
    assert await told_of(plan.id) == ["PLAN_APPOINTMENTS SEEKER", "END_PLAN SYSTEM"]


async def told_of(plan: UUID) -> list[str]:
    """What the history says of a plan: what was done, in which role."""
    found = await Transition.filter(machine="PLAN", aggregate=plan).order_by("version")
    return [f"{each.action} {each.role}" for each in found]


async def test_a_counter_plan_says_why_the_other_one_ends(owner_url: str, place: Place) -> None:
    both, plan = await planned(owner_url, place)
    assert both.helper.id in await mails("appointments_planned")
    new = await plan_appointments(both.helper, None, plan.contract_id, weekly(day(11)))
    ended = await AppointmentPlan.get(id=plan.id)
    assert (ended.state, ended.end_reason) == (PlanState.ENDED, PlanEnd.REPLACED)
    reasons = {row.cancel_reason for row in await Appointment.filter(plan_id=plan.id)}
    assert reasons == {CancelReason.PLAN_REPLACED}
    assert await told_of(plan.id) == ["PLAN_APPOINTMENTS SEEKER", "REPLACE_PLAN ASSISTANT"]
    assert await told_of(new.id) == ["PLAN_APPOINTMENTS ASSISTANT"]
    assert await mails("appointments_replaced") == {both.seeker.id}, "in place of the usual one"
    assert both.seeker.id not in await mails("appointments_planned")


async def test_the_other_side_is_told_that_a_plan_was_ended(owner_url: str, place: Place) -> None:
    both, plan = await planned(owner_url, place)
    await agree_plan(both.helper, None, plan.id, plan.version)
    await end_plan(both.seeker, None, plan.id)
    ended = await AppointmentPlan.get(id=plan.id)
    assert (ended.state, ended.end_reason) == (PlanState.ENDED, PlanEnd.NOT_WANTED)
    assert await mails("appointments_ended") == {both.helper.id}
    assert (await told_of(plan.id))[1:] == ["AGREE_PLAN ASSISTANT", "END_PLAN SEEKER"]


async def test_every_step_of_a_plan_reaches_both_sides_live(owner_url: str, place: Place) -> None:
    both, contract = await agreed(owner_url, place)

    async def happened() -> set[tuple[str, UUID]]:
        found = {(each.topic, each.key) for each in await Event.filter(kind="MATCH")}
        await execute("DELETE FROM events")
        return found

    await happened()
    order, lists = ("order", contract.order_id), ("suggested", both.helper.id)
    plan = await plan_appointments(both.seeker, None, contract.id, weekly(day(9)))
    assert await happened() == {order, lists}
    await agree_plan(both.helper, None, plan.id, plan.version)
    assert await happened() == {order, lists}
    await end_plan(both.helper, None, plan.id)
    assert await happened() == {order, lists}
