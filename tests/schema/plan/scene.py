"""One small, rich district for comparing answers: the same rows with the same ids in every run.

Ids and cursors are known before the database is, so strategies can be written with them.
"""

import base64
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.ids import encode
from models.user import User
from tests.schema.plan import (
    scene_appointments,
    scene_contracts,
    scene_conversations,
    scene_delegations,
    scene_evidence,
    scene_funding,
    scene_history,
    scene_meetings,
    scene_notifications,
    scene_orders,
    scene_people,
    scene_providers,
    scene_talks,
)
from tests.schema.plan.scene_cast import PEOPLE, PERSON, PROVIDER, Row
from tests.schema.plan.scene_delegations import ACTING
from tests.staging import guards_asleep

HOME = "03155"
ANONYMOUS = "anonymous"
STAFF = ("officer", "admin")
# In the order of their foreign keys.
TABLES: Mapping[str, Callable[[], list[Row]]] = {
    "districts": scene_people.districts,
    "municipalities": scene_people.municipalities,
    "providers": scene_people.providers,
    "provider_areas": scene_people.provider_areas,
    "provider_activities": scene_people.provider_activities,
    "provider_prices": scene_providers.provider_prices,
    "provider_recognitions": scene_providers.provider_recognitions,
    "users": scene_people.users,
    "seekers": scene_people.seekers,
    "assistants": scene_people.assistants,
    "coordinators": scene_people.coordinators,
    "applications": scene_providers.applications,
    "delegations": scene_delegations.delegations,
    "needs": scene_people.needs,
    "assistant_activities": scene_people.assistant_activities,
    "assistant_qualities": scene_people.assistant_qualities,
    "busy": scene_people.busy,
    "evidence": scene_evidence.evidence,
    "talks": scene_talks.talks,
    "talk_answers": scene_talks.talk_answers,
    "talk_slots": scene_talks.talk_slots,
    "talk_bookings": scene_talks.talk_bookings,
    "identity_checks": scene_people.identity_checks,
    "second_factors": scene_people.second_factors,
    "orders": scene_orders.orders,
    "order_activities": scene_orders.order_activities,
    "order_qualities": scene_orders.order_qualities,
    "matches": scene_orders.matches,
    "nominations": scene_orders.nominations,
    "contracts": scene_contracts.contracts,
    "contract_activities": scene_contracts.contract_activities,
    "contract_consents": scene_contracts.contract_consents,
    "conversations": scene_conversations.conversations,
    "conversation_messages": scene_conversations.conversation_messages,
    "appointment_plans": scene_appointments.appointment_plans,
    "appointments": scene_appointments.appointments,
    "funding_sources": scene_funding.funding_sources,
    "contract_funding": scene_funding.contract_funding,
    "funding_charges": scene_funding.funding_charges,
    "notifications": scene_notifications.notifications,
    "messages": scene_notifications.messages,
    "meetings": scene_meetings.meetings,
    "meeting_dates": scene_meetings.meeting_dates,
    "meeting_people": scene_meetings.meeting_people,
    "transitions": scene_history.transitions,
    "audit_seals": scene_history.audit_seals,
}
_KINDS = {
    "user": "users",
    "seeker": "seekers",
    "assistant": "assistants",
    "provider": "providers",
    "order": "orders",
    "match": "matches",
    "contract": "contracts",
    "conversation": "conversations",
    "meeting": "meetings",
    "appointment": "appointments",
    "fundingsource": "funding_sources",
    "municipality": "municipalities",  # no node: refused as malformed
    "talkslot": "talk_slots",  # likewise
    "talk": "talks",  # likewise
    "application": "applications",  # likewise
    "delegation": "delegations",  # likewise
    "appointmentplan": "appointment_plans",  # likewise
    "nomination": "nominations",  # likewise
    "notification": "notifications",  # likewise
    "auditentry": "transitions",  # likewise
    "fundingcharge": "funding_charges",  # likewise
    "coordinator": "coordinators",  # likewise
    "busy": "busy",  # likewise
    "evidence": "evidence",  # likewise
    "identitycheck": "identity_checks",  # likewise
    "meetingdate": "meeting_dates",  # likewise
}
NODES = (
    *("user", "seeker", "assistant", "provider", "order", "match"),
    *("contract", "meeting", "appointment", "fundingsource"),
)
_TYPES = {"fundingsource": "FundingSource"}
LABELS = (ANONYMOUS, *(each.label for each in PEOPLE), *ACTING)


def type_of(kind: str) -> str:
    """The type of a node, by the kind that stands in its ids."""
    return _TYPES.get(kind, kind.capitalize())


def cursor(value: UUID) -> str:
    """The cursor of a row, written down a second time."""
    return base64.urlsafe_b64encode(value.bytes).decode().rstrip("=")


KEYS: Mapping[str, list[UUID]] = {
    kind: [row["id"] for row in TABLES[table]()] for kind, table in _KINDS.items()
}
IDS: Mapping[str, list[str]] = {
    kind: [encode(kind, HOME, key) for key in keys] for kind, keys in KEYS.items()
}
CURSORS: Mapping[str, list[str]] = {
    kind: [cursor(key) for key in keys] for kind, keys in KEYS.items()
}


@dataclass(frozen=True, slots=True)
class Scene:
    """The scene in the database; a caller who acts is the account that is acted for."""

    callers: Mapping[str, User | None]
    ids: Mapping[str, list[str]]
    cursors: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Vicinity:
    """What lies around a caller: ids of every kind, and how often root fields are asked."""

    ids: Mapping[str, list[str]]
    roots: dict[str, int]


async def build(owner_url: str) -> Scene:
    """Put every row there, in an order that is not that of the ids."""
    async with guards_asleep(owner_url) as connection:
        for table, rows in TABLES.items():
            found = rows()
            random.Random(table).shuffle(found)
            columns = list(found[0])
            records = [tuple(row[name] for name in columns) for row in found]
            await connection.copy_records_to_table(table, records=records, columns=columns)
    people = {user.id: user for user in await User.all()}
    callers: dict[str, User | None] = {label: people[key] for label, key in PERSON.items()}
    callers |= {label: people[PERSON[each.principal]] for label, each in ACTING.items()}
    return Scene(callers | {ANONYMOUS: None}, IDS, CURSORS)


def vicinity(label: str) -> Vicinity:
    """Around a caller: everything for released staff, else what is one or two steps away."""
    if label in ACTING:
        return vicinity(ACTING[label].principal)
    role = next((each.role for each in PEOPLE if each.label == label), "ANONYMOUS")
    if label in STAFF:
        return Vicinity(IDS, {"orders": 12, "accounts": 14, "suggestedOrders": 1})
    if role == "SEEKER":
        return Vicinity(_around(label), {"orders": 12, "suggestedOrders": 1})
    return Vicinity(_around(label), {"suggestedOrders": 16, "orders": 1})


def _around(label: str) -> Mapping[str, list[str]]:
    """Own rows and those one or two steps away, whether they may be seen or not."""
    rows = {kind: {row["id"]: row for row in TABLES[_KINDS[kind]]()} for kind in NODES}
    me = PERSON.get(label)
    speaks_for = next((each.speaks_for for each in PEOPLE if each.label == label), None)
    provider = PROVIDER[speaks_for] if speaks_for else None
    own_orders = {key for key, row in rows["order"].items() if row["seeker_id"] == me}
    matches = [
        row
        for row in rows["match"].values()
        if row["order_id"] in own_orders
        or (me and row["assistant_id"] == me)
        or (provider and row["provider_id"] == provider)
    ]
    orders = own_orders | {row["order_id"] for row in matches}
    assistants = (
        {row["assistant_id"] for row in matches}
        | {me}
        | {
            key
            for key, row in rows["assistant"].items()
            if provider and row["provider_id"] == provider
        }
    )
    coming = {row["meeting_id"] for row in scene_meetings.meeting_people() if row["user_id"] == me}
    found = {
        "meeting": coming,
        "appointment": scene_appointments.of(label),
        "fundingsource": {
            key for key, row in rows["fundingsource"].items() if row["seeker_id"] == me
        },
        "match": {row["id"] for row in matches},
        "order": orders,
        "seeker": {rows["order"][key]["seeker_id"] for key in orders} | {me},
        "assistant": assistants,
        "user": {me},
        "provider": set(rows["provider"]),
        "contract": {
            key
            for key, row in rows["contract"].items()
            if row["order_id"] in orders or me in (row["seeker_id"], row["assistant_id"])
        },
    }
    return {
        kind: [encode(kind, HOME, key) for key in rows[kind] if key in keys]
        for kind, keys in found.items()
    }
