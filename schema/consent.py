"""Consents: the texts, what a client says about them, and what it is answered."""

from datetime import datetime
from typing import Annotated

import strawberry

from domain.consent import Consent, ConsentKind
from schema.disclosed import disclosed
from schema.order_input import KEY
from schema.refusal import Refusals


@disclosed
@strawberry.type(description="A text that somebody in your role agrees to.")
class ConsentText:
    """As it counts now."""

    kind: ConsentKind = strawberry.field(description="Which one.")
    version: int = strawberry.field(description="Send it with your agreement.")
    title: str = strawberry.field(description="What it is called.")
    text: str = strawberry.field(description="The whole text.")
    withdrawable: bool = strawberry.field(description="Whether the agreement can be withdrawn.")
    given_at: datetime | None = strawberry.field(
        description="When you agreed to this version; null if you have not."
    )


@disclosed
@strawberry.type(description="That you agreed to a text, and the text as it was then.")
class Agreement:
    """Kept when a newer version takes its place, and when it is withdrawn."""

    kind: ConsentKind = strawberry.field(description="Which one.")
    version: int = strawberry.field(description="In which version.")
    language: str = strawberry.field(description="The language that you read it in, a BCP 47 tag.")
    title: str = strawberry.field(description="What it was called.")
    text: str = strawberry.field(description="The whole text, as you read it.")
    given_at: datetime = strawberry.field(description="When you agreed.")
    withdrawn_at: datetime | None = strawberry.field(description="When you withdrew, if you did.")


@strawberry.input(description="Agreement to a text in the version that was read.")
class ConsentInput:
    """Of `consents` or `form`."""

    kind: ConsentKind = strawberry.field(description="Which text.")
    version: int = strawberry.field(description="Which version.")

    def consent(self) -> Consent:
        """As the rules take it."""
        return Consent(self.kind, self.version)


@strawberry.input(description="Texts are agreed to.")
class GiveConsentsInput:
    """Once more changes nothing."""

    consents: list[ConsentInput] = strawberry.field(description="Which ones.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A consent is withdrawn.")
class WithdrawConsentInput:
    """As easily as it was given."""

    kind: ConsentKind = strawberry.field(description="Which one.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@disclosed
@strawberry.type(description="Your agreements as they are now.")
class ConsentsChanged:
    """All texts of your role."""

    message: str = strawberry.field(description="What happened.")
    consents: list[ConsentText] = strawberry.field(description="The texts.")


ConsentsPayload = Annotated[
    ConsentsChanged | Refusals,
    strawberry.union("ConsentsPayload", description="The agreements as now, or a refusal."),
]
