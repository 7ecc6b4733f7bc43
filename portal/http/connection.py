"""One open socket or event stream, and why it ends."""

import asyncio
from dataclasses import dataclass, field

from domain.viewer import ANONYMOUS, Viewer

FORBIDDEN = 4403
GOING_AWAY = 1012


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a connection is closed: a close code of the WebSocket protocol and a short reason."""

    code: int
    reason: str


@dataclass(eq=False, slots=True)
class Connection:
    """One open socket or stream; `ended` is set by whoever closes it first."""

    address: str
    viewer: Viewer = ANONYMOUS
    ended: asyncio.Future[Ending] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    def end(self, code: int, reason: str) -> None:
        """Ask for the end; the first reason counts."""
        if not self.ended.done():
            self.ended.set_result(Ending(code, reason))
