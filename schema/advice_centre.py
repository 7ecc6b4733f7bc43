"""Advice centres as the graph shows them."""

from collections.abc import Collection
from typing import Annotated

import strawberry

from domain import text
from domain.advice_centre import AdviceKind
from models import advice_centre as models
from notifications.language import Language
from schema import words
from schema.context import Info
from schema.disclosed import disclosed

Postcode = Annotated[
    str | None, strawberry.argument(description="Where one lives; null: the whole district.")
]
# So that many of one kind leave room for the others, and the office that decides is among them.
MOST_OF_A_KIND = 5


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


async def centres_of(
    info: Info, postcode: str | None, kinds: Collection[AdviceKind] | None = None
) -> list[AdviceCentre]:
    """Those for a postcode; of some kinds only, then a few of each. Read once per operation.

    Raises:
        PostcodeRefused: none that there could be.
    """
    here = None if postcode is None else text.postcode(postcode)
    rows = await info.context.advice.at(here)
    if kinds is not None:
        rows = [row for kind in AdviceKind if kind in kinds for row in _first_of(rows, kind)]
    return [centre_of(row, info.context.language) for row in rows]


def _first_of(rows: list[models.AdviceCentre], kind: AdviceKind) -> list[models.AdviceCentre]:
    return [row for row in rows if row.kind is kind][:MOST_OF_A_KIND]
