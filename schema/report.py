"""Reports as staff sees them, and what a client says and is answered."""

from datetime import datetime
from typing import Annotated

import strawberry

from domain.report import ReportReason
from models import report as models
from schema.disclosed import disclosed
from schema.order_input import KEY
from schema.plan.entity import entity
from schema.plan.field import column, identifier, relation
from schema.provider import Provider
from schema.refusal import Refusals
from schema.user import User


@entity(models.Report, "That somebody told customer service about the other side of a match.")
class Report:
    """For staff alone."""

    id: strawberry.ID | None = identifier("Pass it to `handleReport`.")
    reason: ReportReason | None = column("What it is about.")
    note: str | None = column("In the person's own words.")
    message_text: str | None = column("The message that it is about.", "message__text")
    created_at: datetime | None = column("When it was said.")
    handled_at: datetime | None = column("When somebody looked into it.")
    reporter: User | None = relation("Who said it.", key="reporter_id")
    subject: User | None = relation("About whom; null if it is about a provider.", key="subject_id")
    provider: Provider | None = relation("About which provider.", key="provider_id")


@strawberry.input(description="Somebody tells customer service about the other side of a match.")
class ReportUserInput:
    """The other side is not told."""

    match_id: strawberry.ID = strawberry.field(description="A match with whom it is about.")
    reason: ReportReason = strawberry.field(description="What it is about.")
    note: str = strawberry.field(default="", description="In your own words, 2000 characters.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Somebody of the staff has looked into a report.")
class HandleReportInput:
    """It leaves the list."""

    report_id: strawberry.ID = strawberry.field(description="Which one.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@disclosed
@strawberry.type(description="Customer service has your report.")
class ReportReceived:
    """The other side learns nothing of it."""

    message: str = strawberry.field(description="What happened.")
    next_step: str = strawberry.field(description="What happens next.")


@disclosed
@strawberry.type(description="A report was looked into.")
class ReportHandled:
    """Read `reports` anew."""

    message: str = strawberry.field(description="What happened.")


ReportUserPayload = Annotated[
    ReportReceived | Refusals,
    strawberry.union("ReportUserPayload", description="Received, or a refusal."),
]
HandleReportPayload = Annotated[
    ReportHandled | Refusals,
    strawberry.union("HandleReportPayload", description="Done, or a refusal."),
]
