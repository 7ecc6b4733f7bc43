"""Busy spans of assistants, for themselves, their provider and staff."""

from datetime import datetime

import strawberry

from models import busy as models
from models.busy import BusyKind
from schema.plan.entity import entity
from schema.plan.field import column, identifier


@entity(models.Busy, "A time in which an assistant is busy; why is nobody's business.")
class Busy:
    """Matching leaves it out."""

    id: strawberry.ID | None = identifier("The span's id.")
    kind: BusyKind | None = column("An absence, a meeting or an appointment.")
    begins_at: datetime | None = column("From when.")
    ends_at: datetime | None = column("Until when.")
