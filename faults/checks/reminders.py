"""J9: for each meeting's last version one reminder of each kind, never before its instant."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.talk import reminded_version
from faults.checks.mails import Excuses, unexplained
from faults.post import Sent
from models.database import fetch
from models.meeting import Meeting
from notifications.message import MailKind

LATEST = 60.0
_PEOPLE = 2
_REMINDERS = """
SELECT id, reference, version, receiver_id FROM messages
WHERE kind = $1 AND channel = 'EMAIL' AND reference = ANY($2)
"""


async def reminders_wrong(
    meetings: Sequence[Meeting],
    hours: Sequence[int],
    by_message: Mapping[UUID, Sequence[Sent]],
    excuses: Excuses,
) -> tuple[list[str], float]:
    """J9, and by how many seconds the latest was late."""
    kind = MailKind.MEETING_REMINDER.value
    rows = await fetch(_REMINDERS, kind, [each.id for each in meetings])
    due = {m.id: (m.version, _instant(m, max(hours))) for m in meetings}
    return j9_reminders(rows, due, by_message, excuses)


def _instant(meeting: Meeting, hours: int) -> datetime:
    if meeting.starts_at is None:
        raise ValueError("a meeting without a beginning is not reminded of")
    return meeting.starts_at - timedelta(hours=hours)


def j9_reminders(
    rows: Sequence[Mapping[str, Any]],
    due: Mapping[UUID, tuple[int, datetime]],
    by_message: Mapping[UUID, Sequence[Sent]],
    excuses: Excuses,
) -> tuple[list[str], float]:
    """The rows of reminders against the versions of meetings and the instants that are due."""
    broken, latest = [], 0.0
    for meeting, (version, instant) in due.items():
        mine = [row for row in rows if row["reference"] == meeting]
        stale = [row for row in mine if reminded_version(row["version"]) != version]
        if stale:
            broken.append(f"the meeting {meeting} was reminded of in an older version")
        if len({row["receiver_id"] for row in mine}) != _PEOPLE or len(mine) != _PEOPLE:
            broken.append(f"the meeting {meeting} has {len(mine)} reminders")
        for row in mine:
            sent = by_message.get(row["id"], ())
            if not sent or unexplained(sent, excuses):
                broken.append(f"a reminder of {meeting} was sent {len(sent)} times")
            if any(each.at < instant for each in sent):
                broken.append(f"a reminder of {meeting} was sent too early")
            delays = [(each.at - instant).total_seconds() for each in sent]
            latest = max([latest, *delays])
    if latest > LATEST:
        broken.append(f"the latest reminder was {latest:.0f} s late")
    return broken, latest
