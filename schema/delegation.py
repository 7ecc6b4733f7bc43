"""Delegations as the graph shows them, and what a client says about acting for somebody."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from domain.delegation import DELEGATES
from domain.states import DELEGATION, DelegationState
from domain.viewer import DelegationKind, Viewer
from models import delegation as models
from notifications.language import Language
from schema import words
from schema.action import Action, action
from schema.order_input import KEY
from schema.plan.entity import entity
from schema.plan.field import column, computed, identifier
from schema.refusal import Refusals


def yours_to_act(delegate_id: str | None, viewer: Viewer) -> bool:
    """Whether it is whoever asks who acts; nobody's account is customer service."""
    if delegate_id is None:
        return viewer.is_staff or viewer.acting is not None
    return str(viewer.actor_id) == delegate_id


def principal_name(
    yours_to_act: bool,
    state: DelegationState,
    principal__first_name: str,
    principal__last_name: str,
    viewer: Viewer,
) -> str | None:
    """The whole name once it holds; whoever is only asked sees the first name."""
    name = f"{principal__first_name} {principal__last_name}"
    if not yours_to_act or viewer.is_staff or state is DelegationState.ACTIVE:
        return name
    return principal__first_name if state is DelegationState.INVITED else None


def delegate_name(
    yours_to_act: bool,
    state: DelegationState,
    delegate__first_name: str | None,
    delegate__last_name: str | None,
) -> str | None:
    """Nothing before somebody has agreed: else an address would tell who has an account."""
    if delegate__first_name is None or not (state is DelegationState.ACTIVE or yours_to_act):
        return None
    return f"{delegate__first_name} {delegate__last_name}".strip()


def available_actions(
    delegate_id: str | None, state: DelegationState, viewer: Viewer, language: Language
) -> list[Action]:
    """Whoever is asked agrees; either side and staff end it; nothing while acting."""
    mine = str(viewer.id) == delegate_id
    agrees = mine and viewer.role in DELEGATES
    codes = ("ACCEPT_DELEGATION", "REVOKE_DELEGATION") if agrees else ("REVOKE_DELEGATION",)
    return [
        action(code, DELEGATION.roles(code), None, language)
        for code in codes
        if DELEGATION.allows(code, state, viewer.role) and viewer.acting is None
    ]


@entity(models.Delegation, "That somebody may act for somebody else.")
class Delegation:
    """For both sides and staff."""

    id: strawberry.ID | None = identifier(
        "Send it as the header `Acting-For` to act for the principal."
    )
    version: int | None = column("Pass it as `ifVersion`.")
    kind: DelegationKind | None = column("Why.")
    kind_label: str | None = computed(words.delegation_kind, "The same in the reader's language.")
    state: DelegationState | None = column("Where it stands.")
    state_label: str | None = computed(
        words.delegation_state, "The state in the reader's language."
    )
    email: str | None = column("The address of whoever acts, as the principal wrote it.")
    yours_to_act: bool | None = computed(yours_to_act, "It is you who may act.")
    principal_name: str | None = computed(
        principal_name, "Who is acted for; only the first name before you agree."
    )
    delegate_name: str | None = computed(delegate_name, "Who acts; null before they agree.")
    valid_until: date | None = column("The last day; null if it has none.")
    created_at: datetime | None = column("Since when.")
    available_actions: list[Action] | None = computed(
        available_actions, "What can be done with it."
    )


@strawberry.input(description="Somebody is asked to act for you, or by staff for `userId`.")
class GrantDelegationInput:
    """Nothing holds before they agree."""

    email: str = strawberry.field(description="Their address.")
    kind: DelegationKind = strawberry.field(description="Why; guardians are recorded by staff.")
    valid_until: date | None = strawberry.field(default=None, description="The last day.")
    user_id: strawberry.ID | None = strawberry.field(
        default=None, description="For staff: for whom."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A delegation is agreed to, or ended.")
class DelegationInput:
    """By id."""

    delegation_id: strawberry.ID = strawberry.field(description="Which one.")
    if_version: int | None = strawberry.field(
        default=None, description="Refused as stale unless this is the present version."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


DelegationPayload = Annotated[
    Delegation | Refusals,
    strawberry.union("DelegationPayload", description="As it stands now, or a refusal."),
]
