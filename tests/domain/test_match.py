"""Which action a match offers to whom: decided by its kind, never by the client."""

import pytest

from domain.match import (
    AcceptorKind,
    MatchAction,
    actions_of,
    allows,
    commission,
    order_allows,
)
from domain.states import MATCH, MatchState, OrderState
from domain.viewer import Role

ANSWERS = {MatchAction.ACCEPT_ORDER, MatchAction.DECLINE_ORDER, MatchAction.WITHDRAW_ACCEPTANCE}
DRAWN = {
    (AcceptorKind.ASSISTANT, Role.SEEKER): {MatchAction.AWARD_ORDER},
    (AcceptorKind.PROVIDER, Role.SEEKER): {MatchAction.SEND_INQUIRY},
    (AcceptorKind.ASSISTANT, Role.ASSISTANT): ANSWERS,
    (AcceptorKind.PROVIDER, Role.COORDINATOR): ANSWERS | {MatchAction.NOMINATE_ASSISTANT},
}


@pytest.mark.parametrize("kind", AcceptorKind)
@pytest.mark.parametrize("role", Role)
def test_the_actions_that_are_drawn_follow_from_kind_and_role(
    kind: AcceptorKind, role: Role
) -> None:
    assert set(actions_of(kind, role)) == DRAWN.get((kind, role), set())


def test_a_provider_is_asked_and_an_assistant_is_awarded() -> None:
    assert commission(AcceptorKind.PROVIDER) is MatchAction.SEND_INQUIRY
    assert commission(AcceptorKind.ASSISTANT) is MatchAction.AWARD_ORDER


@pytest.mark.parametrize("state", MatchState)
def test_the_wrong_commission_is_never_allowed(state: MatchState) -> None:
    for role in Role:
        assert not allows(MatchAction.AWARD_ORDER, AcceptorKind.PROVIDER, state, role)
        assert not allows(MatchAction.SEND_INQUIRY, AcceptorKind.ASSISTANT, state, role)


@pytest.mark.parametrize("action", MatchAction)
@pytest.mark.parametrize("state", MatchState)
def test_an_action_is_allowed_when_it_is_drawn_and_the_machine_knows_it(
    action: MatchAction, state: MatchState
) -> None:
    for (kind, role), drawn in DRAWN.items():
        named = action is MatchAction.NOMINATE_ASSISTANT  # moves nothing, so no machine knows it
        known = state in ("REQUESTED", "MEETING") if named else state in MATCH.sources(action)
        assert allows(action, kind, state, role) == (action in drawn and known)


def test_nobody_is_commissioned_before_having_accepted() -> None:
    for kind, action in (
        (AcceptorKind.PROVIDER, MatchAction.SEND_INQUIRY),
        (AcceptorKind.ASSISTANT, MatchAction.AWARD_ORDER),
    ):
        legal = {state for state in MatchState if allows(action, kind, state, Role.SEEKER)}
        assert legal == {MatchState.ACCEPTED}


def test_an_order_takes_answers_until_it_is_commissioned_and_then_none() -> None:
    taking = {state for state in OrderState if order_allows(MatchAction.ACCEPT_ORDER, state)}
    assert taking == {OrderState.RELEASED, OrderState.IN_PROGRESS}
    for action in (MatchAction.SEND_INQUIRY, MatchAction.AWARD_ORDER):
        ready = {state for state in OrderState if order_allows(action, state)}
        assert ready == {OrderState.IN_PROGRESS}


@pytest.mark.parametrize("state", OrderState)
def test_an_acceptor_may_always_leave(state: OrderState) -> None:
    assert order_allows(MatchAction.DECLINE_ORDER, state)
    assert order_allows(MatchAction.WITHDRAW_ACCEPTANCE, state)
