"""Reminders of meetings (J9), with a Redis that forgets and a relay that is killed."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from domain.dates import BERLIN
from faults.cast import Ground
from faults.checks.mails import excuses_of
from faults.checks.reminders import reminders_wrong
from faults.scenario import Found
from faults.stage import Stage
from models.district import District
from models.meeting import Meeting
from services.meeting_proposal import Proposal, move_meeting
from tests.meetings import Pair, choose, confirmed

_NOON = 12
_SOON = 1  # hours: a second reminder of each meeting, which must not be sent during the run
_MOVED = 3  # one meeting in so many is moved
_LATER = timedelta(seconds=4)
_AFTERWARDS = 6.0
_DAY = 24


async def reminders(stage: Stage) -> Found:
    """Each reminder goes once, not before its instant; of a moved meeting that of the last date."""
    lead = _lead(datetime.now(UTC))
    hours = [_SOON, lead]
    await District.all().update(reminder_hours=hours)
    grounds = await stage.stock.awarded(stage.sizes.meetings)
    instant = datetime.now(UTC) + timedelta(seconds=stage.sizes.reminder_seconds)
    meetings, moved = await _arranged(grounds, instant + timedelta(hours=lead))
    late = max(0.0, (datetime.now(UTC) - instant).total_seconds())
    while datetime.now(UTC) < instant + _LATER:
        await stage.servers.flush()
        await asyncio.sleep(stage.sizes.reminder_seconds / 4)
    stage.fleet.kill(stage.fleet.named("relay")[0])
    await asyncio.sleep(_AFTERWARDS)
    excuses = excuses_of(stage.fleet, stage.servers.crashes)
    broken, latest = await reminders_wrong(meetings, hours, stage.post.by_message(), excuses)
    figures = {"meetings": len(meetings), "moved": moved, "latest s": round(latest, 1)}
    if late:
        broken.append("the meetings could not be arranged before their reminders were due")
    return Found(dict(figures), faults=1, broken=broken)


def _lead(now: datetime) -> int:
    """So many hours ahead that the meeting is at noon or a little later, whenever this runs."""
    return next(
        hours
        for hours in range(_DAY, 2 * _DAY + 1)
        if (now + timedelta(hours=hours)).astimezone(BERLIN).hour == _NOON
    )


async def _arranged(grounds: Sequence[Ground], starts_at: datetime) -> tuple[list[Meeting], int]:
    """Confirmed meetings, some of them moved and confirmed anew."""
    meetings, moved = [], 0
    for number, ground in enumerate(grounds):
        helper = ground.acceptors[0].viewer
        pair = Pair(ground.seeker.viewer, helper, None, ground.matches[0], ground.order)
        meeting = await confirmed(pair, starts_at + timedelta(hours=0, seconds=number % 3))
        if number % _MOVED == 0:
            later = Proposal([starts_at + _LATER], 60, "Rathaus")
            meeting = await choose(pair.seeker, await move_meeting(helper, None, meeting.id, later))
            moved += 1
        meetings.append(meeting)
    return meetings, moved
