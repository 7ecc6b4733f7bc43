"""What a provider's money and people have to say, from the columns alone."""

from datetime import date, datetime, timedelta

from domain.dates import BERLIN
from domain.ids import encode
from tests.schema.plan.facts_base import SOMETHING, Facts, columns, seen
from tests.schema.plan.oracle import Eyes
from tests.schema.plan.scene import HOME
from tests.schema.plan.world import Row, World


def price_facts(row: Row, world: World) -> Facts:
    """Who pays, what an hour costs, and what is recognised: today and later."""
    today = datetime.now(BERLIN).date()
    return {
        "acceptedPayers": row["accepted_payers"] or [],
        "prices": [
            each
            for each in _prices(world.those("provider_prices", "provider_id", row["id"]))
            if _holds(each["validUntil"], today)
        ],
        "recognitions": [
            {
                "kind": each["kind"],
                "kindLabel": SOMETHING,
                "validFrom": each["valid_from"].isoformat(),
                "validUntil": each["valid_until"] and each["valid_until"].isoformat(),
            }
            for each in sorted(
                world.those("provider_recognitions", "provider_id", row["id"]),
                key=lambda each: str(each["kind"]),
            )
            if _holds(each["valid_until"] and each["valid_until"].isoformat(), today)
        ],
    }


def _holds(last: str | None, today: date) -> bool:
    return last is None or date.fromisoformat(last) >= today


def _prices(rows: list[Row]) -> list[Facts]:
    ordered = sorted(rows, key=lambda each: (each["payer"], each["valid_from"]))
    return [_price(each, ordered) for each in ordered]


def _price(row: Row, rows: list[Row]) -> Facts:
    later = [
        each["valid_from"]
        for each in rows
        if each["payer"] == row["payer"] and each["valid_from"] > row["valid_from"]
    ]
    return {
        "payer": row["payer"],
        "payerLabel": SOMETHING,
        "hourlyCents": row["cents"],
        "validFrom": row["valid_from"].isoformat(),
        "validUntil": (min(later) - timedelta(days=1)).isoformat() if later else None,
    }


def colleague(eyes: Eyes, row: Row) -> Facts:
    user = eyes.world.row("User", row["user_id"])
    assert user is not None
    return {
        "id": encode("coordinator", HOME, row["id"]),
        "role": row["role"],
        **columns(user, "firstName lastName email"),
        "availableActions": SOMETHING,
    }


def application(eyes: Eyes, row: Row) -> Facts:
    user = eyes.world.row("User", row["user_id"])
    assert user is not None
    return {
        **columns(row, "version state coordinatorRole createdAt"),
        **columns(user, "role firstName lastName email"),
        "stateLabel": SOMETHING,
        "provider": seen(eyes, "Provider", row["provider_id"]),
        "assistant": seen(eyes, "Assistant", row["user_id"]),
        "availableActions": SOMETHING,
    }
