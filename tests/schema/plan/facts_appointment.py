"""What an appointment has to say, from the columns alone."""

from datetime import UTC, datetime
from typing import Any

from domain.ids import encode
from tests.schema.plan.facts_base import SOMETHING, Facts, columns, seen
from tests.schema.plan.oracle import Eyes
from tests.schema.plan.scene import HOME
from tests.schema.plan.world import Row

_FIXED = {"FIXED", "WORKED", "CONFIRMED"}


def appointment(eyes: Eyes, row: Row, place: Any) -> Facts:
    """For the client, whoever comes, the provider and staff; `place` is the municipality."""
    worked = row["worked_from"] and (row["worked_until"] - row["worked_from"]).seconds // 60
    codes = sorted(
        each["activity_id"]
        for each in eyes.world.those("contract_activities", "contract_id", row["contract_id"])
    )
    return {
        **columns(
            row,
            "version state proposedBy startsAt endsAt workedFrom workedUntil cancelReason"
            " cancelledBy createdAt",
        ),
        **dict.fromkeys(("stateLabel", "availableActions", "nextStep"), SOMETHING),
        "gap": row["gap"] and row["starts_at"] > datetime.now(UTC),
        "minutesWorked": worked,
        "cancelLabel": row["cancel_reason"] and SOMETHING,
        "isStandIn": row["stands_in_for_id"] is not None,
        "isPlanned": row["plan_id"] is not None,
        "activities": [{"code": code, "label": SOMETHING} for code in codes],
        "municipality": place,
        **_people(eyes, row),
        "seeker": seen(eyes, "Seeker", row["seeker_id"]),
        "assistant": seen(eyes, "Assistant", row["assistant_id"]),
        "provider": seen(eyes, "Provider", row["provider_id"]),
        "contract": seen(eyes, "Contract", row["contract_id"]),
        "warnings": [{"code": code, "message": SOMETHING} for code in _warnings(eyes, row)],
    }


def _people(eyes: Eyes, row: Row) -> Facts:
    """Names are there when it is fixed; of a stand-in the client learns once it was a yes."""
    client, comer = (eyes.world.row("User", row[key]) for key in ("seeker_id", "assistant_id"))
    assert client is not None
    assert comer is not None
    town = eyes.world.first("municipalities", "id", client["municipality_id"])
    place = f"{client['postcode']} {town['name']}" if town else client["postcode"]
    own = eyes.role == "SEEKER"
    stands_in = row["stands_in_for_id"] is not None
    silent = own and stands_in and (row["agreed_at"] is None or row["state"] == "CANCELLED")
    named = row["state"] in _FIXED or own or eyes.staff
    told = (row["state"] == "FIXED" or own) and client["street"]
    return {
        "clientName": f"{client['first_name']} {client['last_name']}" if named else None,
        "address": f"{client['street']}, {place}" if told else None,
        "comerName": None if silent else comer["first_name"],
    }


def _warnings(eyes: Eyes, row: Row) -> list[str]:
    found = [name.upper() for name in ("short_rest", "long_day") if row[name]]
    if eyes.role == "SEEKER":
        found = []
    return found + (["BESIDE_ANOTHER"] if row["beside_another"] else [])


def plan(eyes: Eyes, row: Row) -> Facts:
    """A rule; whoever sees the contract sees it."""
    pairs = [word.split("@") for word in row["slots"].split()]
    return {
        **columns(
            row,
            "version state proposedBy interval minutes firstOn lastOn holidays plannedUntil"
            " agreedAt endedAt endReason createdAt",
        ),
        "slots": [{"day": int(day) if day else None, "clock": clock} for day, clock in pairs],
        **dict.fromkeys(("stateLabel", "holidaysLabel"), SOMETHING),
        "endLabel": row["end_reason"] and SOMETHING,
        "skipped": row["skipped"].split(),
        "assistant": seen(eyes, "Assistant", row["assistant_id"]),
        "availableActions": SOMETHING,
    }


def busy(eyes: Eyes, row: Row) -> list[Facts]:
    """An assistant's times that are not over, by beginning."""
    rows = eyes.world.those("busy", "assistant_id", row["id"])
    return [
        columns(each, "kind beginsAt endsAt") | {"id": encode("busy", HOME, each["id"])}
        for each in sorted(rows, key=lambda each: each["begins_at"])
        if each["cancelled_at"] is None and each["ends_at"] > datetime.now(UTC)
    ]
