"""What a piece of news has to say, from the columns alone."""

from tests.schema.plan.facts_base import SOMETHING, Facts, columns, seen
from tests.schema.plan.oracle import Eyes
from tests.schema.plan.world import Row


def notification(eyes: Eyes, row: Row) -> Facts:
    """Its texts are made for people; its ways are told with it."""
    return {
        **columns(row, "kind topic state createdAt readAt"),
        **dict.fromkeys(("topicLabel", "title", "text"), SOMETHING),
        "order": seen(eyes, "Order", row["reference"]),
        "match": seen(eyes, "Match", row["reference"]),
        "nomination": seen(eyes, "Nomination", row["reference"]),
        "meeting": seen(eyes, "Meeting", row["reference"]),
        "contract": seen(eyes, "Contract", row["reference"]),
        "appointment": seen(eyes, "Appointment", row["reference"]),
        "fundingSource": seen(eyes, "FundingSource", row["reference"]),
        "deliveries": [
            {
                "__typename": "Delivery",
                **columns(each, "channel state"),
                **dict.fromkeys(("channelLabel", "stateLabel"), SOMETHING),
                "at": each["sent_at"] and each["sent_at"].isoformat(),
            }
            for each in eyes.world.those("messages", "notification_id", row["id"])
        ],
    }
