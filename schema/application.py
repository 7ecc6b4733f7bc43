"""Applications as the graph shows them, and what a client says about them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

import strawberry

from domain.provider import CoordinatorRole
from domain.states import APPLICATION, ApplicationState
from domain.viewer import Role, Viewer
from models import application as models
from notifications.language import Language
from schema import words
from schema.action import Action, action
from schema.order_input import KEY
from schema.person import Assistant
from schema.plan.entity import entity
from schema.plan.field import column, computed, identifier, relation
from schema.provider import Provider
from schema.refusal import Refusals


def available_actions(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    user_id: str,
    provider_id: str,
    state: ApplicationState,
    user__role: Role,
    viewer: Viewer,
    language: Language,
) -> list[Action]:
    """The provider decides, the applicant takes back."""
    if str(viewer.id) == user_id:
        return _possible(("WITHDRAW_APPLICATION",), state, None, language)
    if str(viewer.speaks_for) != provider_id:
        return []
    leads = viewer.decides_for is not None
    reason = None if leads or user__role is Role.ASSISTANT else "NOT_LEADING"
    return _possible(("APPROVE_APPLICATION", "REJECT_APPLICATION"), state, reason, language)


def _possible(
    codes: Iterable[str], state: ApplicationState, reason: str | None, language: Language
) -> list[Action]:
    return [
        action(code, APPLICATION.roles(code), reason, language)
        for code in codes
        if APPLICATION.step(code, state) is not None
    ]


@entity(models.Application, "That somebody wants to be one of a provider's people.")
class Application:
    """For the person, the provider once the address is confirmed, and staff."""

    id: strawberry.ID | None = identifier("Pass it to `approveApplication`.")
    version: int | None = column("Pass it as `ifVersion`.")
    state: ApplicationState | None = column("Where it stands.")
    state_label: str | None = computed(
        words.application_state, "The state in the reader's language."
    )
    role: Role | None = column("As what.", "user__role")
    coordinator_role: CoordinatorRole | None = column("What an invited coordinator will be.")
    first_name: str | None = column("First name.", "user__first_name")
    last_name: str | None = column("Last name.", "user__last_name")
    email: str | None = column("Where to write.", "user__email")
    created_at: datetime | None = column("Since when.")
    provider: Provider | None = relation("To which provider.", key="provider_id")
    assistant: Assistant | None = relation("The profile of somebody who assists.", key="user_id")
    available_actions: list[Action] | None = computed(
        available_actions, "What can be done with it."
    )


@strawberry.input(description="Somebody wants to be one of a provider's people.")
class AttachToProviderInput:
    """The present provider stays until the other one says yes."""

    provider_id: strawberry.ID = strawberry.field(description="Of `providers`.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An application is decided about, or taken back.")
class ApplicationInput:
    """By id."""

    application_id: strawberry.ID = strawberry.field(description="Which one.")
    if_version: int | None = strawberry.field(
        default=None, description="Refused as stale unless this is the present version."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


ApplicationPayload = Annotated[
    Application | Refusals,
    strawberry.union("ApplicationPayload", description="As it stands now, or a refusal."),
]
