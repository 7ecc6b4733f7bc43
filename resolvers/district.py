"""Root fields about the district and its catalogue."""

import strawberry

from domain.activity import CATALOGUE
from models import district as models
from schema.context import Info
from schema.district import Activity, District, activity


@strawberry.type
class DistrictQueries:
    """Reading what everybody may read."""

    @strawberry.field(description="The district this portal serves.")
    async def district(self, info: Info) -> District:
        """One per deployment."""
        row = await models.District.get(key=info.context.district)
        return District(key=row.key, name=row.name, land=row.land)

    @strawberry.field(description="The activities that can be chosen, in reading order.")
    async def activities(self, info: Info) -> list[Activity]:
        """Retired ones are left out."""
        return [
            activity(code, info.context.language)
            for code, entry in CATALOGUE.items()
            if not entry.retired
        ]
