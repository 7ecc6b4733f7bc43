"""Root fields about reports."""

import strawberry

from models.report import Report as Row
from resolvers.outcome import key_of, outcome
from resolvers.user import said
from schema.connection import Connection
from schema.context import Info
from schema.node import Given
from schema.plan.field import connection
from schema.report import (
    HandleReportInput,
    HandleReportPayload,
    Report,
    ReportHandled,
    ReportReceived,
    ReportUserInput,
    ReportUserPayload,
)
from services import report as services


@strawberry.type
class ReportQueries:
    """What waits for customer service."""

    reports: Connection[Report] = connection(
        "Reports that nobody has handled yet, the oldest first; for staff alone.",
        rows=Row.waiting,
    )


@strawberry.type
class ReportMutations:
    """Telling, and looking into it."""

    @strawberry.mutation(description="Tell customer service about the other side of a match.")
    async def report_user(self, info: Info, input: Given[ReportUserInput]) -> ReportUserPayload:
        """F21."""

        async def work() -> ReportReceived:
            await services.report_user(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.match_id, "match", "matchId"),
                input.reason,
                input.note,
            )
            return received(info)

        return await outcome(info, work)

    @strawberry.mutation(description="Note that a report was looked into.")
    async def handle_report(
        self, info: Info, input: Given[HandleReportInput]
    ) -> HandleReportPayload:
        """F21."""

        async def work() -> ReportHandled:
            await services.handle_report(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.report_id, "report", "reportId"),
            )
            return ReportHandled(message=said(info, "report_handled", "message"))

        return await outcome(info, work)


def received(info: Info) -> ReportReceived:
    """What whoever told customer service reads: that it arrived, and what comes next."""
    return ReportReceived(
        message=said(info, "reported", "message"),
        next_step=said(info, "reported", "next_step"),
    )
