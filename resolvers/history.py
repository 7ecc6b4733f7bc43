"""Root fields about the history."""

import strawberry

from models.history import Transition as Row
from schema.connection import Connection
from schema.history import AuditEntry, AuditFilter, DeedFilter
from schema.plan.field import connection


@strawberry.type
class HistoryQueries:
    """What was done, when, and by whom."""

    audit_entries: Connection[AuditEntry] = connection(
        "The history of your own account, orders and matches; all of it for staff.",
        rows=Row.concerning,
        where=AuditFilter,
        sortable=True,
    )
    deeds: Connection[AuditEntry] = connection(
        "The history by who did something; for staff alone.",
        rows=Row.deeds,
        where=DeedFilter,
        sortable=True,
    )
