"""What conversations have to say, from the columns alone."""

from tests.schema.plan.facts_base import SOMETHING, Facts, Page, Ref, columns, seen
from tests.schema.plan.oracle import AGREED, Eyes
from tests.schema.plan.world import Row


def conversation(eyes: Eyes, row: Row) -> Facts:
    match = eyes.world.row("Match", row["match_id"])
    assert match is not None
    written = eyes.world.those("conversation_messages", "conversation_id", row["id"])
    other = "ACCEPTOR" if eyes.role == "SEEKER" else "SEEKER"
    return {
        **columns(row, "createdAt lastMessageAt"),
        "open": match["state"] in AGREED,
        "unreadCount": len(
            [each for each in written if each["side"] == other and each["read_at"] is None]
        ),
        "match": seen(eyes, "Match", row["match_id"]),
        "messages": Page([Ref("Message", each) for each in reversed(written)]),
        "availableActions": SOMETHING,
    }


def message(eyes: Eyes, row: Row) -> Facts:
    return {
        **columns(row, "side text sentAt"),
        "mine": row["side"] == ("SEEKER" if eyes.role == "SEEKER" else "ACCEPTOR"),
        "isRead": row["read_at"] is not None,
        "warnings": SOMETHING,
    }
