"""What a client says about absences, and what it is answered."""

from datetime import datetime
from typing import Annotated

import strawberry

from schema.order_input import KEY
from schema.person import Assistant
from schema.refusal import Refusals


@strawberry.input(description="An assistant is away for a while.")
class ReportAbsenceInput:
    """The reason is asked by nobody."""

    begins_at: datetime = strawberry.field(description="From when, with its zone.")
    ends_at: datetime = strawberry.field(description="Until when, with its zone.")
    assistant_id: strawberry.ID | None = strawberry.field(
        default=None, description="For coordinators: who of the own people."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An absence is taken back.")
class CancelAbsenceInput:
    """By id."""

    busy_id: strawberry.ID = strawberry.field(description="The absence.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


AssistantPayload = Annotated[
    Assistant | Refusals,
    strawberry.union("AssistantPayload", description="The assistant as now, or a refusal."),
]
