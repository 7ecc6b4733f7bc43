"""Reports: somebody tells customer service that the other side of a match behaved wrongly."""

from datetime import timedelta
from enum import StrEnum

NOTE_LIMIT = 2000
PER_DAY = 10
# After a report was handled; our decision.
KEPT = timedelta(days=180)


class ReportReason(StrEnum):
    """What it is about."""

    SAFETY = "SAFETY"
    BEHAVIOUR = "BEHAVIOUR"
    FRAUD = "FRAUD"
    NOT_AS_AGREED = "NOT_AS_AGREED"
    OTHER = "OTHER"
