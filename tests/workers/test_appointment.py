"""Jobs about appointments all the way: out of the outbox, and over SMTP where people are told."""

from datetime import UTC, datetime

import pytest

from domain.suspension import SuspensionReason
from models.appointment import Appointment
from models.outbox import Outbox, State
from models.user import User
from portal.mailsink import Sink
from services.appointment_gap import ABSENT_JOB
from services.appointment_plan import agree_plan, plan_appointments
from services.appointment_plan_promise import PLAN_JOB
from services.appointment_reminder import REMIND_JOB
from services.suspension import reinstate_account, suspend_account
from tests.people import Place, viewer_for
from tests.services.contracting import agreed
from tests.services.dating import at, day, fixed
from tests.services.test_appointment_plan import WEEKS, states, weekly
from tests.workers.test_message import sink
from workers.run import register_all
from workers.runner import LocalRunner

__all__ = ["sink"]


async def test_a_reminder_goes_at_its_instant_and_once(
    owner_url: str, place: Place, sink: Sink
) -> None:
    both, contract = await agreed(owner_url, place)
    await fixed(both, contract, at("09:00"))
    others = Outbox.exclude(kind=REMIND_JOB)
    await others.update(state=State.CANCELLED, finished_at=datetime.now(UTC))
    runner = LocalRunner()
    register_all(runner)
    assert await runner.drain() == 0, "it lies ahead"
    await Outbox.filter(kind=REMIND_JOB).update(available_at=datetime.now(UTC))
    assert await runner.drain() == 1 + 2
    assert await runner.drain() == 0
    people = await User.filter(id__in=[both.seeker.id, both.helper.id])
    assert sorted(each.to for each in sink.mails) == sorted([each.email] for each in people)
    assert {each.subject for each in sink.mails} == {"Erinnerung an einen Termin"}


@pytest.mark.usefixtures("sink")
async def test_a_stopped_account_leaves_gaps_and_makes_up_for_its_plans_afterwards(
    owner_url: str, place: Place
) -> None:
    both, contract = await agreed(owner_url, place)
    desk, helper = await viewer_for(place.officer), both.helper.id
    assert helper is not None
    row = await fixed(both, contract, at("15:00"))
    plan = await plan_appointments(both.helper, None, contract.id, weekly(day(9)))
    await agree_plan(both.seeker, None, plan.id, plan.version)
    others = Outbox.exclude(kind__in=[ABSENT_JOB, PLAN_JOB])
    runner = LocalRunner()
    register_all(runner)

    async def left() -> tuple[bool, dict[str, int]]:
        await others.update(state=State.CANCELLED, finished_at=datetime.now(UTC))
        await runner.drain()
        return (await Appointment.get(id=row.id)).gap, await states(plan.id)

    await suspend_account(desk, None, helper, SuspensionReason.REPORTED)
    assert await left() == (True, {})
    await reinstate_account(desk, None, helper)
    assert await left() == (False, {"FIXED": WEEKS - 1})
