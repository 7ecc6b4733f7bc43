"""Advice centres as the graph shows them."""

import strawberry

from domain.advice_centre import AdviceKind
from models import advice_centre as models
from notifications.language import Language
from schema import words
from schema.disclosed import disclosed


@disclosed
@strawberry.type(description="A place that advises about assistance, free of charge.")
class AdviceCentre:
    """As the district has said."""

    kind: AdviceKind = strawberry.field(description="What it is there for.")
    kind_label: str = strawberry.field(description="The same in words.")
    name: str = strawberry.field(description="What it is called.")
    address: str = strawberry.field(description="Where it is.")
    phone: str | None = strawberry.field(description="Where to call.")
    email: str | None = strawberry.field(description="Where to write.")
    web: str | None = strawberry.field(description="Where it says more of itself.")
    hours: str | None = strawberry.field(description="When somebody is there, as it says itself.")
    postcodes: list[str] = strawberry.field(
        description="For whom it is there; empty: for the whole district."
    )


def centre_of(row: models.AdviceCentre, language: Language) -> AdviceCentre:
    """In the reader's language."""
    return AdviceCentre(
        kind=row.kind,
        kind_label=words.enum("advice_kind", row.kind, language),
        name=row.name,
        address=row.address,
        phone=row.phone,
        email=row.email,
        web=row.web,
        hours=row.hours,
        postcodes=row.postcodes,
    )
