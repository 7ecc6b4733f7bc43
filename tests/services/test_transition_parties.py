"""What two sides do with each other, in every state and for every role, by the use cases.

Generated from the machines' states: wherever an action is not legal, it is refused and nothing has
changed, whoever asks. `test_transition_use_cases.py` has orders, answers and accounts.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest

from domain.appointment import CancelReason
from domain.appointment_plan import Rule, Slot
from domain.appointment_state import APPOINTMENT, PLAN
from domain.contract import ContractEnd
from domain.contract_state import CONTRACT
from domain.errors import (
    AccountNotReleased,
    NotFound,
    RoleNotAllowed,
    SignInRequired,
    StateRefused,
)
from domain.machine import Machine
from domain.meeting import MeetingKind, MeetingOutcome, MeetingReason, Span
from domain.order import Interval
from domain.states import APPLICATION, DELEGATION, MATCH, MEETING, NOMINATION
from domain.viewer import ANONYMOUS, STAFF, AccountState, Role, Viewer
from models.meeting import MeetingDate
from models.provider import Provider
from models.user import User
from services import clock
from services.application import approve_application, reject_application, withdraw_application
from services.appointment import agree_appointment, move_appointment, propose_appointment
from services.appointment_end import cancel_appointment, confirm_appointment, record_appointment
from services.appointment_plan import agree_plan, end_plan, plan_appointments
from services.commission import award_order, send_inquiry
from services.contract import consent_to_contract, draft_contract
from services.contract_end import end_contract
from services.delegation import accept_delegation, revoke_delegation
from services.meeting import choose_meeting, confirm_meeting
from services.meeting_end import cancel_meeting, record_meeting
from services.meeting_proposal import Proposal, move_meeting, propose_meetings
from services.nomination import (
    choose_nominee,
    decline_nomination,
    nominate_assistant,
    withdraw_nomination,
)
from services.stand_in import ask_stand_in
from services.trust import record_trust
from tests.people import Place, make_coordinator, make_seeker, viewer_for
from tests.services.contracting import terms
from tests.services.dating import at
from tests.staging import everything, staged

Do = Callable[[Viewer, UUID], Awaitable[Any]]
REFUSED = (StateRefused, NotFound, RoleNotAllowed, SignInRequired, AccountNotReleased)
SEEKER, ASSISTANT, COORDINATOR = Role.SEEKER, Role.ASSISTANT, Role.COORDINATOR
ACCEPTORS = {ASSISTANT, COORDINATOR}
PARTIES = {SEEKER, *ACCEPTORS}
SIDES = (SEEKER, *STAFF)  # of a delegation


@dataclass(frozen=True)
class Case:
    """A use case: where it can succeed, or changes nothing because it is done; and for whom."""

    do: Do
    states: str
    roles: frozenset[Role]


def case(do: Do, states: str, *roles: Role) -> Case:
    return Case(do, states, frozenset(roles or PARTIES))


def ahead() -> Proposal:
    return Proposal([at("10:00").begins], 60, "Rathaus")


def rule() -> Rule:
    return Rule(Interval.WEEK, (Slot(1, "09:00"),), 60, clock.today() + timedelta(days=7))


def worked() -> Span:
    return Span(clock.now() - timedelta(hours=2), clock.now() - timedelta(hours=1))


async def choose(viewer: Viewer, meeting: UUID) -> Any:
    date = await MeetingDate.get(meeting_id=meeting)
    return await choose_meeting(viewer, None, meeting, date.id)


async def name(viewer: Viewer, match: UUID) -> Any:
    person = (await User.filter(role=ASSISTANT).order_by("id").first()) or await User.get()
    return await nominate_assistant(viewer, None, match, person.id)


INTRODUCTION = MeetingKind.INTRODUCTION
CASES: Mapping[str, Mapping[str, Case]] = {
    MATCH.name: {
        "AWARD_ORDER": case(lambda v, m: award_order(v, None, m), "ACCEPTED", SEEKER),
        "SEND_INQUIRY": case(lambda v, m: send_inquiry(v, None, m), "ACCEPTED", SEEKER),
        "PROPOSE_MEETINGS": case(
            lambda v, m: propose_meetings(v, None, m, INTRODUCTION, ahead()), "REQUESTED AWARDED"
        ),
        "NOMINATE": case(name, "REQUESTED", COORDINATOR),
        # Its order has to say that a meeting was held.
        "DRAFT_CONTRACT": case(lambda v, m: draft_contract(v, None, m, terms()), ""),
    },
    NOMINATION.name: {
        "CHOOSE": case(lambda v, n: choose_nominee(v, None, n), "NOMINATED CHOSEN", SEEKER),
        "DECLINE": case(lambda v, n: decline_nomination(v, None, n), "NOMINATED CHOSEN", ASSISTANT),
        "WITHDRAW": case(
            lambda v, n: withdraw_nomination(v, None, n), "NOMINATED CHOSEN", COORDINATOR
        ),
    },
    MEETING.name: {
        "CHOOSE": case(choose, "PROPOSED"),
        "CONFIRM": case(lambda v, m: confirm_meeting(v, None, m), "PROPOSED CONFIRMED"),
        "MOVE": case(lambda v, m: move_meeting(v, None, m, ahead()), "PROPOSED CONFIRMED"),
        "CANCEL": case(
            lambda v, m: cancel_meeting(v, None, m, MeetingReason.OTHER), "PROPOSED CONFIRMED"
        ),
        "RECORD": case(lambda v, m: record_meeting(v, None, m, MeetingOutcome.HELD), "CONFIRMED"),
    },
    CONTRACT.name: {
        "CONSENT": case(lambda v, c: consent_to_contract(v, None, c, 1), "DRAFT"),
        "END": case(
            lambda v, c: end_contract(
                v, None, c, clock.today() + timedelta(days=9), ContractEnd.BY_AGREEMENT
            ),
            "AGREED",
        ),
        "PROPOSE": case(lambda v, c: propose_appointment(v, None, c, at("09:00")), "AGREED"),
        "PLAN": case(lambda v, c: plan_appointments(v, None, c, rule()), "AGREED"),
    },
    APPOINTMENT.name: {
        "AGREE": case(lambda v, a: agree_appointment(v, None, a, 1), "PROPOSED CLIENT_AGREED"),
        "MOVE": case(
            lambda v, a: move_appointment(v, None, a, at("09:00")), "PROPOSED CLIENT_AGREED"
        ),
        "CANCEL": case(
            lambda v, a: cancel_appointment(v, None, a, CancelReason.OTHER),
            "PROPOSED CLIENT_AGREED FIXED WORKED",
        ),
        "RECORD": case(
            lambda v, a: record_appointment(v, None, a, worked()), "FIXED WORKED", *ACCEPTORS
        ),
        "CONFIRM": case(lambda v, a: confirm_appointment(v, None, a, 1), "WORKED", SEEKER),
        # None of them has a gap.
        "ASK_STAND_IN": case(lambda v, a: ask_stand_in(v, None, a, a), ""),
        "TRUST": case(
            lambda v, a: record_trust(v, None, a, would_meet_again=True),
            "CONFIRMED",
            SEEKER,
            ASSISTANT,
        ),
    },
    PLAN.name: {
        "AGREE": case(lambda v, p: agree_plan(v, None, p, 1), "PROPOSED", *ACCEPTORS),
        "END": case(lambda v, p: end_plan(v, None, p), "PROPOSED AGREED"),
    },
    APPLICATION.name: {
        "APPROVE": case(lambda v, a: approve_application(v, None, a), "WAITING", COORDINATOR),
        "REJECT": case(lambda v, a: reject_application(v, None, a), "WAITING", COORDINATOR),
        "WITHDRAW": case(
            lambda v, a: withdraw_application(v, None, a), "PREPARED INVITED WAITING", ASSISTANT
        ),
    },
    DELEGATION.name: {
        "ACCEPT": case(lambda v, d: accept_delegation(v, None, d), "INVITED", SEEKER, *STAFF),
        "REVOKE": case(
            lambda v, d: revoke_delegation(v, None, d), "INVITED ACTIVE", SEEKER, *STAFF
        ),
    },
}
MACHINES = (MATCH, NOMINATION, MEETING, CONTRACT, APPOINTMENT, PLAN, APPLICATION, DELEGATION)
BEFORE_RELEASE = (APPLICATION, DELEGATION)
EVERY = [(machine, state) for machine in MACHINES for state in machine.states]


async def everybody(place: Place) -> list[Viewer]:
    """All who are there: among them those whose row it is, and whoever speaks for the providers."""
    for provider in await Provider.all():
        await make_coordinator(place, provider)
    await make_seeker(place)
    people = [await viewer_for(user) for user in await User.all().order_by("id")]
    return [*people, *(replace(each, state=AccountState.SUSPENDED) for each in people)]


@pytest.mark.parametrize(
    ("machine", "state"), EVERY, ids=[f"{machine.name}-{state}" for machine, state in EVERY]
)
async def test_whatever_the_machine_does_not_know_is_refused_to_everybody(
    owner_url: str, place: Place, machine: Machine, state: StrEnum
) -> None:
    row = await staged(owner_url, machine, state, place)
    people = [ANONYMOUS, *await everybody(place)]
    assert {each.role for each in people} >= PARTIES
    before = await everything()
    for action, each in CASES[machine.name].items():
        for viewer in people:
            may = viewer.role in each.roles and (viewer.is_released or machine in BEFORE_RELEASE)
            if may and state.value in each.states.split():
                continue
            try:
                await each.do(viewer, row)
            except REFUSED:
                continue
            pytest.fail(f"{action} in {state} was done for {viewer.role}")
        assert await everything() == before, action
