"""What a meeting has to say, from the columns alone."""

from domain.ids import encode
from tests.schema.plan.facts_base import SOMETHING, Facts, columns, seen
from tests.schema.plan.oracle import Eyes
from tests.schema.plan.scene import HOME
from tests.schema.plan.world import Row


def meeting(eyes: Eyes, row: Row) -> Facts:
    """For all who come; the room is nothing for staff, the rest period nothing for seekers."""
    dates = eyes.world.those("meeting_dates", "meeting_id", row["id"])
    people = eyes.world.those("meeting_people", "meeting_id", row["id"])
    warned = row["short_rest"] and eyes.role != "SEEKER"
    return {
        **columns(
            row, "version kind state proposedBy minutes place startsAt endsAt reason createdAt"
        ),
        **dict.fromkeys(("kindLabel", "stateLabel", "availableActions", "nextStep"), SOMETHING),
        "link": None if eyes.staff else row["link"],
        "match": seen(eyes, "Match", row["match_id"]),
        "warnings": [{"code": "SHORT_REST", "message": SOMETHING}] if warned else [],
        "dates": [
            columns(each, "startsAt endsAt chosen")
            | {"id": encode("meetingdate", HOME, each["id"])}
            for each in sorted(dates, key=lambda date: date["starts_at"])
        ],
        "people": [_person(eyes, row, each) for each in people],
    }


def _person(eyes: Eyes, meeting: Row, row: Row) -> Facts:
    user = eyes.world.row("User", row["user_id"])
    you = row["side"] == eyes.role
    hidden = meeting["state"] == "CANCELLED" and not you
    return {
        "side": row["side"],
        "sideLabel": SOMETHING,
        "you": you,
        "firstName": None if user is None or hidden else user["first_name"],
        "confirmed": row["confirmed_at"] is not None,
    }
