"""The root field of advice centres."""

from typing import Annotated

import strawberry

from models.advice_centre import AdviceCentre as Row
from schema.advice_centre import AdviceCentre, centre_of
from schema.context import Info

Postcode = Annotated[
    str | None, strawberry.argument(description="Where one lives; null: the whole district.")
]


@strawberry.type
class AdviceCentreQueries:
    """Where to ask."""

    @strawberry.field(
        description="Who advises there about assistance and its payers, the independent ones first."
    )
    async def advice_centres(self, info: Info, postcode: Postcode = None) -> list[AdviceCentre]:
        """For everybody; P2."""
        rows = await Row.of_postcode(info.context.district, postcode and postcode.strip())
        return [centre_of(row, info.context.language) for row in rows]
