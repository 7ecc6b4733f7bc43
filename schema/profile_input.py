"""What people say of themselves later."""

import strawberry

from domain.user import Employment
from notifications.language import Language
from schema.order_input import KEY, TimeWindowInput


@strawberry.input(description="You say something else of yourself.")
class UpdateProfileInput:
    """By the form `SEEKER_PROFILE`, `ASSISTANT_PROFILE` or `CONTACT`; what is left out stays."""

    introduction: str | None = strawberry.field(
        default=strawberry.UNSET, description="A few sentences."
    )
    street: str | None = strawberry.field(
        default=strawberry.UNSET, description="Street and number."
    )
    postcode: str | None = strawberry.field(
        default=strawberry.UNSET, description="Within the district."
    )
    phone: str | None = strawberry.field(default=strawberry.UNSET, description="Landline.")
    mobile: str | None = strawberry.field(default=strawberry.UNSET, description="Mobile.")
    needs: list[str] | None = strawberry.field(
        default=strawberry.UNSET,
        description="Seekers: codes of all activities that support is needed with.",
    )
    employment: Employment | None = strawberry.field(
        default=strawberry.UNSET, description="Assistants: how they work."
    )
    activities: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="Assistants: codes of all activities they offer."
    )
    qualities: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="Assistants: codes of all qualities they state."
    )
    languages: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="Assistants: all languages that are spoken."
    )
    has_car: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Assistants: can drive people."
    )
    radius_km: int | None = strawberry.field(
        default=strawberry.UNSET, description="Assistants: how far they go."
    )
    windows: list[TimeWindowInput] | None = strawberry.field(
        default=strawberry.UNSET, description="All times in general."
    )
    language: Language | None = strawberry.field(
        default=None, description="Of mails, for everybody; null leaves it."
    )
    if_version: int | None = strawberry.field(
        default=None, description="Refused as stale unless this is the account's version."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
