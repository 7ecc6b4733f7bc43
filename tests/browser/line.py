"""The line between a window and the portal: every WebSocket of a page, to be cut at will."""

import json
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import WebSocketRoute

from tests.browser.window import Window

_SERVICE_RESTART = 1012


@dataclass
class Line:
    """Passes messages on, remembers what the page asked, and can be cut."""

    open: bool = True
    asked: list[dict[str, Any]] = field(default_factory=list)
    answer_resync: bool = False
    resyncs: int = 0
    _sockets: list[WebSocketRoute] = field(default_factory=list)

    @classmethod
    async def of(cls, window: Window) -> "Line":
        """Must stand before the page opens its first socket."""
        line = cls()
        await window.page.route_web_socket("**/graphql", line._connect)
        await window.page.reload()
        return line

    async def cut(self) -> None:
        """End every socket, and refuse new ones until `mend`."""
        self.open = False
        for socket in self._sockets:
            await socket.close(code=_SERVICE_RESTART)
        self._sockets.clear()

    def mend(self) -> None:
        self.open = True

    def cursors(self, operation: str) -> list[str | None]:
        """What each subscription of this name asked to go on behind."""
        mine = [each for each in self.asked if f"subscription {operation}" in each["query"]]
        return [each["variables"].get("after") for each in mine]

    async def _connect(self, socket: WebSocketRoute) -> None:
        if not self.open:
            await socket.close(code=_SERVICE_RESTART)
            return
        self._sockets.append(socket)
        server = socket.connect_to_server()

        def to_server(message: str | bytes) -> None:
            said = json.loads(message)
            if said["type"] == "subscribe":
                self.asked.append(said["payload"])
            server.send(message)

        def to_page(message: str | bytes) -> None:
            socket.send(self._changed(message))

        socket.on_message(to_server)
        server.on_message(to_page)

    def _changed(self, message: str | bytes) -> str | bytes:
        said = json.loads(message)
        if not self.answer_resync or said["type"] != "next":
            return message
        event = (said["payload"].get("data") or {}).get("orderChanged")
        if not event:
            return message
        self.resyncs += 1
        gone = {"__typename": "ResyncRequired", "eventId": event["eventId"], "message": "-"}
        return json.dumps(said | {"payload": {"data": {"orderChanged": gone}}})
