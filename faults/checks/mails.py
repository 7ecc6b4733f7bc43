"""J7: what has reached the mail server, against the messages of the database and the kills."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from faults.fleet import Fleet
from faults.post import Sent
from models.database import fetch

_AROUND = timedelta(seconds=10)  # how long a crash and what comes of it may take
_MAILS = "SELECT id, kind, state FROM messages WHERE channel = 'EMAIL' AND NOT in_digest"


@dataclass(frozen=True, slots=True)
class Excuses:
    """What may make a worker forget that it has sent a mail."""

    killed: Mapping[str, Collection[int]]  # the processes of each worker
    crashes: Sequence[datetime]  # of PostgreSQL, in which the mark is kept

    def explain(self, sent: Sent) -> bool:
        """Whether the sender died, or the database while the mark was to be made."""
        died = sent.generation in self.killed.get(sent.worker, ())
        return died or any(abs(each - sent.at) < _AROUND for each in self.crashes)


def excuses_of(fleet: Fleet, crashes: Sequence[datetime]) -> Excuses:
    """All of a run."""
    return Excuses({ship.name: ship.killed for ship in fleet.named("worker")}, crashes)


async def j7_sends(by_message: Mapping[UUID, Sequence[Sent]], excuses: Excuses) -> list[str]:
    """Sends per message are at most one and the kills of its sender; the same id each time."""
    return sends_wrong(await fetch(_MAILS), by_message, excuses)


def unexplained(sent: Sequence[Sent], excuses: Excuses) -> bool:
    """Whether a mail went once more although nothing had happened to the one before."""
    in_order = sorted(sent, key=lambda each: each.at)
    return not all(excuses.explain(each) for each in in_order[:-1])


def sends_wrong(
    messages: Sequence[Mapping[str, Any]],
    by_message: Mapping[UUID, Sequence[Sent]],
    excuses: Excuses,
) -> list[str]:
    """A message is sent once, and once more for each time that its sender was killed.

    A repeat with another id would belong to no message.
    """
    known = {row["id"] for row in messages}
    broken = [f"a mail belongs to no message: {each}" for each in by_message.keys() - known]
    for row in messages:
        sent = by_message.get(row["id"], ())
        if unexplained(sent, excuses):
            broken.append(f"the mail {row['kind']} {row['id']} was sent {len(sent)} times")
        if row["state"] == "SENT" and not sent:
            broken.append(f"the mail {row['kind']} {row['id']} is marked and was never sent")
        if row["state"] in {"WAITING", "FAILED"}:
            broken.append(f"the mail {row['kind']} {row['id']} is {row['state']}")
    return broken
