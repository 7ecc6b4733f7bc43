"""What talks, bookings and slots have to say, from the columns alone."""

from domain.ids import encode
from tests.schema.plan.facts_base import SOMETHING, Facts, columns, seen
from tests.schema.plan.oracle import Eyes
from tests.schema.plan.scene import HOME
from tests.schema.plan.world import Row


def talk(eyes: Eyes, row: Row) -> Facts:
    rows = eyes.world.those("talk_answers", "talk_id", row["id"])
    replaced = {each["replaces_id"] for each in rows}
    said = next((each for each in rows if each["id"] not in replaced), None)
    return columns(row, "channel outcome heldAt") | {
        "id": encode("talk", HOME, row["id"]),
        "answers": None if said is None else answers(eyes, said),
    }


def answers(eyes: Eyes, row: Row) -> Facts:
    names = "careGrade payer usesReliefAmount hasIntegrationAssistance correctedAt"
    author = eyes.world.row("User", row["corrected_by_id"])
    return columns(row, names) | {
        "corrected": row["corrected_at"] is not None,
        "correctedBy": author and author["role"],
    }


def bookings(eyes: Eyes, row: Row, column: str) -> list[Row]:
    """The bookings of a row that the viewer may see."""
    found = eyes.world.those("talk_bookings", column, row["id"])
    return [each for each in found if eyes.staff or each["user_id"] == eyes.key]


def booking(eyes: Eyes, row: Row) -> Facts:
    return {
        **columns(row, "version state channel wishes failure createdAt"),
        "id": encode("talkbooking", HOME, row["id"]),
        "stateLabel": SOMETHING,
        "slot": seen(eyes, "TalkSlot", row["slot_id"]),
        "user": seen(eyes, "User", row["user_id"]),
    }


def slot(eyes: Eyes, row: Row) -> Facts:
    standing = [each for each in bookings(eyes, row, "slot_id") if each["state"] != "CANCELLED"]
    return {
        **columns(row, "startsAt endsAt minutes"),
        "cancelled": row["cancelled_at"] is not None,
        "booking": booking(eyes, standing[0]) if standing else None,
    }
