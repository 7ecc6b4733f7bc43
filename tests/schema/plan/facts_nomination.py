"""What a nomination has to say, from the columns alone."""

from tests.schema.plan.facts_base import SOMETHING, Facts, columns, seen
from tests.schema.plan.oracle import Eyes
from tests.schema.plan.world import Row


def nomination(eyes: Eyes, row: Row) -> Facts:
    """The order without its person, and the assistant's profile without a family name."""
    match = eyes.world.row("Match", row["match_id"])
    assistant = eyes.world.row("Assistant", row["assistant_id"])
    user = eyes.world.row("User", row["assistant_id"])
    assert match is not None
    assert assistant is not None
    assert user is not None
    order = eyes.world.row("Order", match["order_id"])
    assert order is not None
    place = eyes.world.first("municipalities", "id", order["municipality_id"])
    return {
        **columns(row, "version state fits createdAt"),
        **dict.fromkeys(("stateLabel", "availableActions"), SOMETHING),
        "firstName": user["first_name"],
        **columns(assistant, "introduction hasCar"),
        "languages": assistant["languages"].split(),
        "assistant": seen(eyes, "Assistant", row["assistant_id"]),
        "match": seen(eyes, "Match", row["match_id"]),
        "orderKind": order["kind"],
        **columns(order, "description durationMinutes startsAt startDate interval count"),
        "municipality": place and columns(place, "name postcodes"),
    }
