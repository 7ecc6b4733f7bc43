"""The root field of advice centres."""

import strawberry

from schema.advice_centre import AdviceCentre, Postcode, centres_of
from schema.context import Info


@strawberry.type
class AdviceCentreQueries:
    """Where to ask."""

    @strawberry.field(
        description="Who advises there about assistance and its payers, the independent ones first."
    )
    async def advice_centres(self, info: Info, postcode: Postcode = None) -> list[AdviceCentre]:
        """For everybody; P2."""
        return await centres_of(info, postcode)
