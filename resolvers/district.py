"""Root fields about the district and its catalogue."""

import strawberry

from schema.district import Activity, District, catalogue
from schema.plan.field import computed, current
from schema.quality import Quality
from schema.quality import catalogue as qualities


@strawberry.type
class DistrictQueries:
    """Reading what everybody may read."""

    district: District = current(
        "The district this portal serves.", lambda context: context.district
    )
    qualities: list[Quality] = computed(
        qualities, "The qualities that can be chosen, in reading order."
    )
    activities: list[Activity] = computed(
        catalogue, "The activities that can be chosen, in reading order."
    )
