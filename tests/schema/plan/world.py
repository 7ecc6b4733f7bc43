"""Every row there is, as its owner reads it: what the oracle and the facts look at."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import asyncpg

from models.database import parse_url

Row = Mapping[str, Any]
_TABLES = (
    "users",
    "seekers",
    "assistants",
    "coordinators",
    "providers",
    "orders",
    "matches",
    "districts",
    "municipalities",
    "talks",
    "talk_answers",
    "talk_slots",
    "talk_bookings",
    "evidence",
    "identity_checks",
    "second_factors",
    "needs",
    "assistant_activities",
    "order_activities",
    "order_qualities",
    "assistant_qualities",
    "busy",
    "provider_activities",
    "provider_areas",
    "provider_prices",
    "provider_recognitions",
    "applications",
    "delegations",
    "nominations",
    "contracts",
    "contract_activities",
    "contract_consents",
    "conversations",
    "conversation_messages",
    "notifications",
    "messages",
    "appointments",
    "appointment_plans",
    "funding_sources",
    "funding_charges",
    "contract_funding",
    "meetings",
    "meeting_dates",
    "meeting_people",
    "transitions",
    "audit_seals",
)
_TABLE_OF = {
    "User": "users",
    "Seeker": "seekers",
    "Assistant": "assistants",
    "Provider": "providers",
    "Order": "orders",
    "Match": "matches",
    "TalkSlot": "talk_slots",
    "Application": "applications",
    "Delegation": "delegations",
    "Coordinator": "coordinators",
    "Nomination": "nominations",
    "Contract": "contracts",
    "Conversation": "conversations",
    "Message": "conversation_messages",
    "Notification": "notifications",
    "Appointment": "appointments",
    "AppointmentPlan": "appointment_plans",
    "FundingSource": "funding_sources",
    "FundingCharge": "funding_charges",
    "Meeting": "meetings",
    "TimelineEntry": "transitions",
    "AuditEntry": "transitions",
}


class World:
    """Every row there is."""

    def __init__(self, tables: Mapping[str, list[Row]]) -> None:
        self._tables = tables
        self._by_id = {
            name: {row["id"]: row for row in tables[name]} for name in _TABLE_OF.values()
        }

    @classmethod
    async def load(cls, owner_url: str) -> "World":
        """All tables, as their owner, whom nothing is hidden from."""
        connection = await asyncpg.connect(**parse_url(owner_url).arguments())
        try:
            return cls(
                {
                    name: [dict(row) for row in await connection.fetch(f"SELECT * FROM {name}")]  # noqa: S608  our own names
                    for name in _TABLES
                }
            )
        finally:
            await connection.close()

    def rows(self, kind: str) -> list[Row]:
        """The rows of a kind, oldest first."""
        return sorted(self._tables[_TABLE_OF[kind]], key=lambda row: row["id"].int)

    def row(self, kind: str, key: UUID | None) -> Row | None:
        """A row by its id."""
        return None if key is None else self._by_id[_TABLE_OF[kind]].get(key)

    def those(self, table: str, column: str, value: Any) -> list[Row]:
        """The rows of any table with a value in a column, oldest first."""
        found = [row for row in self._tables[table] if row[column] == value]
        if table == "districts":
            return found
        return sorted(found, key=lambda row: row["id"].int if "id" in row else row["sequence"])

    def first(self, table: str, column: str, value: Any) -> Row | None:
        """The only row of a table with a value in a column."""
        return next(iter(self.those(table, column, value)), None)
