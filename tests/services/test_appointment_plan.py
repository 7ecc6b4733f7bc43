"""Plans: proposed, agreed to, carried out by a worker, and seen to by a watchdog."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.appointment import CancelReason
from domain.appointment_plan import Holidays, Rule, Slot
from domain.appointment_state import AppointmentState
from domain.errors import (
    NotFound,
    PlanEmpty,
    PlanEnded,
    PlanRefused,
    RoleNotAllowed,
    Stale,
    StateRefused,
    TimeTaken,
)
from domain.order import Interval
from domain.suspension import SuspensionReason
from models.appointment import Appointment
from models.appointment_plan import AppointmentPlan
from models.busy import Busy
from models.database import execute, transaction
from models.outbox import Outbox
from services import clock
from services.appointment import agree_appointment, move_appointment
from services.appointment_end import cancel_appointment
from services.appointment_plan import agree_plan, carry_out, end_plan, plan_appointments
from services.appointment_plan_promise import (
    PLAN_JOB,
    forgotten_plans,
    promise_again,
    promise_plans,
)
from services.busy import report_absence
from services.suspension import reinstate_account, suspend_account
from tests.conftest import Statements
from tests.people import Place, make_assistant, viewer_for
from tests.services.contracting import Met, agreed
from tests.services.dating import at, day, served
from tests.services.test_commission import mails
from tests.staging import everything

S = AppointmentState
WEEKS = 8


def every_day(**more: Any) -> Rule:
    rule = Rule(Interval.DAY, (Slot(None, "09:00"),), 60, clock.today(), holidays=Holidays.KEEP)
    return replace(rule, **more)


def weekly(weekday: date) -> Rule:
    slots = (Slot(weekday.isoweekday(), "09:00"),)
    return every_day(interval=Interval.WEEK, slots=slots)


async def carried_out(plan: UUID) -> int | None:
    async with transaction():
        return await carry_out(plan)


async def states(plan: UUID) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in await Appointment.filter(plan_id=plan):
        found[row.state.value] = found.get(row.state.value, 0) + 1
    return found


async def planned(owner_url: str, place: Place) -> tuple[Met, AppointmentPlan]:
    """A weekly plan of the client's, from the first day of the contract."""
    both, contract = await agreed(owner_url, place)
    plan = await plan_appointments(both.seeker, None, contract.id, weekly(day(9)))
    await carried_out(plan.id)
    return both, plan


async def test_the_dates_of_eight_weeks_are_made_once(owner_url: str, place: Place) -> None:
    both, plan = await planned(owner_url, place)
    assert await mails("appointments_planned") == {both.helper.id}
    made = await Appointment.filter(plan_id=plan.id).count()
    assert made == WEEKS - 1, "the contract begins in a week"
    assert await states(plan.id) == {"CLIENT_AGREED": made}
    assert await carried_out(plan.id) == 0
    first = await Appointment.filter(plan_id=plan.id).order_by("starts_at").first()
    assert first is not None
    await cancel_appointment(both.helper, None, first.id, CancelReason.NO_TIME)
    assert await carried_out(plan.id) == 0, "what was cancelled does not come back"
    await execute("UPDATE appointment_plans SET planned_until = NULL WHERE id = $1", plan.id)
    assert await carried_out(plan.id) == 0


async def test_a_yes_to_the_plan_is_one_to_its_dates_but_not_to_moved_ones(
    owner_url: str, place: Place
) -> None:
    both, plan = await planned(owner_url, place)
    rows = await Appointment.filter(plan_id=plan.id).order_by("starts_at")
    moved = await move_appointment(both.seeker, None, rows[0].id, at("17:00", ahead=9))
    away = rows[1]
    await report_absence(both.helper, None, away.starts_at, away.ends_at)
    with pytest.raises(RoleNotAllowed):
        await agree_plan(both.seeker, None, plan.id, plan.version)
    with pytest.raises(Stale):
        await agree_plan(both.helper, None, plan.id, plan.version + 1)
    done = await agree_plan(both.helper, None, plan.id, plan.version)
    assert done.agreed_at is not None
    assert await states(plan.id) == {"CLIENT_AGREED": 2, "FIXED": len(rows) - 2}
    assert (await Appointment.get(id=moved.id)).state is S.CLIENT_AGREED
    with pytest.raises(TimeTaken):
        await agree_appointment(both.helper, None, away.id, away.version)
    assert await Busy.filter(kind="APPOINTMENT", cancelled_at=None).count() == len(rows) - 2
    assert await mails("appointments_agreed") == {both.seeker.id}
    assert await mails("appointment_fixed") == set(), "a plan is one piece of news"
    with pytest.raises(StateRefused):
        await agree_plan(both.helper, None, plan.id, done.version)


async def test_the_client_s_yes_to_the_assistant_s_plan_fixes_what_comes_later_too(
    owner_url: str, place: Place
) -> None:
    both, contract = await agreed(owner_url, place)
    plan = await plan_appointments(both.helper, None, contract.id, weekly(day(9)))
    await carried_out(plan.id)
    assert set(await states(plan.id)) == {"PROPOSED"}
    await agree_plan(both.seeker, None, plan.id, plan.version)
    assert set(await states(plan.id)) == {"FIXED"}
    last = await Appointment.filter(plan_id=plan.id).order_by("-starts_at").first()
    assert last is not None
    await execute("DELETE FROM busy WHERE source = $1", last.id)
    await execute("DELETE FROM appointments WHERE id = $1", last.id)
    assert await carried_out(plan.id) == 1
    assert set(await states(plan.id)) == {"FIXED"}


async def test_a_date_without_time_waits_for_the_other_side(owner_url: str, place: Place) -> None:
    both, contract = await agreed(owner_url, place)
    plan = await plan_appointments(both.helper, None, contract.id, weekly(day(9)))
    await agree_plan(both.seeker, None, plan.id, plan.version)
    away = at("08:00", hours=24 * 70, ahead=8)
    await report_absence(both.helper, None, away.begins, away.ends)
    await carried_out(plan.id)
    assert set(await states(plan.id)) == {"CLIENT_AGREED"}
    assert both.helper.id in await mails("appointment_proposed")


async def test_nobody_plans_with_somebody_who_is_suspended_and_it_goes_on_afterwards(
    owner_url: str, place: Place
) -> None:
    both, contract = await agreed(owner_url, place)
    desk, helper = await viewer_for(place.officer), both.helper.id
    assert helper is not None
    plan = await plan_appointments(both.helper, None, contract.id, weekly(day(9)))
    await agree_plan(both.seeker, None, plan.id, plan.version)
    await suspend_account(desk, None, helper, SuspensionReason.REPORTED)
    assert await carried_out(plan.id) == 0
    assert await states(plan.id) == {}
    assert helper not in await mails("appointment_proposed")
    await execute(
        "UPDATE appointment_plans SET created_at = now() - interval '2 hours' WHERE id = $1",
        plan.id,
    )
    async with transaction():
        assert await promise_plans() == await forgotten_plans() == await promise_again(helper) == 0
    await reinstate_account(desk, None, helper)
    async with transaction():
        assert await promise_again(helper) == 1
    assert await Outbox.filter(kind=PLAN_JOB, aggregate=plan.id).count() == 2
    await carried_out(plan.id)
    assert await states(plan.id) == {"FIXED": WEEKS - 1}


async def test_a_night_reads_the_dates_ahead_and_not_all_that_ever_were(
    owner_url: str, place: Place, statements: Statements
) -> None:
    _both, plan = await planned(owner_url, place)
    statements.clear()
    assert await carried_out(plan.id) == 0
    (read,) = [text for text in statements.texts if "occurrence" in text and "SELECT" in text]
    assert '"occurrence" IN' in read


async def test_a_new_plan_takes_the_place_of_the_old_one(owner_url: str, place: Place) -> None:
    both, plan = await planned(owner_url, place)
    row = await Appointment.filter(plan_id=plan.id).order_by("starts_at").first()
    assert row is not None
    sure = await agree_appointment(both.helper, None, row.id, row.version)
    new = await plan_appointments(both.helper, None, plan.contract_id, weekly(day(11)))
    assert (await AppointmentPlan.get(id=plan.id)).ended_at is not None
    assert set(await states(plan.id)) == {"FIXED", "CANCELLED"}
    assert (await Appointment.get(id=sure.id)).state is S.FIXED, "what was fixed stays"
    assert await carried_out(plan.id) is None
    await carried_out(new.id)
    assert set(await states(new.id)) == {"PROPOSED"}
    await end_plan(both.seeker, None, new.id)
    with pytest.raises(PlanEnded):
        await agree_plan(both.seeker, None, new.id, (await AppointmentPlan.get(id=new.id)).version)
    assert set(await states(new.id)) == {"CANCELLED"}
    with pytest.raises(StateRefused):
        await end_plan(both.seeker, None, new.id)


async def test_only_the_sides_plan(owner_url: str, place: Place) -> None:
    house = await served(owner_url, place)
    stranger = await viewer_for(await make_assistant(place))
    before = await everything()
    with pytest.raises(RoleNotAllowed):
        await plan_appointments(house.helper, None, house.contract, every_day())
    with pytest.raises(NotFound):
        await plan_appointments(stranger, None, house.contract, every_day())
    with pytest.raises(PlanEmpty):
        await plan_appointments(house.seeker, None, house.contract, every_day(slots=()))
    with pytest.raises(PlanRefused):
        await plan_appointments(
            house.seeker, None, house.contract, every_day(slots=(Slot(1, "09:00"),))
        )
    assert await everything() == before
    plan = await plan_appointments(house.coordinator, None, house.contract, every_day())
    with pytest.raises(NotFound):
        await agree_plan(stranger, None, plan.id, plan.version)
    with pytest.raises(RoleNotAllowed):
        await agree_plan(house.helper, None, plan.id, plan.version)


async def test_each_day_promises_each_plan_once(owner_url: str, place: Place) -> None:
    _both, plan = await planned(owner_url, place)
    jobs = Outbox.filter(kind=PLAN_JOB, aggregate=plan.id)
    before = await jobs.count()
    async with transaction():
        assert await promise_plans() == 0, "it is there as far as it has to be"
    yesterday = clock.today() + timedelta(weeks=WEEKS, days=-1)
    await execute(
        "UPDATE appointment_plans SET planned_until = $2 WHERE id = $1", plan.id, yesterday
    )
    for _ in range(2):
        async with transaction():
            assert await promise_plans() == 1
    assert await jobs.count() == before + 1


async def test_the_watchdog_finds_plans_that_nobody_has_carried_out(
    owner_url: str, place: Place
) -> None:
    both, contract = await agreed(owner_url, place)
    plan = await plan_appointments(both.seeker, None, contract.id, every_day())
    async with transaction():
        assert await forgotten_plans() == 0, "a new one has its first hour"
    await execute(
        "UPDATE appointment_plans SET created_at = now() - interval '2 hours' WHERE id = $1",
        plan.id,
    )
    for _ in range(2):
        async with transaction():
            assert await forgotten_plans() == 1
    assert await Outbox.filter(kind=PLAN_JOB, aggregate=plan.id).count() == 2
    await carried_out(plan.id)
    async with transaction():
        assert await forgotten_plans() == 0
