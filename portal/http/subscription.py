"""One subscriber of one operation, between its source and the connection that it is sent on."""

import asyncio
from collections.abc import Callable, Hashable
from enum import Enum, auto
from typing import Any, Protocol

from domain.viewer import Viewer
from portal.http.answers import Sent
from portal.http.caller import Caller
from portal.http.execute import Plan
from portal.http.source import Source
from resolvers.delivery import audience


class End(Enum):
    """How a subscription ends."""

    COMPLETE = auto()  # nothing comes any more
    REFUSED = auto()  # nothing was executed; the errors have been sent
    BROKEN = auto()  # something failed that nobody expected: its reader resumes
    SLOW = auto()  # the reader did not keep up: it resumes


class Sink(Protocol):
    """The connection's side."""

    def push(self, sent: Sent, release: Callable[[], None]) -> bool:
        """Send an answer at once, or later: then false, and `release` is called when it is sent."""

    def end(self, how: End) -> None:
        """Nothing more will be pushed."""


class Subscription:
    """At rest it is only registered; it is busy from the moment it is woken until all is sent."""

    __slots__ = (
        "_busy",
        "_enqueue",
        "_last",
        "_operation",
        "caller",
        "group",
        "language",
        "over",
        "plan",
        "sink",
        "source",
        "viewer",
    )

    def __init__(
        self,
        plan: Plan,
        caller: Caller,
        sink: Sink,
        operation: Hashable,
        enqueue: Callable[["Subscription"], None],
    ) -> None:
        self.plan = plan
        self.caller = caller
        self.sink = sink
        self.viewer: Viewer
        self.language: Any = None
        self.group: Hashable = None
        self.source: Source | None = None
        self.over = False
        self._enqueue = enqueue
        self._operation = operation
        self._busy = True
        self._last: End | None = None

    def begin(self, viewer: Viewer, language: Any) -> None:
        """Note who opened it, in which language."""
        self.language = language
        self.become(viewer)

    def become(self, viewer: Viewer) -> None:
        """Note who it is, and with it who gets the same answers."""
        self.viewer = viewer
        self.group = self._operation, self.language, audience(viewer)

    def wake(self) -> None:
        """There is something to take."""
        if not self._busy and not self.over:
            self._busy = True
            self._enqueue(self)

    def take(self) -> Any | None:
        """The event to be delivered now, if there is one; raises as the source does."""
        return None if self.over or self.source is None else self.source.take()

    def deliver(self, sent: Sent) -> None:
        """Send an answer; the next one is taken when it has gone."""
        if self.over:
            return
        if sent.broken:
            self.end(End.BROKEN)
            return
        if sent.last:
            self._last = End.REFUSED if sent.refused else End.COMPLETE
        if self.sink.push(sent, self.release):
            self.release()

    def release(self) -> None:
        """The sink can take more."""
        if self._last is not None:
            self.end(self._last)
        elif self.source is not None and self.source.pause:
            asyncio.get_running_loop().call_later(self.source.pause, self.rest)
        else:
            self.rest()

    def rest(self) -> None:
        """Wait to be woken, unless there is something already."""
        self._busy = False
        if self.source is not None and not self.over and self.source.pending:
            self.wake()

    def end(self, how: End) -> None:
        """Tell the connection, once."""
        if not self.over:
            self.over = True
            self.sink.end(how)

    async def aclose(self) -> None:
        """Leave, from whichever state."""
        self.over = True
        if self.source is not None:
            await self.source.aclose()
