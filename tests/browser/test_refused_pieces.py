"""What the form shows is what is saved: a refused field is remembered until it is corrected."""

import json
import re
from dataclasses import dataclass

from playwright.async_api import Locator, WebSocketRoute, expect

from tests.browser.conftest import Open
from tests.browser.drafts import begin_draft, fill_draft
from tests.browser.window import Window

SAVED = "Alles gespeichert."
RETRY_MS = 5000  # as saver.js waits
NOT_SAVED = "Noch nicht gespeichert."
OLD_NUMBER = "Diese Zahl gehört noch zu dem, was Sie vorher angegeben hatten."
TOO_OFTEN, WAIT = "Das war zu oft.", "Warten Sie einen Augenblick."


async def _complete_draft(window: Window, story: str) -> Locator:
    """A draft that could be released; gives the field of its duration."""
    await window.become("seeker")
    await begin_draft(window)
    await fill_draft(window, story)
    return window.at('[name="durationMinutes"]')


async def test_a_refused_field_keeps_the_draft_from_being_released(open_window: Open) -> None:
    seeker = await open_window()
    duration = await _complete_draft(seeker, "Beim Umtopfen helfen.")
    await duration.fill("7")
    await expect(duration).to_have_attribute("aria-invalid", "true")
    await expect(seeker.at("#save-status")).to_have_text(NOT_SAVED)

    await seeker.at('[data-code="RELEASE_ORDER"]').click()
    await expect(duration).to_be_focused()
    await expect(seeker.at("#draft")).to_be_visible()

    await duration.fill("75")
    await expect(seeker.at("#save-status")).to_have_text(SAVED)
    await expect(duration).not_to_have_attribute("aria-invalid", "true")
    await seeker.at('[data-code="RELEASE_ORDER"]').click()
    await expect(seeker.at(".summary").first).to_contain_text("75 Minuten")


async def test_a_release_at_once_waits_for_the_refusal(open_window: Open) -> None:
    seeker = await open_window()
    duration = await _complete_draft(seeker, "Beim Umräumen helfen.")
    await duration.fill("7")
    await seeker.at('[data-code="RELEASE_ORDER"]').click()
    await expect(duration).to_be_focused()
    await expect(duration).to_have_attribute("aria-invalid", "true")
    await expect(seeker.at("#order-state")).to_have_count(0)


async def test_other_fields_are_saved_beside_a_refused_one(open_window: Open) -> None:
    seeker = await open_window()
    duration = await _complete_draft(seeker, "Beim Streichen helfen.")
    await duration.fill("7")
    await seeker.at('[name="maxDistanceKm"]').fill("33")
    await expect(duration).to_have_attribute("aria-invalid", "true")
    await seeker.at('[name="description"]').fill("Beim Tapezieren helfen.")
    await expect(seeker.at("#save-status")).to_have_text("Wird gespeichert …")
    await expect(seeker.at("#save-status")).to_have_text(NOT_SAVED)
    await expect(duration).to_have_attribute("aria-invalid", "true")
    await seeker.page.reload()
    await expect(duration).to_have_value("60")
    await expect(seeker.at('[name="maxDistanceKm"]')).to_have_value("33")
    await expect(seeker.at('[name="description"]')).to_have_value("Beim Tapezieren helfen.")


async def test_an_emptied_duration_is_not_replaced_by_the_old_one(open_window: Open) -> None:
    seeker = await open_window()
    duration = await _complete_draft(seeker, "Beim Einpacken helfen.")
    await duration.fill("")
    await seeker.at('[data-code="RELEASE_ORDER"]').click()
    await expect(duration).to_be_focused()
    await expect(seeker.at('[data-field="durationMinutes"] .refusal')).to_have_text(
        re.compile("unvollständig")
    )
    await expect(seeker.at("#order-state")).to_have_count(0)


async def test_nothing_is_released_while_the_portal_cannot_be_reached(open_window: Open) -> None:
    seeker = await open_window()
    await seeker.page.clock.install()
    duration = await _complete_draft(seeker, "Beim Aufhängen helfen.")
    await seeker.page.route("**/graphql", lambda route: route.abort())
    await duration.fill("90")
    await seeker.at('[data-code="RELEASE_ORDER"]').click()
    await expect(seeker.at("#draft .refusal")).to_be_focused()
    await expect(seeker.at("#save-status")).to_have_text(NOT_SAVED)
    seeker.problems.clear()  # the browser reports every request that failed
    await seeker.page.unroute("**/graphql")
    await seeker.page.clock.fast_forward(RETRY_MS)
    await expect(seeker.at("#save-status")).to_have_text(SAVED)
    await expect(seeker.at("#order-state")).to_have_count(0)


@dataclass
class _Counting:
    """Passes on what the portal says of a draft's number, or that it did not count anew."""

    refuses: bool = False

    def connect(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(server.send)
        server.on_message(lambda message: socket.send(self._changed(message)))

    def _changed(self, message: str | bytes) -> str | bytes:
        said = json.loads(message)
        counted = "availability" in ((said.get("payload") or {}).get("data") or {})
        if not (self.refuses and counted):
            return message
        error = {"message": TOO_OFTEN, "extensions": {"code": "RATE_LIMITED", "remedy": WAIT}}
        return json.dumps(said | {"payload": {"data": None, "errors": [error]}})


async def test_a_number_that_is_not_counted_anew_is_said_to_be_the_old_one_until_it_is(
    open_window: Open,
) -> None:
    seeker, counting = await open_window(), _Counting()
    await seeker.page.route_web_socket("**/graphql", counting.connect)
    await seeker.page.reload()
    await seeker.become("seeker")
    await begin_draft(seeker)
    before = await seeker.at("#availability").inner_text()
    refusal = seeker.at("#availability-refusal")
    await expect(refusal).to_have_text("")

    counting.refuses = True
    await seeker.at('[name="maxDistanceKm"]').fill("1")
    await expect(refusal).to_have_text(f"{OLD_NUMBER} {TOO_OFTEN} {WAIT}")
    await expect(seeker.at("#availability")).to_have_text(before)

    counting.refuses = False
    await seeker.at('[name="maxDistanceKm"]').fill("2")
    await expect(refusal).to_have_text("")
