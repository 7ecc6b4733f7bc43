"""What each field of a visible row has to say, from the columns alone, and the comparison."""

from collections.abc import Callable
from typing import Any

from domain.disclosure import DISCLOSURE
from domain.ids import encode
from domain.window import windows_of
from tests.schema.plan.facts_appointment import appointment, busy, plan
from tests.schema.plan.facts_base import SOMETHING, Facts, Page, Ref, columns, seen, told
from tests.schema.plan.facts_contract import contract
from tests.schema.plan.facts_conversation import conversation, message
from tests.schema.plan.facts_delegation import delegation
from tests.schema.plan.facts_evidence import hold, proofs
from tests.schema.plan.facts_factor import second_factor
from tests.schema.plan.facts_funding import funding_charge, funding_source
from tests.schema.plan.facts_history import audit_entry, timeline_entry
from tests.schema.plan.facts_meeting import meeting
from tests.schema.plan.facts_nomination import nomination
from tests.schema.plan.facts_notification import notification
from tests.schema.plan.facts_provider import application, colleague, price_facts
from tests.schema.plan.facts_talk import booking, bookings, slot, talk
from tests.schema.plan.oracle import AGREED, Eyes
from tests.schema.plan.scene import HOME
from tests.schema.plan.world import Row


def facts(eyes: Eyes, ref: Ref) -> Facts:
    """Every field of a row that is visible: a value, or None where the ladder hides it."""
    row, kind = ref.row, ref.kind
    said = {"__typename": kind, "id": encode(kind.lower(), HOME, row["id"])}
    said |= _FIELDS[kind](eyes, row)
    stage = eyes.stage(kind, row)
    return {
        name: value if name == "__typename" or stage >= DISCLOSURE[kind][name] else None
        for name, value in said.items()
    }


def _place(eyes: Eyes, key: Any) -> Facts | None:
    found = eyes.world.first("municipalities", "id", key)
    return None if found is None else {"name": found["name"], "postcodes": found["postcodes"]}


def _codes(eyes: Eyes, table: str, column: str, row: Row) -> list[Facts]:
    found = [each["activity_id"] for each in eyes.world.those(table, column, row["id"])]
    return [{"code": code, "label": SOMETHING} for code in sorted(found)]


def _sorted_by(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: str(row["quality_id"]))


def _windows(row: Row) -> list[Facts]:
    return [
        {"weekday": each.weekday, "start": each.start, "end": each.end}
        for each in windows_of(row["week"])
    ]


def _visible(eyes: Eyes, kind: str, table: str, column: str, row: Row) -> list[Ref]:
    found = eyes.world.those(table, column, row["id"])
    return [Ref(kind, each) for each in found if eyes.sees(kind, each)]


def _timeline(eyes: Eyes, column: str, row: Row) -> Page:
    return Page(_visible(eyes, "TimelineEntry", "transitions", column, row))


def _order(eyes: Eyes, row: Row) -> Facts:
    matches = eyes.world.those("matches", "order_id", row["id"])
    shown = [each for each in matches if eyes.sees("Match", each)]
    own = [each for each in shown if eyes.is_acceptor_of(each)]
    asked = [each for each in matches if each["state"] == "SUGGESTED"]
    houses = [each for each in asked if each["kind"] == "PROVIDER"]
    return {
        **columns(
            row,
            "version state kind description durationMinutes needsDriving startsAt startDate"
            " interval count maxDistanceKm createdAt releasedAt expiresAt personalReason",
        ),
        **dict.fromkeys(
            ("stateLabel", "draftIssues", "draftProblems", "availableActions", "nextStep"),
            SOMETHING,
        ),
        "descriptionWarnings": SOMETHING,
        "qualityWarnings": SOMETHING,
        "qualities": [
            {"quality": {"code": each["quality_id"], "label": SOMETHING}, "must": each["must"]}
            for each in _sorted_by(eyes.world.those("order_qualities", "order_id", row["id"]))
        ],
        "windows": _windows(row),
        "activities": _codes(eyes, "order_activities", "order_id", row),
        "municipality": _place(eyes, row["municipality_id"]),
        "seeker": seen(eyes, "Seeker", row["seeker_id"]),
        "matches": Page([Ref("Match", each) for each in shown]),
        "timeline": _timeline(eyes, "order_id", row),
        "suggestedCount": told(eyes, row, len(asked) - len(houses)),
        "suggestedProviderCount": len(houses),
        "acceptedCount": len([each for each in matches if each["state"] in AGREED]),
        "myMatch": Ref("Match", own[0]) if own else None,
    }


def _match(eyes: Eyes, row: Row) -> Facts:
    return {
        **columns(row, "version state kind createdAt decidedAt"),
        **dict.fromkeys(("stateLabel", "availableActions", "nextStep"), SOMETHING),
        "explanation": [
            {"code": code, "met": met, "label": SOMETHING}
            for name, met in (("met", True), ("unmet", False))
            for code in row[name].split()
            if eyes.staff
            or row["state"] not in {"SUGGESTED", "DECLINED", "WITHDRAWN", "LAPSED"}
            or not code.startswith(("SPR_", "ERF_", "GES_"))
        ],
        "order": seen(eyes, "Order", row["order_id"]),
        "assistant": seen(eyes, "Assistant", row["assistant_id"]),
        "provider": seen(eyes, "Provider", row["provider_id"]),
        "timeline": _timeline(eyes, "match_id", row),
        "nominee": seen(eyes, "Assistant", row["nominee_id"]),
        "meetings": _visible(eyes, "Meeting", "meetings", "match_id", row),
        "nominations": _visible(eyes, "Nomination", "nominations", "match_id", row),
        "conversation": next(
            iter(_visible(eyes, "Conversation", "conversations", "match_id", row)), None
        ),
        "contracts": _visible(eyes, "Contract", "contracts", "match_id", row),
        "proofsExpired": row["kind"] == "ASSISTANT"
        and not hold(eyes.world.row("Assistant", row["assistant_id"])),
        "distanceClass": None if row["distance_km"] is None else SOMETHING,
    }


def _person(eyes: Eyes, row: Row, names: str) -> Facts:
    user = eyes.world.row("User", row["id"])
    assert user is not None
    return {
        **columns(user, f"firstName lastName email phone mobile {names}"),
        "municipality": _place(eyes, user["municipality_id"]),
        "introduction": row["introduction"],
        "introductionWarnings": SOMETHING,
        "windows": _windows(row),
    }


def _seeker(eyes: Eyes, row: Row) -> Facts:
    return {
        **_person(eyes, row, "street postcode"),
        "actingFor": row["acting_for"],
        "needs": _codes(eyes, "needs", "seeker_id", row),
        "fundingSources": Page(
            _visible(eyes, "FundingSource", "funding_sources", "seeker_id", row)
        ),
    }


def _assistant(eyes: Eyes, row: Row) -> Facts:
    return {
        **_person(eyes, row, ""),
        **columns(row, "employment hasCar radiusKm"),
        "languages": row["languages"].split(),
        "qualities": [
            {"code": each["quality_id"], "label": SOMETHING}
            for each in _sorted_by(
                eyes.world.those("assistant_qualities", "assistant_id", row["id"])
            )
        ],
        "busy": busy(eyes, row),
        "activities": _codes(eyes, "assistant_activities", "assistant_id", row),
        "provider": seen(eyes, "Provider", row["provider_id"]),
        **proofs(row, eyes.world.those("evidence", "assistant_id", row["id"]), SOMETHING),
    }


def _provider(eyes: Eyes, row: Row) -> Facts:
    areas = eyes.world.those("provider_areas", "provider_id", row["id"])
    places = [_place(eyes, each["municipality_id"]) or {} for each in areas]
    return {
        **columns(row, "version name introduction email phone"),
        **price_facts(row, eyes.world),
        "coordinators": [
            colleague(eyes, each)
            for each in eyes.world.those("coordinators", "provider_id", row["id"])
            if eyes.sees("Coordinator", each)
        ],
        "availableActions": SOMETHING,
        "activities": _codes(eyes, "provider_activities", "provider_id", row),
        "municipalities": sorted(places, key=lambda each: str(each["name"])),
    }


def _user(eyes: Eyes, row: Row) -> Facts:
    entry = eyes.world.first("coordinators", "user_id", row["id"])
    return {
        **columns(
            row,
            "version role state firstName lastName email phone mobile street postcode language"
            " createdAt",
        ),
        **dict.fromkeys(("roleLabel", "stateLabel", "availableActions", "nextStep"), SOMETHING),
        "emailConfirmed": row["email"] and row["email_confirmed_at"] is not None,
        "municipality": _place(eyes, row["municipality_id"]),
        "seeker": seen(eyes, "Seeker", row["id"]),
        "assistant": seen(eyes, "Assistant", row["id"]),
        "provider": seen(eyes, "Provider", entry and entry["provider_id"]),
        **second_factor(eyes.world.first("second_factors", "user_id", row["id"])),
        "talkBooking": next(
            (
                booking(eyes, each)
                for each in bookings(eyes, row, "user_id")
                if each["state"] == "BOOKED"
            ),
            None,
        ),
        "talks": [talk(eyes, each) for each in eyes.world.those("talks", "user_id", row["id"])],
        "identityChecks": [
            columns(each, "document verdict checkedOn")
            | {"id": encode("identitycheck", HOME, each["id"])}
            for each in eyes.world.those("identity_checks", "user_id", row["id"])
        ],
    }


def _contract(eyes: Eyes, row: Row) -> Facts:
    shown = _visible(eyes, "Appointment", "appointments", "contract_id", row)
    rules = [
        Ref("AppointmentPlan", each)
        for each in eyes.world.those("appointment_plans", "contract_id", row["id"])
    ]
    return contract(eyes, row) | {"appointments": Page(shown), "plans": rules}


def _appointment(eyes: Eyes, row: Row) -> Facts:
    agreed = eyes.world.row("Contract", row["contract_id"])
    order = agreed and eyes.world.row("Order", agreed["order_id"])
    return appointment(eyes, row, order and _place(eyes, order["municipality_id"]))


_FIELDS: dict[str, Callable[[Eyes, Row], Facts]] = {
    "Order": _order,
    "Match": _match,
    "Seeker": _seeker,
    "Assistant": _assistant,
    "Provider": _provider,
    "User": _user,
    "TalkSlot": slot,
    "Application": application,
    "Delegation": delegation,
    "Nomination": nomination,
    "Contract": _contract,
    "Appointment": _appointment,
    "AppointmentPlan": plan,
    "FundingSource": funding_source,
    "FundingCharge": funding_charge,
    "Conversation": conversation,
    "Message": message,
    "Notification": notification,
    "Meeting": meeting,
    "TimelineEntry": timeline_entry,
    "AuditEntry": audit_entry,
}


def differences(eyes: Eyes, wanted: Any, found: Any, way: str = "") -> list[str]:
    """Where an answer says something else than the facts, as far as it was asked."""
    if wanted is SOMETHING:
        return [f"{way}: nothing"] if found is None else []
    if isinstance(wanted, Ref) and found is not None:
        wanted = facts(eyes, wanted)
    if isinstance(wanted, Page) and found is not None:
        wanted = {
            "totalCount": len(wanted.rows),
            "nodes": wanted.rows,
            "edges": [{"node": each} for each in wanted.rows],
        }
    if isinstance(wanted, dict) and isinstance(found, dict):
        pairs = [(wanted[name], value, f"{way}.{name}") for name, value in found.items()]
    elif isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        pairs = [
            (a, b, f"{way}[{at}]") for at, (a, b) in enumerate(zip(wanted, found, strict=True))
        ]
    else:
        return [] if wanted == found else [f"{way}: {wanted!r} expected, not {found!r}"]
    return [each for pair in pairs for each in differences(eyes, *pair)]
