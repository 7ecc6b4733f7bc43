"""Where mails end: a real SMTP sink with a door per worker, which may kill whoever sends."""

import asyncio
import re
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

from aiosmtpd.smtp import SMTP, Envelope

from faults.fleet import Fleet
from portal.mailsink import Sink, smtp_side

_ID = re.compile(r"<([0-9a-f-]{36})@")
_LATEST = 0.004  # seconds after the answer, in which the worker has not marked the mail yet


@dataclass(frozen=True, slots=True)
class Sent:
    """One mail that arrived, and which process of which worker sent it."""

    message: str
    worker: str
    generation: int
    at: datetime


@dataclass(slots=True)
class Post:
    """All that arrived. `kills_left` senders are killed, on average one mail in `one_in`."""

    fleet: Fleet
    chance: Random
    sent: list[Sent] = field(default_factory=list)
    kills_left: int = 0
    one_in: int = 6
    kills: int = 0

    def by_message(self) -> dict[UUID, list[Sent]]:
        """The mails of each message; those with a strange id are under the number 0."""
        found = defaultdict[UUID, list[Sent]](list)
        for each in self.sent:
            match = _ID.match(each.message)
            found[UUID(match[1]) if match else UUID(int=0)].append(each)
        return dict(found)

    @asynccontextmanager
    async def doors(self, *workers: str) -> AsyncIterator[dict[str, int]]:
        """A loopback port for each worker."""
        async with AsyncExitStack() as stack:
            yield {
                name: await stack.enter_async_context(smtp_side(_Door(self, name), 0))
                for name in workers
            }

    def note(self, worker: str, generation: int, message: str) -> None:
        """A mail has arrived; perhaps its sender does not live to hear so."""
        self.sent.append(Sent(message, worker, generation, datetime.now(UTC)))
        if self.kills_left and self.chance.randrange(self.one_in) == 0:
            self.kills_left -= 1
            if self.chance.random() < 0.5:  # noqa: PLR2004  before the answer, or after it
                self._kill(worker)
            else:
                delay = self.chance.uniform(0, _LATEST)
                asyncio.get_running_loop().call_later(delay, self._kill, worker)

    def _kill(self, worker: str) -> None:
        if self.fleet.kill(self.fleet.ships[worker]):
            self.kills += 1


class _Door(Sink):
    """The side of the sink that one worker knows."""

    def __init__(self, post: Post, worker: str) -> None:
        super().__init__()
        self._post, self._worker = post, worker

    async def handle_MAIL(  # noqa: N802  aiosmtpd looks for this name
        self, _server: SMTP, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Whoever says this lives at this moment."""
        session.generation = self._post.fleet.ships[self._worker].generation
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:  # noqa: N802  as above
        """Take the mail."""
        answer = await super().handle_DATA(server, session, envelope)
        self._post.note(self._worker, session.generation, self.mails[-1].message_id)
        return answer
