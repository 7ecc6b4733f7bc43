"""What the database demands of appointments, with the services bypassed."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from tortoise.exceptions import IntegrityError

from domain.appointment import WORKED_NEAR, record_problems
from domain.ids import uuid7
from domain.meeting import Span
from models.appointment import Appointment
from models.database import execute, transaction
from tests.appointment_rows import put_appointment
from tests.models.test_walls_states import constraint
from tests.people import Place, make_assistant, make_seeker
from tests.services.dating import contract_of
from tests.staging import guards_asleep

FIX = "UPDATE appointments SET state = 'FIXED' WHERE id = $1"


async def stage(
    owner_url: str, place: Place, state: str, *, days: int = 0
) -> tuple[UUID, UUID, UUID]:
    """Contract, appointment, assistant."""
    seeker, helper = (await make_seeker(place)).id, (await make_assistant(place)).id
    contract = await contract_of(owner_url, place, seeker, helper)
    begins = datetime.now(UTC) + timedelta(days=days, hours=-2)
    async with guards_asleep(owner_url) as connection:
        row = await put_appointment(connection, contract, state, starts_at=begins)
    return contract, row, helper


async def test_nothing_is_fixed_without_both_yeses(owner_url: str, place: Place) -> None:
    _contract, row, _helper = await stage(owner_url, place, "CLIENT_AGREED")
    await execute("UPDATE appointments SET agreed_at = NULL WHERE id = $1", row)
    assert await constraint(FIX, row) == "appointments_agreed_by_both"
    await execute("UPDATE appointments SET agreed_at = now(), known_at = NULL WHERE id = $1", row)
    assert await constraint(FIX, row) == "appointments_agreed_by_both"


async def test_what_waits_for_the_client_was_proposed_by_the_others(
    owner_url: str, place: Place
) -> None:
    _contract, row, _helper = await stage(owner_url, place, "PROPOSED")
    sql = "UPDATE appointments SET proposed_by = 'SEEKER' WHERE id = $1"
    assert await constraint(sql, row) == "appointments_proposed_by_whom"


@pytest.mark.parametrize("state", ["FIXED", "WORKED", "CONFIRMED"])
async def test_time_and_person_do_not_change_under_a_yes(
    owner_url: str, place: Place, state: str
) -> None:
    _contract, row, _helper = await stage(owner_url, place, state)
    other = (await make_assistant(place)).id
    move = "UPDATE appointments SET ends_at = ends_at + interval '1 hour' WHERE id = $1"
    assert await constraint(move, row) == "appointment_change_needs_consent"
    sql = "UPDATE appointments SET assistant_id = $2 WHERE id = $1"
    assert await constraint(sql, row, other) == "appointment_change_needs_consent"


async def test_fixing_takes_the_time_of_whoever_comes(owner_url: str, place: Place) -> None:
    _contract, row, _helper = await stage(owner_url, place, "CLIENT_AGREED")
    await execute("UPDATE busy SET cancelled_at = now() WHERE source = $1", row)
    assert await constraint(FIX, row) == "appointment_takes_time"


async def test_nobody_is_in_two_places(owner_url: str, place: Place) -> None:
    _contract, row, helper = await stage(owner_url, place, "FIXED")
    sql = (
        "INSERT INTO busy (id, assistant_id, kind, begins_at, ends_at, source, created_at) "
        "SELECT $3, $2, 'MEETING', begins_at + interval '30 minutes', ends_at, $3, now() "
        "FROM busy WHERE source = $1"
    )
    assert await constraint(sql, row, helper, uuid7()) == "busy_no_double_booking"


async def test_only_a_contract_that_holds_on_that_day_has_fixed_dates(
    owner_url: str, place: Place
) -> None:
    contract, row, _helper = await stage(owner_url, place, "CLIENT_AGREED", days=9)
    async with guards_asleep(owner_url) as connection:
        await connection.execute(
            "UPDATE contracts SET ends_on = current_date + 5 WHERE id = $1", contract
        )
    assert await constraint(FIX, row) == "appointment_within_contract"


@pytest.mark.parametrize("state", ["PROPOSED", "CLIENT_AGREED", "FIXED"])
async def test_none_stands_behind_the_last_day(owner_url: str, place: Place, state: str) -> None:
    contract, row, _helper = await stage(owner_url, place, state, days=9)
    ends = "UPDATE contracts SET ends_on = current_date + $2::int WHERE id = $1"
    assert await constraint(ends, contract, 5) == "no_dangling_appointment"
    await execute(ends, contract, 20)
    if state != "FIXED":  # nobody moves what is fixed
        later = (
            "UPDATE appointments SET starts_at = starts_at + $2, ends_at = ends_at + $2 "
            "WHERE id = $1"
        )
        assert await constraint(later, row, timedelta(days=15)) == "no_dangling_appointment"


@pytest.mark.parametrize("state", ["PROPOSED", "CLIENT_AGREED", "FIXED"])
async def test_none_stands_after_the_end_of_the_contract(
    owner_url: str, place: Place, state: str
) -> None:
    contract, row, _helper = await stage(owner_url, place, state, days=9)
    sql = (
        "UPDATE contracts SET state = 'ENDED', ended_at = now(), ends_on = current_date,"
        " end_reason = 'BY_SEEKER' WHERE id = $1"
    )
    assert await constraint(sql, contract) == "no_dangling_appointment"
    async with transaction():
        await execute(
            "UPDATE appointments SET state = 'CANCELLED', cancel_reason = 'OTHER' WHERE id = $1",
            row,
        )
        await execute(sql, contract)


async def test_nobody_has_worked_what_lies_ahead(owner_url: str, place: Place) -> None:
    _contract, row, _helper = await stage(owner_url, place, "FIXED", days=2)
    sql = "UPDATE appointments SET state = 'WORKED' WHERE id = $1"
    assert await constraint(sql, row) == "appointment_has_begun"


@pytest.mark.parametrize("before", [True, False])
async def test_hours_lie_near_their_appointment(
    owner_url: str, place: Place, *, before: bool
) -> None:
    """As far as the services let them lie, and not a second further."""
    _contract, row, _helper = await stage(owner_url, place, "FIXED", days=-2)
    planned = await Appointment.get(id=row)
    hour, near = timedelta(hours=1), timedelta(seconds=1)
    begins = planned.starts_at - WORKED_NEAR - hour if before else planned.ends_at + WORKED_NEAR
    sql = (
        "UPDATE appointments SET state = 'WORKED', worked_from = $2, worked_until = $3 "
        "WHERE id = $1"
    )
    away = begins - near if before else begins + near
    assert await constraint(sql, row, away, away + hour) == "appointments_hours_near"
    await execute(sql, row, begins, begins + hour)
    days = (planned.starts_at.date() - timedelta(days=9), None)
    for start, refused in ((begins, False), (away, True)):
        worked = Span(start, start + hour)
        found = record_problems(
            worked, Span(planned.starts_at, planned.ends_at), days, datetime.now(UTC)
        )
        assert bool(found) is refused, "services and database draw the same line"


async def test_hours_belong_to_what_was_worked_and_a_reason_to_what_was_cancelled(
    owner_url: str, place: Place
) -> None:
    _contract, row, _helper = await stage(owner_url, place, "FIXED")
    sql = (
        "UPDATE appointments SET state = 'WORKED', worked_from = NULL, worked_until = NULL "
        "WHERE id = $1"
    )
    assert await constraint(sql, row) == "appointments_hours_when_worked"
    sql = "UPDATE appointments SET state = 'CANCELLED' WHERE id = $1"
    assert await constraint(sql, row) == "appointments_reason_when_cancelled"


async def test_one_stands_in_for_another(owner_url: str, place: Place) -> None:
    contract, gap, _helper = await stage(owner_url, place, "CANCELLED")
    async with guards_asleep(owner_url) as connection:
        rows = [
            await put_appointment(
                connection, contract, state, starts_at=datetime.now(UTC) - timedelta(hours=hours)
            )
            for state, hours in (("WORKED", 5), ("CLIENT_AGREED", 8))
        ]
    sql = "UPDATE appointments SET stands_in_for_id = $2 WHERE id = $1"
    for row in rows:
        await execute(sql, row, gap)
    assert await constraint(FIX, rows[1]) == "appointments_one_stand_in"


PLAN = (
    "INSERT INTO appointment_plans (id, contract_id, assistant_id, version, proposed_by, "
    '"interval", slots, minutes, first_on, holidays, skipped, created_at) '
    "VALUES ($1, $2, $3, 1, 'SEEKER', 'DAY', '09:00', 60, current_date, 'SKIP', '', now())"
)

AGREED = "UPDATE appointment_plans SET state = 'AGREED', agreed_at = now() WHERE id = $1"
ENDED = (
    "UPDATE appointment_plans SET state = 'ENDED', ended_at = now(), end_reason = 'NOT_WANTED' "
    "WHERE id = $1"
)


@pytest.mark.parametrize(("agreed", "ended"), [(False, False), (True, False), (True, True)])
async def test_a_plan_keeps_its_rule_and_goes_forward_only(
    owner_url: str, place: Place, *, agreed: bool, ended: bool
) -> None:
    contract, _row, helper = await stage(owner_url, place, "FIXED")
    plan, later = uuid7(), "now() + interval '1 hour'"
    await execute(PLAN, plan, contract, helper)
    for step in (AGREED,) * agreed + (ENDED,) * ended:
        await execute(step, plan)
    rule = ("minutes = 90", "slots = '10:00'", "last_on = current_date", "holidays = 'KEEP'")
    lives = [f"agreed_at = {each}" for each in ("NULL", later) if agreed or ended]
    lives += [f"ended_at = {each}" for each in ("NULL", later) if ended]
    for change in (*rule, "proposed_by = 'ACCEPTOR'", *lives):
        sql = f"UPDATE appointment_plans SET {change} WHERE id = $1"  # noqa: S608  our own names
        assert await constraint(sql, plan) == "append_only", change
    if not ended:
        with pytest.raises(IntegrityError, match="appointment_plans_one_standing"):
            await execute(PLAN, uuid7(), contract, helper)


async def test_nobody_agrees_to_a_plan_that_has_ended(owner_url: str, place: Place) -> None:
    contract, _row, helper = await stage(owner_url, place, "FIXED")
    plan = uuid7()
    await execute(PLAN, plan, contract, helper)
    await execute(ENDED, plan)
    sql = "UPDATE appointment_plans SET agreed_at = now() WHERE id = $1"
    assert await constraint(sql, plan) == "append_only"


@pytest.mark.parametrize(
    "change",
    [
        "ended_at = now(), end_reason = 'NOT_WANTED'",
        "state = 'ENDED', ended_at = now()",
        "state = 'ENDED', ended_at = now(), end_reason = 'NO_SUCH'",
        "state = 'AGREED'",
        "agreed_at = now()",
    ],
)
async def test_a_plan_says_when_it_was_agreed_to_and_why_it_ended(
    owner_url: str, place: Place, change: str
) -> None:
    contract, _row, helper = await stage(owner_url, place, "FIXED")
    plan = uuid7()
    await execute(PLAN, plan, contract, helper)
    sql = f"UPDATE appointment_plans SET {change} WHERE id = $1"  # noqa: S608  our own names
    assert await constraint(sql, plan) == "appointment_plans_instants"
