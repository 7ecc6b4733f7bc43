"""Who may do what with an appointment, and what the working hours say."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from domain.appointment import (
    AppointmentAction,
    Part,
    People,
    Standing,
    actions_of,
    blocked_reason,
    lengthens_day,
    minutes_of,
    next_step,
    part_of,
    record_problems,
    within,
)
from domain.appointment_state import AppointmentState
from domain.dates import BERLIN
from domain.meeting import Span
from domain.viewer import AccountState, Role, Viewer

SEEKER, HELPER, HOUSE = (UUID(int=number) for number in (1, 2, 3))
S, A = AppointmentState, AppointmentAction


def viewer(role: Role, key: UUID | None, provider: UUID | None = None) -> Viewer:
    return Viewer(key, role, AccountState.RELEASED, provider_id=provider)


@pytest.mark.parametrize(
    ("who", "provider", "stands_in", "part"),
    [
        (viewer(Role.SEEKER, SEEKER), None, False, Part.SEEKER),
        (viewer(Role.SEEKER, HELPER), None, False, None),
        (viewer(Role.ASSISTANT, HELPER), None, False, Part.ACCEPTOR),
        (viewer(Role.ASSISTANT, HELPER), HOUSE, False, Part.COMER),
        (viewer(Role.ASSISTANT, HELPER), None, True, Part.COMER),
        (viewer(Role.ASSISTANT, SEEKER), None, False, None),
        (viewer(Role.COORDINATOR, UUID(int=9), HOUSE), HOUSE, False, Part.ACCEPTOR),
        (viewer(Role.COORDINATOR, UUID(int=9), HELPER), HOUSE, False, None),
        (viewer(Role.COORDINATOR, UUID(int=9), HOUSE), None, False, None),
        (viewer(Role.CUSTOMER_SERVICE, UUID(int=9)), HOUSE, False, None),
    ],
)
def test_everybody_has_one_part_or_none(
    who: Viewer, provider: UUID | None, stands_in: bool, part: Part | None
) -> None:
    assert part_of(who, People(SEEKER, HELPER, provider, stands_in)) is part


@pytest.mark.parametrize(
    ("hour", "first", "codes"),
    [
        (-8, 1, ["HOURS_ELSEWHERE"]),
        (-7, 1, []),
        (8, 1, []),
        (9, 1, ["HOURS_ELSEWHERE"]),
        (0, 3, ["APPOINTMENT_OUTSIDE_CONTRACT"]),
    ],
)
def test_hours_lie_beside_the_appointment_and_in_the_contract(
    hour: int, first: int, codes: list[str]
) -> None:
    nine = datetime(2026, 3, 2, 9, tzinfo=BERLIN)
    begins = nine + timedelta(hours=hour)
    found = record_problems(
        Span(begins, begins + timedelta(hours=1)),
        Span(nine, nine + timedelta(hours=2)),
        (date(2026, 3, first), None),
        nine + timedelta(days=2),
    )
    assert [each.code for each in found] == codes


def able(part: Part, standing: Standing) -> set[str]:
    buttons = actions_of(part, stands_in=standing.stands_in)
    assert all(
        blocked_reason(each, part, standing) == "NOT_YOURS" for each in A if each not in buttons
    )
    return {each.name.split("_")[0] for each in buttons if not blocked_reason(each, part, standing)}


# state, whether the others have said yes, begun: what the client can do, and what the others can
@pytest.mark.parametrize(
    ("state", "agreed", "begun", "client", "others"),
    [
        (S.PROPOSED, True, False, "AGREE MOVE CANCEL", "MOVE CANCEL"),
        (S.CLIENT_AGREED, False, False, "MOVE CANCEL", "AGREE MOVE CANCEL"),
        (S.FIXED, True, False, "MOVE CANCEL", "MOVE CANCEL"),
        (S.FIXED, True, True, "CANCEL", "RECORD CANCEL"),
        (S.WORKED, True, True, "CONFIRM", "RECORD CANCEL"),
        (S.CONFIRMED, True, True, "", ""),
        (S.CANCELLED, True, False, "", ""),
    ],
)
def test_what_the_two_sides_can_do(
    state: AppointmentState, agreed: bool, begun: bool, client: str, others: str
) -> None:
    standing = Standing(state, stands_in=False, acceptor_agreed=agreed, begun=begun)
    assert able(Part.SEEKER, standing) == set(client.split())
    assert able(Part.ACCEPTOR, standing) == set(others.split())
    assert able(Part.COMER, standing) == set(others.split()) - {"AGREE", "MOVE"}


@pytest.mark.parametrize(
    ("state", "agreed", "client", "house", "comer"),
    [
        (S.PROPOSED, False, "CANCEL", "CANCEL", "AGREE CANCEL"),
        (S.PROPOSED, True, "AGREE CANCEL", "CANCEL", "CANCEL"),
        (S.FIXED, True, "CANCEL", "RECORD CANCEL", "RECORD CANCEL"),
    ],
)
def test_a_stand_in_answers_first_and_then_the_client_decides(
    state: AppointmentState, agreed: bool, client: str, house: str, comer: str
) -> None:
    standing = Standing(state, stands_in=True, acceptor_agreed=agreed, begun=state is S.FIXED)
    assert able(Part.SEEKER, standing) == set(client.split())
    assert able(Part.ACCEPTOR, standing) == set(house.split())
    assert able(Part.COMER, standing) == set(comer.split())


def test_the_next_step_is_there_for_everybody() -> None:
    for state in S:
        for part in (*Part, None):
            for flags in range(8):
                standing = Standing(
                    state,
                    stands_in=bool(flags & 1),
                    acceptor_agreed=bool(flags & 2),
                    begun=bool(flags & 4),
                )
                assert next_step(part, standing)
    open_one = Standing(S.PROPOSED, stands_in=False, acceptor_agreed=True, begun=False)
    assert next_step(Part.SEEKER, open_one) == "AGREE"
    assert next_step(Part.ACCEPTOR, open_one) == "CLIENT_AGREES"


def span(first: str, hours: float) -> Span:
    begins = datetime.fromisoformat(first).replace(tzinfo=BERLIN)
    return Span(begins.astimezone(UTC), begins.astimezone(UTC) + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("wanted", "work", "long"),
    [
        (span("2026-03-02T08:00", 10), [], False),
        (span("2026-03-02T08:00", 10.25), [], True),
        (span("2026-03-02T08:00", 5), [span("2026-03-02T14:00", 5)], False),
        (span("2026-03-02T08:00", 5), [span("2026-03-02T14:00", 5.25)], True),
        (span("2026-03-02T08:00", 5), [span("2026-03-03T08:00", 10)], False),
        # Across midnight each day counts what lies on it.
        (span("2026-03-02T16:00", 16), [], False),
        (span("2026-03-02T16:00", 16), [span("2026-03-03T12:00", 3)], True),
        # The day on which an hour is skipped, and the one on which it comes twice: real time.
        (span("2026-03-29T00:00", 10), [], False),
        (span("2026-10-25T00:00", 10.25), [], True),
    ],
)
def test_ten_hours_a_day(wanted: Span, work: list[Span], long: bool) -> None:
    assert lengthens_day(wanted, work, BERLIN) is long


def test_minutes_are_real_and_rounded_down() -> None:
    assert minutes_of(span("2026-03-29T01:30", 1.5)) == 90
    begins = datetime(2026, 3, 2, tzinfo=UTC)
    assert minutes_of(Span(begins, begins + timedelta(minutes=59, seconds=59))) == 59


def test_the_days_of_a_contract_are_those_of_the_district_s_clocks() -> None:
    contract = (date(2026, 3, 2), date(2026, 3, 4))
    for moment, inside in (
        ("2026-03-01T22:59+00:00", False),
        ("2026-03-01T23:00+00:00", True),
        ("2026-03-04T22:59+00:00", True),
        ("2026-03-04T23:00+00:00", False),
    ):
        assert within(datetime.fromisoformat(moment), contract) is inside
    assert within(datetime(2099, 1, 1, tzinfo=UTC), (date(2026, 3, 2), None))
