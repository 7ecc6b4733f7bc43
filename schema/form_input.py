"""What a client says when somebody registers; `form` says what each field takes."""

import strawberry

from domain.user import ActingFor, Employment
from notifications.language import Language
from schema.consent import ConsentInput
from schema.order_input import KEY, TimeWindowInput


@strawberry.input(description="What everybody says who registers.")
class RegisterInput:
    """One of phone and mobile is needed; `form` says what else is."""

    email: str = strawberry.field(default="", description="The address for signing in.")
    password: str = strawberry.field(default="", description="At least 15 characters.")
    first_name: str = strawberry.field(default="", description="First name.")
    last_name: str = strawberry.field(default="", description="Last name.")
    postcode: str = strawberry.field(default="", description="A postcode of the district.")
    phone: str = strawberry.field(default="", description="Landline.")
    mobile: str = strawberry.field(default="", description="Mobile.")
    consents: list[ConsentInput] = strawberry.field(
        default_factory=list, description="Of the form: one for each of its texts."
    )
    language: Language = strawberry.field(default=Language.DE, description="Of mails.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Somebody registers as a seeker.")
class RegisterSeekerInput(RegisterInput):
    """One of phone and mobile is needed."""

    street: str = strawberry.field(default="", description="Street and number.")
    introduction: str = strawberry.field(default="", description="Kurzvorstellung.")
    acting_for: ActingFor = strawberry.field(default=ActingFor.SELF, description="Who fills in.")
    needs: list[str] = strawberry.field(default_factory=list, description="Codes of activities.")
    windows: list[TimeWindowInput] = strawberry.field(
        default_factory=list, description="When support is wanted in general."
    )


@strawberry.input(description="Somebody registers as an assistant.")
class RegisterAssistantInput(RegisterInput):
    """Through a provider, or self-employed."""

    street: str = strawberry.field(default="", description="Street and number.")
    introduction: str = strawberry.field(default="", description="Kurzvorstellung.")
    employment: Employment | None = strawberry.field(
        default=None, description="How the person works."
    )
    provider_id: strawberry.ID | None = strawberry.field(
        default=None, description="Of `providers`; not for the self-employed."
    )
    activities: list[str] = strawberry.field(
        default_factory=list, description="Codes of activities that are offered."
    )
    qualities: list[str] = strawberry.field(
        default_factory=list, description="Codes of qualities that people say of themselves."
    )
    languages: list[str] = strawberry.field(
        default_factory=lambda: ["de"], description="Languages that are spoken."
    )
    has_car: bool = strawberry.field(default=False, description="Can drive people.")
    radius_km: int = strawberry.field(default=20, description="How far the person goes.")
    windows: list[TimeWindowInput] = strawberry.field(
        default_factory=list, description="When the person is free in general."
    )


@strawberry.input(description="A provider registers, with the first who speaks for it.")
class RegisterProviderInput(RegisterInput):
    """It takes part once that account is released."""

    provider_name: str = strawberry.field(default="", description="The organisation's name.")
    provider_introduction: str = strawberry.field(default="", description="What it offers.")
    provider_email: str = strawberry.field(default="", description="For everybody to see.")
    provider_phone: str = strawberry.field(default="", description="For everybody to see.")
    activities: list[str] = strawberry.field(
        default_factory=list, description="Codes of activities that are offered."
    )


@strawberry.input(description="Somebody registers to act for others who asked for it.")
class RegisterRepresentativeInput(RegisterInput):
    """With the address that the others have named."""


@strawberry.input(description="Somebody registers who speaks for a provider that is there.")
class RegisterCoordinatorInput(RegisterInput):
    """Nothing is seen of the provider's people before the release."""

    provider_id: strawberry.ID | None = strawberry.field(
        default=None, description="Of `providers`."
    )
