"""The machines are the table of the specification, written out here a second time."""

from collections import deque
from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

import pytest

import domain
from domain.appointment_state import APPOINTMENT
from domain.contract_state import CONTRACT
from domain.errors import refusal_classes
from domain.machine import Machine
from domain.states import (
    ACCOUNT,
    AGREED_MATCH,
    APPLICATION,
    COMMISSIONED_MATCH,
    COMMISSIONED_ORDER,
    DELEGATION,
    ENDED_MATCH,
    MACHINES,
    MATCH,
    MEETING,
    NOMINATION,
    ORDER,
    TALK,
    MatchState,
    OrderState,
)
from domain.viewer import Role

Pairs = set[tuple[str, str]]


def each(sources: str, targets: str) -> Pairs:
    return {(source, target) for source in sources.split() for target in targets.split()}


ACCOUNT_PAIRS = (
    each("DRAFT", "REGISTERED")
    | each("REGISTERED", "RELEASED")
    | each("RELEASED", "SUSPENDED")
    | each("SUSPENDED", "RELEASED")
    | each("DRAFT REGISTERED RELEASED SUSPENDED", "DELETION_REQUESTED")
    | each("DELETION_REQUESTED", "ERASED")
)
ORDER_PAIRS = (
    each("DRAFT", "RELEASED")
    | each("RELEASED", "IN_PROGRESS")
    | each("IN_PROGRESS", "REQUESTED AWARDED")
    | each("REQUESTED AWARDED", "MEETING_SET")
    | each("MEETING_SET", "REQUESTED AWARDED MEETING_HELD")
    | each("MEETING_HELD", "CONTRACTED REQUESTED")
    | each("CONTRACTED", "COMPLETED")
    | each("REQUESTED AWARDED MEETING_SET MEETING_HELD", "IN_PROGRESS")
    | each("IN_PROGRESS", "RELEASED")
    | each("DRAFT RELEASED IN_PROGRESS REQUESTED AWARDED MEETING_SET MEETING_HELD", "WITHDRAWN")
    | each("RELEASED IN_PROGRESS", "EXPIRED")
)
MATCH_PAIRS = (
    each("SUGGESTED", "ACCEPTED DECLINED LAPSED")
    | each("ACCEPTED", "ON_HOLD")
    | each("ON_HOLD", "ACCEPTED")
    | each("ACCEPTED", "REQUESTED AWARDED")
    | each("REQUESTED AWARDED", "MEETING")
    | each("MEETING", "REQUESTED AWARDED CONTRACTED")
    | each("ACCEPTED ON_HOLD REQUESTED AWARDED MEETING", "DECLINED WITHDRAWN")
    | each("ACCEPTED ON_HOLD DECLINED WITHDRAWN LAPSED", "SUGGESTED")
)
TALK_PAIRS = each("BOOKED", "CANCELLED HELD MISSED")
APPLICATION_PAIRS = (
    each("PREPARED", "WAITING WITHDRAWN")
    | each("INVITED", "APPROVED WITHDRAWN")
    | each("WAITING", "APPROVED REJECTED WITHDRAWN")
    | each("APPROVED", "ENDED")
)
DELEGATION_PAIRS = each("INVITED", "ACTIVE ENDED") | each("ACTIVE", "ENDED")
NOMINATION_PAIRS = (
    each("NOMINATED", "CHOSEN")
    | each("CHOSEN", "NOMINATED")
    | each("NOMINATED CHOSEN", "DECLINED WITHDRAWN")
)
CONTRACT_PAIRS = each("DRAFT", "AGREED WITHDRAWN") | each("AGREED", "ENDED")
MEETING_PAIRS = each("PROPOSED", "CONFIRMED CANCELLED") | each(
    "CONFIRMED", "PROPOSED HELD MISSED CANCELLED"
)
APPOINTMENT_PAIRS = (
    each("PROPOSED", "CLIENT_AGREED")
    | each("CLIENT_AGREED", "PROPOSED FIXED")
    | each("FIXED", "PROPOSED CLIENT_AGREED WORKED")
    | each("WORKED", "CONFIRMED")
    | each("PROPOSED CLIENT_AGREED FIXED WORKED", "CANCELLED")
)
BY_PAIRS = [
    (ACCOUNT, ACCOUNT_PAIRS),
    (ORDER, ORDER_PAIRS),
    (MATCH, MATCH_PAIRS),
    (TALK, TALK_PAIRS),
    (APPLICATION, APPLICATION_PAIRS),
    (DELEGATION, DELEGATION_PAIRS),
    (NOMINATION, NOMINATION_PAIRS),
    (CONTRACT, CONTRACT_PAIRS),
    (APPOINTMENT, APPOINTMENT_PAIRS),
    (MEETING, MEETING_PAIRS),
]


@pytest.mark.parametrize(
    ("machine", "pairs"), BY_PAIRS, ids=lambda value: getattr(value, "name", "")
)
def test_a_machine_has_exactly_the_pairs_of_the_table(machine: Machine, pairs: Pairs) -> None:
    assert set(machine.pairs) == pairs


def test_rows_begin_where_the_table_begins() -> None:
    assert ACCOUNT.initial == {"DRAFT", "REGISTERED"}
    assert ORDER.initial == {"DRAFT"}
    assert MATCH.initial == {"SUGGESTED"}
    assert TALK.initial == {"BOOKED"}
    assert APPLICATION.initial == {"PREPARED", "INVITED", "WAITING", "APPROVED"}
    assert DELEGATION.initial == {"INVITED"}
    assert CONTRACT.initial == {"DRAFT"}
    assert APPOINTMENT.initial == {"PROPOSED", "CLIENT_AGREED"}
    assert NOMINATION.initial == {"NOMINATED"}
    assert MEETING.initial == {"PROPOSED"}


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_an_action_leads_to_one_target_for_the_same_roles_from_everywhere(
    machine: Machine,
) -> None:
    for action in machine.actions:
        steps = [step for step in machine.steps if step.action == action]
        assert len({step.target for step in steps}) == 1, action
        assert len({step.roles for step in steps}) == 1, action
        assert len({step.source for step in steps}) == len(steps), action
        assert machine.target(action) == steps[0].target
        assert machine.sources(action) == {step.source for step in steps}


def reachable(starts: Iterable[str], pairs: Iterable[tuple[str, str]]) -> set[str]:
    seen, pending = set(starts), deque(starts)
    while pending:
        here = pending.popleft()
        for source, target in pairs:
            if source == here and target not in seen:
                seen.add(target)
                pending.append(target)
    return seen


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_state_can_be_reached_and_left_towards_an_end(machine: Machine) -> None:
    states = {state.value for state in machine.states}
    assert reachable([state.value for state in machine.initial], machine.pairs) == states
    ends = states - {source for source, _ in machine.pairs}
    assert ends
    for state in states:
        assert reachable([state], machine.pairs) & ends


def test_the_ends_are_those_of_the_table() -> None:
    def ends(machine: Machine) -> set[str]:
        return {s.value for s in machine.states} - {source for source, _ in machine.pairs}

    assert ends(ACCOUNT) == {"ERASED"}
    assert ends(ORDER) == {"COMPLETED", "WITHDRAWN", "EXPIRED"}
    assert ends(MATCH) == {MatchState.CONTRACTED}  # the others may be asked again
    assert ends(MEETING) == {"CANCELLED", "HELD", "MISSED"}
    assert ends(APPOINTMENT) == {"CONFIRMED", "CANCELLED"}
    assert ends(TALK) == {"CANCELLED", "HELD", "MISSED"}


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_what_is_allowed_is_exactly_what_stands_in_the_table(machine: Machine) -> None:
    rows = {(step.action, step.source.value): step for step in machine.steps}
    for action in machine.actions:
        for state in machine.states:
            step = rows.get((action, state.value))
            assert machine.step(action, state) is step
            for role in Role:
                assert machine.allows(action, state, role) == (
                    step is not None and role in step.roles
                )


def test_an_unknown_action_is_allowed_nowhere_and_to_nobody() -> None:
    assert ORDER.roles("DELETE") == ORDER.sources("DELETE") == frozenset()
    assert not any(ORDER.allows("DELETE", state, role) for state in OrderState for role in Role)


def test_groups_of_states_divide_the_matches() -> None:
    everything = {state.value for state in MatchState}
    assert everything == {"SUGGESTED"} | ENDED_MATCH | AGREED_MATCH
    assert not ENDED_MATCH & AGREED_MATCH
    assert {"REQUESTED", "AWARDED", "MEETING"} == COMMISSIONED_MATCH
    assert {s for s in OrderState if (s.value, "IN_PROGRESS") in ORDER_PAIRS} - {
        "RELEASED"
    } == COMMISSIONED_ORDER


def test_states_and_codes_are_capitals() -> None:
    words = [state.value for machine in MACHINES for state in machine.states]
    words += [action for machine in MACHINES for action in machine.actions]
    words += [refusal.code for refusal in refusal_classes()]
    for word in words:
        assert word.replace("_", "").isalpha(), word
        assert word.isupper(), word
        assert len(word) <= 30, word


def test_no_machine_is_forgotten() -> None:
    """What is generated from MACHINES (pairs, triples, rights to read) covers every one of them."""
    modules = [import_module(f"domain.{each.name}") for each in iter_modules(domain.__path__)]
    everything = [each for module in modules for each in vars(module).values()]
    found = {each.name for each in everything if isinstance(each, Machine)}
    assert found == {machine.name for machine in MACHINES}
    assert len(MACHINES) == len({machine.table for machine in MACHINES}) == len(found)
