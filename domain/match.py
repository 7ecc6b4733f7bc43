"""What a match is: one order and one acceptor, and which action its kind offers."""

from enum import StrEnum

from domain.states import MATCH, OPEN_FOR_ANSWERS, MatchState, OrderState
from domain.viewer import Role


class AcceptorKind(StrEnum):
    """Who answers an order: an assistant in person, or a provider through its coordinators."""

    ASSISTANT = "ASSISTANT"
    PROVIDER = "PROVIDER"


class MatchAction(StrEnum):
    """What the two sides of a match can do with it."""

    ACCEPT_ORDER = "ACCEPT_ORDER"
    DECLINE_ORDER = "DECLINE_ORDER"
    WITHDRAW_ACCEPTANCE = "WITHDRAW_ACCEPTANCE"
    SEND_INQUIRY = "SEND_INQUIRY"
    AWARD_ORDER = "AWARD_ORDER"
    NOMINATE_ASSISTANT = "NOMINATE_ASSISTANT"


_COMMISSION = {
    AcceptorKind.PROVIDER: MatchAction.SEND_INQUIRY,
    AcceptorKind.ASSISTANT: MatchAction.AWARD_ORDER,
}
MOST_NOMINEES = 5
# What moves no state: the states in which the provider may do it.
_NOMINATES_IN = frozenset({MatchState.REQUESTED, MatchState.MEETING})
_ANSWERS = (
    MatchAction.ACCEPT_ORDER,
    MatchAction.DECLINE_ORDER,
    MatchAction.WITHDRAW_ACCEPTANCE,
)


def commission(kind: AcceptorKind) -> MatchAction:
    """The one way to commission this kind of match: the yellow or the green button."""
    return _COMMISSION[kind]


def actions_of(kind: AcceptorKind, role: Role) -> tuple[MatchAction, ...]:
    """The actions a front end may draw for this role, legal now or not."""
    if role is Role.SEEKER:
        return (commission(kind),)
    if kind is AcceptorKind.PROVIDER:
        return (*_ANSWERS, MatchAction.NOMINATE_ASSISTANT) if role is Role.COORDINATOR else ()
    return _ANSWERS if role is Role.ASSISTANT else ()


def allows(action: MatchAction, kind: AcceptorKind, state: MatchState, role: Role) -> bool:
    """Whether the role may do the action on a match of this kind in this state."""
    if action not in actions_of(kind, role):
        return False
    if action is MatchAction.NOMINATE_ASSISTANT:
        return state in _NOMINATES_IN
    return MATCH.allows(action.value, state, role)


def order_allows(action: MatchAction, order_state: OrderState) -> bool:
    """Whether the order stands where this action on one of its matches makes sense."""
    if action is MatchAction.ACCEPT_ORDER:
        return order_state in OPEN_FOR_ANSWERS
    if action in _COMMISSION.values():
        return order_state is OrderState.IN_PROGRESS
    return True
