"""An end of a subscription that nobody asked for: the page asks again, unless it was refused."""

import json
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import WebSocketRoute, expect

from tests.browser.conftest import Open
from tests.browser.window import Window

FOLLOW = """async () => {
  const { watch } = await import("/pages/js/live.js");
  const query = "subscription Ended($after: String) { orderChanged(after: $after) { eventId } }";
  const seen = document.body.dataset;
  seen.heard = "";
  seen.resyncs = "";
  watch(query, {}, {
    onEvent: (event) => { seen.heard += event.eventId; },
    onResync: () => { seen.resyncs += "r"; },
  });
}"""
LONGER_THAN_TWO_PAUSES_MS = 1_600
LOST: list[dict[str, Any]] = [{"type": "complete"}]
REFUSED: list[dict[str, Any]] = [
    {"type": "next", "payload": {"data": None, "errors": [{"message": "-"}]}},
    {"type": "complete"},
]


@dataclass
class Far:
    """The far end of the page's socket: one event each time, then what the test says."""

    ending: list[dict[str, Any]]
    asked: list[str | None] = field(default_factory=list)

    async def connect(self, socket: WebSocketRoute) -> None:
        def answer(message: str | bytes) -> None:
            said = json.loads(message)
            if said["type"] == "connection_init":
                socket.send(json.dumps({"type": "connection_ack"}))
            if said["type"] == "subscribe" and "Ended" in said["payload"]["query"]:
                for each in self._answers(said["payload"]["variables"].get("after")):
                    socket.send(json.dumps({"id": said["id"], **each}))

        socket.on_message(answer)

    def _answers(self, after: str | None) -> list[dict[str, Any]]:
        self.asked.append(after)
        if len(self.asked) > 2:
            return []
        event = {"orderChanged": {"eventId": str(len(self.asked))}}
        refused = self.ending is REFUSED and after is None and len(self.asked) > 1
        first = [] if refused else [{"type": "next", "payload": {"data": event}}]
        return [*first, *self.ending]


async def _followed(window: Window, far: Far) -> None:
    await window.page.route_web_socket("**/graphql", far.connect)
    await window.page.reload()
    await window.page.evaluate(FOLLOW)


async def test_a_subscription_that_just_ends_is_asked_for_again(open_window: Open) -> None:
    window, far = await open_window(), Far(LOST)
    await _followed(window, far)
    await expect(window.at("body")).to_have_attribute("data-heard", "12")
    assert far.asked[:2] == [None, "1"]
    await expect(window.at("body")).to_have_attribute("data-resyncs", "")


async def test_a_refused_subscription_begins_anew_once_and_then_rests(
    open_window: Open,
) -> None:
    window, far = await open_window(), Far(REFUSED)
    await _followed(window, far)
    await expect(window.at("body")).to_have_attribute("data-resyncs", "rr")
    await window.page.wait_for_timeout(LONGER_THAN_TWO_PAUSES_MS)
    assert far.asked == [None, None]
    await expect(window.at("body")).to_have_attribute("data-heard", "1")
