"""Matches as the graph shows them: one order, one acceptor, and what can be done."""

from datetime import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import match as rules
from domain.contract_state import ContractState
from domain.contract_step import Progress
from domain.disclosure import OPEN, STAGE_OF_MATCH, Stage
from domain.match import AcceptorKind
from domain.matching.score import distance_class as classify
from domain.meeting import SIDE_OF_ROLE, first_dates_wait_for
from domain.quality import CATALOGUE
from domain.states import MATCH, MatchState, OrderState
from domain.viewer import Role, Viewer
from models import match as models
from notifications.language import Language
from schema import words
from schema.action import Action, action
from schema.connection import Connection
from schema.disclosed import disclosed
from schema.evidence import expired
from schema.history import TimelineEntry
from schema.meeting import Meeting
from schema.node import Node
from schema.person import Assistant
from schema.plan.entity import entity
from schema.plan.field import column, computed, connection, relation
from schema.progress import (
    contract_of,
    contract_sentence,
    meeting_of,
    meeting_sentence,
    named_of,
    named_step,
    read_contract,
    read_meeting,
)
from schema.provider import Provider

if TYPE_CHECKING:
    from schema.contract import Contract
    from schema.conversation import Conversation
    from schema.nomination import Nomination
    from schema.order import Order

_EXPLANATIONS = 4_096
# What missing proofs stop, and why, from the side of whoever would press the button.
_STOPPED: dict[str, str] = {
    rules.MatchAction.ACCEPT_ORDER.value: "PROOFS_MISSING",
    rules.MatchAction.AWARD_ORDER.value: "ACCEPTOR_PROOFS_MISSING",
}
_BEFORE_COMMISSION = (MatchState.SUGGESTED, MatchState.ACCEPTED)
_MEETING = (MatchState.REQUESTED, MatchState.AWARDED, MatchState.MEETING)


@disclosed
@strawberry.type(description="A wish of the order, and whether this acceptor meets it.")
class MatchPoint:
    """The same for both sides; protected traits are never named."""

    code: str = strawberry.field(description="The quality's code.")
    met: bool = strawberry.field(description="Whether the wish is met.")
    label: str = strawberry.field(description="In one sentence, in the reader's language.")


def explanation(
    met: str, unmet: str, state: MatchState, viewer: Viewer, language: Language
) -> list[MatchPoint]:
    """Met wishes first; matching decided both when it found the match.

    Whoever is merely asked reads no wish that says something of the person who asks.
    """
    all_of_it = viewer.is_staff or STAGE_OF_MATCH.get(state, OPEN) >= Stage.MATCH
    return _explained(met, unmet, all_of_it, language)


@lru_cache(_EXPLANATIONS)
def _explained(met: str, unmet: str, all_of_it: bool, language: Language) -> list[MatchPoint]:
    said = [
        (code, verdict)
        for codes, verdict in ((met, "MET"), (unmet, "UNMET"))
        for code in codes.split()
        if all_of_it or not CATALOGUE[code].sensitive
    ]
    return [
        MatchPoint(
            code=code,
            met=verdict == "MET",
            label=words.wish(verdict, words.quality(code, language), language),
        )
        for code, verdict in said
    ]


def distance_class(distance_km: float | None, language: Language) -> str | None:
    """How far apart the two live, in words; None for a provider's match."""
    if distance_km is None:
        return None
    return words.enum("distance", classify(distance_km), language)


def available_actions(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    kind: AcceptorKind,
    state: MatchState,
    order__state: OrderState,
    proofs_expired: bool,
    meeting: str | None,
    named: str,
    viewer: Viewer,
    language: Language,
) -> list[Action]:
    """Decided by the kind of match, its state, the order's state, proofs and the viewer's role."""
    found = _actions(kind, state, order__state, viewer.role, language)
    if proofs_expired:
        found = [_without_proofs(each, language) for each in found]
    first = meeting is None
    begun = _begun(kind, state, order__state, first, viewer.role, language)
    if _nobody_chosen(kind, named):
        begun = [each for each in begun if each.code != "DRAFT_CONTRACT"]
    return found + begun


def _nobody_chosen(kind: AcceptorKind, named: str) -> bool:
    """Whether it is open whom a provider sends: a contract is with somebody who was met."""
    return kind is AcceptorKind.PROVIDER and "CHOSEN" not in named


def _without_proofs(each: Action, language: Language) -> Action:
    reason = _STOPPED.get(each.code) if each.available else None
    return action(each.code, each.roles, reason, language) if reason else each


def next_step(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    kind: AcceptorKind,
    state: MatchState,
    order__state: OrderState,
    proofs_expired: bool,
    meeting: str | None,
    contract: str | None,
    named: str,
    viewer: Viewer,
    language: Language,
) -> str:
    """From the reader's side; nobody is sent to a button that is blocked, or to what is done."""
    if meeting is not None and state in _MEETING:
        return meeting_sentence(read_meeting(meeting), viewer, language)
    if contract is not None:
        return contract_sentence(read_contract(contract), viewer, language)
    if state is MatchState.CONTRACTED:
        by_provider = kind is AcceptorKind.PROVIDER
        ended = Progress(ContractState.ENDED, by_provider=by_provider)
        return contract_sentence(ended, viewer, language)
    if viewer.is_staff:
        return words.onlooker_step(language)
    code = named_step(state, named) or step_code(state, order__state, proofs=not proofs_expired)
    if code == "MEETING_HELD" and _nobody_chosen(kind, named):
        code = "UNMET"
    return words.match_step(code, _reader(kind, viewer.role), language)


def _reader(kind: AcceptorKind, role: Role) -> str:
    """An acceptor, or one who belongs to it: whom it has named, or whose assistant it is."""
    if role is Role.SEEKER:
        return "seeker"
    named = kind is AcceptorKind.PROVIDER and role is Role.ASSISTANT
    beside = kind is AcceptorKind.ASSISTANT and role is Role.COORDINATOR
    return "nominee" if named else "provider" if beside else "acceptor"


def step_code(state: MatchState, order_state: OrderState, *, proofs: bool) -> str:
    """Which sentence it is: by the state, unless something else stands in the foreground."""
    if not proofs and state in _BEFORE_COMMISSION:
        return "UNPROVEN"
    accept = rules.MatchAction.ACCEPT_ORDER
    if state is MatchState.SUGGESTED and not rules.order_allows(accept, order_state):
        return "PAUSED"
    if state is MatchState.MEETING and order_state is OrderState.MEETING_HELD:
        return "MEETING_HELD"
    return state.value


@cache
def _begun(  # noqa: PLR0913, PLR0917  as above
    kind: AcceptorKind,
    state: MatchState,
    order_state: OrderState,
    first: bool,
    role: Role,
    language: Language,
) -> list[Action]:
    """What begins a meeting or a contract, once it is time; later their own buttons go on."""
    first_dates = first and first_dates_wait_for(role, kind, state, order_state)
    drafts = state is MatchState.MEETING and order_state is OrderState.MEETING_HELD
    decides = role in SIDE_OF_ROLE and _reader(kind, role) != "nominee"
    possible = {"PROPOSE_MEETINGS": first_dates, "DRAFT_CONTRACT": drafts and decides}
    return [action(code, SIDE_OF_ROLE, None, language) for code, now in possible.items() if now]


@cache
def _actions(
    kind: AcceptorKind, state: MatchState, order_state: OrderState, role: Role, language: Language
) -> list[Action]:
    def allows(each: rules.MatchAction) -> bool:
        return rules.order_allows(each, order_state) and rules.allows(each, kind, state, role)

    return [
        action(each.value, MATCH.roles(each.value), None if allows(each) else "STATE", language)
        for each in rules.actions_of(kind, role)
    ]


@entity(models.Match, "That an order and an acceptor fit, and how far they have come.")
class Match(Node):
    """Rows are filtered by `visible_to`; persons behind it are on the ladder themselves."""

    meeting = meeting_of("meetings", "SELECT match_id FROM {rows}")
    contract = contract_of("contracts", "SELECT id FROM {rows}")
    named = named_of("nominations", "SELECT match_id FROM {rows}")

    version: int = column("Pass it as `ifVersion`.")
    state: MatchState = column("Where it stands.")
    kind: AcceptorKind = column("Whether an assistant or a provider.")
    created_at: datetime = column("When it was found.")
    decided_at: datetime | None = column("When it was answered.")
    state_label: str = computed(words.match_state, "The state in the reader's language.")
    order: Annotated["Order", strawberry.lazy("schema.order")] | None = relation(
        "The order, as far as the viewer may see it."
    )
    assistant: Assistant | None = relation("The assistant, from acceptance on.")
    provider: Provider | None = relation("The provider.")
    nominee: Assistant | None = relation("Whom the seeker has chosen of the provider's people.")
    nominations: list[Annotated["Nomination", strawberry.lazy("schema.nomination")]] | None = (
        relation("Whom the provider has named, in that order.")
    )
    contracts: list[Annotated["Contract", strawberry.lazy("schema.contract")]] | None = relation(
        "What was written down of a contract; at most one is open."
    )
    conversation: Annotated["Conversation", strawberry.lazy("schema.conversation")] | None = (
        relation("What both sides write to each other, from the first yes on.")
    )
    distance_class: str | None = computed(distance_class, "How far apart the two live, coarsely.")
    proofs_expired: bool = computed(
        expired, "Whether the assistant's proofs do not hold any more: nothing ends by itself."
    )
    explanation: list[MatchPoint] = computed(
        explanation, "The order's wishes, and which of them are met."
    )
    meetings: list[Meeting] = relation("The meetings of both sides, the oldest first.")
    available_actions: list[Action] = computed(
        available_actions, "What can be done with it: draw buttons from these."
    )
    timeline: Connection[TimelineEntry] = connection(
        "What the two sides have done so far, the newest last."
    )
    next_step: str = computed(next_step, "What happens next, in one sentence.")
