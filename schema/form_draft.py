"""Registrations that are not finished, as whoever has the token sees them."""

from datetime import datetime
from typing import Annotated

import strawberry

from domain.form import FormName
from schema.disclosed import disclosed
from schema.order_input import KEY
from schema.refusal import Refusals


@strawberry.input(description="What stands in one field.")
class DraftValueInput:
    """Passwords are never kept."""

    field: str = strawberry.field(description="The field's name in `form`.")
    value: str = strawberry.field(description="What stands there, as JSON.")


@strawberry.input(description="A registration is to be finished later.")
class SaveDraftInput:
    """Kept for 14 days after the last time."""

    form: FormName = strawberry.field(description="Which registration.")
    values: list[DraftValueInput] = strawberry.field(description="All that is filled in.")
    token: str | None = strawberry.field(
        default=None, description="Of the draft that this one takes the place of."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A draft is not wanted any more.")
class DiscardDraftInput:
    """After registering, or for good."""

    token: str = strawberry.field(description="Of the draft.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@disclosed
@strawberry.type(description="What stands in one field.")
class DraftValue:
    """As it was sent."""

    field: str = strawberry.field(description="The field's name in `form`.")
    value: str = strawberry.field(description="What stands there, as JSON.")


@disclosed
@strawberry.type(description="A registration that is not finished.")
class FormDraft:
    """Whoever has the token may read and change it: keep it like a password."""

    token: str = strawberry.field(description="Opens the draft; it is stored nowhere.")
    form: FormName = strawberry.field(description="Which registration.")
    values: list[DraftValue] = strawberry.field(description="What is filled in.")
    expires_at: datetime = strawberry.field(description="When it is deleted.")


@disclosed
@strawberry.type(description="A draft is gone.")
class DraftDiscarded:
    """Whether or not there was one."""

    message: str = strawberry.field(description="What happened.")


FormDraftPayload = Annotated[
    FormDraft | Refusals,
    strawberry.union("FormDraftPayload", description="As it is kept, or a refusal."),
]
DiscardDraftPayload = Annotated[
    DraftDiscarded | Refusals,
    strawberry.union("DiscardDraftPayload", description="Gone, or a refusal."),
]
