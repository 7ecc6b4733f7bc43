"""Nominations as the graph shows them, and what a client says about them."""

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain.contract_state import ContractState
from domain.order import Interval, OrderKind
from domain.states import NOMINATION, MatchState, NominationState
from domain.viewer import Role, Viewer
from models import nomination as models
from notifications.language import Language
from schema import words
from schema.action import Action, action
from schema.disclosed import disclosed
from schema.district import Municipality
from schema.order_input import KEY
from schema.person import Assistant
from schema.plan.entity import entity
from schema.plan.field import column, computed, identifier, relation
from schema.progress import OF_MATCH, contract_of, read_contract
from schema.refusal import Refusals

if TYPE_CHECKING:
    from schema.match import Match

_ACTIONS = {
    Role.SEEKER: ("CHOOSE_NOMINEE",),
    Role.ASSISTANT: ("DECLINE_NOMINATION",),
    Role.COORDINATOR: ("WITHDRAW_NOMINATION",),
}


def available_actions(
    state: NominationState,
    match__state: MatchState,
    contract: str | None,
    viewer: Viewer,
    language: Language,
) -> list[Action]:
    """The seeker chooses, the assistant may say no, the provider may take it back.

    Nothing after the contract; and nobody else is chosen while it is drafted.
    """
    drafted = contract is not None and read_contract(contract).state is ContractState.DRAFT
    return _possible(state, match__state, drafted, viewer.role, language)


@cache
def _possible(
    state: NominationState, match_state: MatchState, drafted: bool, role: Role, language: Language
) -> list[Action]:
    def allows(code: str) -> bool:
        if match_state is MatchState.CONTRACTED or (drafted and code == "CHOOSE_NOMINEE"):
            return False
        return NOMINATION.allows(code, state, role)

    return [
        action(code, NOMINATION.roles(code), None if allows(code) else "STATE", language)
        for code in _ACTIONS.get(role, ())
    ]


def languages(assistant__languages: str) -> list[str]:
    """The languages of whoever is named: the profile itself may not be seen yet."""
    return assistant__languages.split()


@entity(models.Nomination, "An assistant whom a provider has named for an order.")
class Nomination:
    """For the seeker, the assistant and the provider: a profile without a name, and the order."""

    contract = contract_of("match", OF_MATCH)

    id: strawberry.ID | None = identifier("Pass it to `chooseNominee`.")
    version: int | None = column("Pass it as `ifVersion`.")
    state: NominationState | None = column("Where it stands.")
    state_label: str | None = computed(
        words.nomination_state, "The state in the reader's language."
    )
    fits: bool | None = column("Whether matching found the assistant fitting when named.")
    created_at: datetime | None = column("Since when.")
    first_name: str | None = column("The assistant's first name.", "assistant__user__first_name")
    introduction: str | None = column("The assistant's Kurzvorstellung.", "assistant__introduction")
    languages: list[str] | None = computed(languages, "Languages spoken.")
    has_car: bool | None = column("Whether the assistant can drive people.", "assistant__has_car")
    assistant: Assistant | None = relation(
        "The whole profile: for the provider, and for the seeker once chosen."
    )
    match: Annotated["Match", strawberry.lazy("schema.match")] | None = relation(
        "The provider's match; for the assistant once chosen."
    )
    order_kind: OrderKind | None = column("Once, or again and again.", "match__order__kind")
    description: str | None = column("What the order is about.", "match__order__description")
    duration_minutes: int | None = column(
        "How long an appointment takes.", "match__order__duration_minutes"
    )
    starts_at: datetime | None = column("One-off: when.", "match__order__starts_at")
    start_date: date | None = column("Recurring: from when on.", "match__order__start_date")
    interval: Interval | None = column("Recurring: counted in what.", "match__order__interval")
    count: int | None = column("Recurring: how often.", "match__order__count")
    municipality: Municipality | None = relation(
        "Where, no closer than the municipality.", key="match__order__municipality_id"
    )
    available_actions: list[Action] | None = computed(
        available_actions, "What can be done with it."
    )


@disclosed
@strawberry.type(description="One of your people who can be named for an order.")
class NominationCandidate:
    """For the provider whose people it is."""

    assistant_id: strawberry.ID = strawberry.field(description="Pass it to `nominateAssistant`.")
    first_name: str = strawberry.field(description="First name.")
    last_name: str = strawberry.field(description="Last name.")


@strawberry.input(description="One of the provider's people is named for an order.")
class NominateAssistantInput:
    """For a provider's match that the seeker has sent an inquiry to."""

    match_id: strawberry.ID = strawberry.field(description="The provider's match.")
    assistant_id: strawberry.ID = strawberry.field(description="One of `nominationCandidates`.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A nomination, by id.")
class NominationInput:
    """For choosing, declining and taking back."""

    nomination_id: strawberry.ID = strawberry.field(description="Which one.")
    if_version: int | None = strawberry.field(
        default=None, description="Refused as stale unless this is the present version."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


NominationPayload = Annotated[
    Nomination | Refusals,
    strawberry.union("NominationPayload", description="As it stands now, or a refusal."),
]
