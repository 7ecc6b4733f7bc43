"""What a client says about providers and those who speak for them, and what it is answered."""

from datetime import date
from typing import Annotated

import strawberry

from domain.provider import CoordinatorRole
from domain.recognition import Recognition
from domain.user import Payer
from schema.disclosed import disclosed
from schema.order_input import KEY
from schema.provider import Provider
from schema.refusal import Refusals


@strawberry.input(description="A provider says something else of itself.")
class UpdateProviderInput:
    """What is left out stays as it is."""

    introduction: str | None = strawberry.field(
        default=strawberry.UNSET, description="How it introduces itself."
    )
    email: str | None = strawberry.field(
        default=strawberry.UNSET, description="For everybody to see."
    )
    phone: str | None = strawberry.field(
        default=strawberry.UNSET, description="For everybody to see."
    )
    activities: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="Codes of all activities that are offered."
    )
    municipality_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="All municipalities that are served."
    )
    accepted_payers: list[Payer] | None = strawberry.field(
        default=strawberry.UNSET, description="All who may pay."
    )
    if_version: int | None = strawberry.field(
        default=None, description="Refused as stale unless this is the present version."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What an hour costs a payer from a day on.")
class SetPriceInput:
    """The price before it ends the day before."""

    payer: Payer = strawberry.field(description="Who pays.")
    hourly_cents: int | None = strawberry.field(
        description="Euro cents for an hour; null takes back the price that begins on the day."
    )
    valid_from: date = strawberry.field(description="Today or later.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Customer service has seen what a provider is recognised for.")
class RecordRecognitionInput:
    """Once more from the same day changes the end."""

    provider_id: strawberry.ID = strawberry.field(description="Which provider.")
    kind: Recognition = strawberry.field(description="What for.")
    valid_from: date = strawberry.field(description="The first day.")
    valid_until: date | None = strawberry.field(
        default=None, description="The last day; null is for good."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Somebody is invited to speak for the provider.")
class InviteCoordinatorInput:
    """Answered alike for every address."""

    email: str = strawberry.field(description="With this address the person has to register.")
    role: CoordinatorRole = strawberry.field(
        default=CoordinatorRole.COORDINATOR, description="Whether the person decides for it too."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Whether a coordinator decides for the provider too.")
class SetCoordinatorRoleInput:
    """One who decides always stays."""

    coordinator_id: strawberry.ID = strawberry.field(description="Who.")
    role: CoordinatorRole = strawberry.field(description="As what.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An assistant and a provider part.")
class RemoveAssistantInput:
    """Either side may; matches and contracts stay."""

    assistant_id: strawberry.ID = strawberry.field(description="Who.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Somebody speaks for the provider no longer.")
class RemoveCoordinatorInput:
    """Every session ends at once."""

    coordinator_id: strawberry.ID = strawberry.field(description="Who.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@disclosed
@strawberry.type(description="An invitation is on its way.")
class InvitationSent:
    """The same for every address."""

    message: str = strawberry.field(description="What happened.")
    next_step: str = strawberry.field(description="What happens next.")


@disclosed
@strawberry.type(description="Somebody is not one of the provider's people any more.")
class MembershipEnded:
    """Read `assistants` or the provider's `coordinators` anew."""

    message: str = strawberry.field(description="What happened.")


ProviderPayload = Annotated[
    Provider | Refusals,
    strawberry.union("ProviderPayload", description="As it is now, or a refusal."),
]
InviteCoordinatorPayload = Annotated[
    InvitationSent | Refusals,
    strawberry.union("InviteCoordinatorPayload", description="Sent, or a refusal."),
]
MembershipPayload = Annotated[
    MembershipEnded | Refusals,
    strawberry.union("MembershipPayload", description="Done, or a refusal."),
]
