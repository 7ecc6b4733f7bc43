"""News on this device: what a browser without a push service says, the list, and what is shown."""

import asyncio
import base64
import secrets

import pytest
from playwright.async_api import expect

from notifications.language import Language, text
from tests.browser.barriers import barriers
from tests.browser.conftest import Open
from tests.browser.window import Window

_WORKER = "/pages/js/push_worker.js"
# Chromium here has no push service to ask: it answers as one that has, and keeps the key.
_SERVICE = """(() => {
  const plain = (key) => atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = (key) => Uint8Array.from(plain(key), (letter) => letter.charCodeAt(0));
  const kept = () => localStorage.getItem("kept-key") && {
    options: { applicationServerKey: bytes(localStorage.getItem("kept-key")).buffer },
    unsubscribe: async () => localStorage.removeItem("kept-key"),
    toJSON: () => (%s),
  };
  PushManager.prototype.getSubscription = async () => kept();
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    localStorage.setItem("kept-key", applicationServerKey);
    return kept();
  };
})();"""
_GIVEN_UP = """ServiceWorkerContainer.prototype.register = async () => {
  const installing = Object.assign(new EventTarget(), { state: "redundant" });
  setTimeout(() => installing.dispatchEvent(new Event("statechange")));
  return { installing };
};"""
# A browser that is asked for its notifications while it shows one forgets that one.
_WATCHED = """() => {
  const show = registration.showNotification.bind(registration);
  self.isShown = new Promise((done, fail) => {
    registration.showNotification = (...said) => {
      const shown = show(...said);
      shown.then(done, fail);
      return shown;
    };
  });
}"""
_SHOWN = f"""async () => {{
  const worker = await navigator.serviceWorker.getRegistration("{_WORKER}");
  return (await worker.getNotifications()).map(({{ title, body }}) => [title, body]);
}}"""


def subscription() -> str:
    p256dh = base64.urlsafe_b64encode(b"\x04" + secrets.token_bytes(64)).decode().rstrip("=")
    auth = base64.urlsafe_b64encode(secrets.token_bytes(16)).decode().rstrip("=")
    endpoint = f"https://fcm.googleapis.com/fcm/send/{secrets.token_hex(8)}"
    return f'{{ endpoint: "{endpoint}", keys: {{ p256dh: "{p256dh}", auth: "{auth}" }} }}'


async def deliver(window: Window, sentence: str) -> None:
    """What a push service would bring to the worker of this browser."""
    devtools = await window.context.new_cdp_session(window.page)
    known: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def registered(event: dict[str, list[dict[str, str]]]) -> None:
        for each in event["registrations"]:
            if not known.done():
                known.set_result(each["registrationId"])

    devtools.on("ServiceWorker.workerRegistrationUpdated", registered)
    await devtools.send("ServiceWorker.enable")
    message = {
        "origin": window.address,
        "registrationId": await asyncio.wait_for(known, 10),
        "data": sentence,
    }
    await devtools.send("ServiceWorker.deliverPushMessage", message)


async def ringing(open_window: Open) -> Window:
    """A window whose device has just been subscribed."""
    window = await open_window("/#news", reduced_motion="reduce")
    await window.context.grant_permissions(["notifications"], origin=window.address)
    await window.page.add_init_script(_SERVICE % subscription())
    await window.page.reload()
    await window.become("representative")
    await window.at("#ring-here").click()
    return window


async def test_a_device_is_rung_with_a_sentence_and_taken_off_the_list(open_window: Open) -> None:
    window = await ringing(open_window)
    device = window.at("#devices > li")
    await expect(device).to_contain_text("Dieses Gerät")
    await expect(window.at("#ring-here")).to_be_hidden()
    await expect(window.at("#devices-heading")).to_be_focused()
    assert await barriers(window) == []

    said = text("answers.news.ring", Language.DE)
    (worker,) = window.context.service_workers
    await worker.evaluate(_WATCHED)
    await deliver(window, said)
    await asyncio.wait_for(worker.evaluate("isShown"), 10)
    assert await window.page.evaluate(_SHOWN) == [["Assistenz-Portal", said]]

    await window.page.reload()
    await expect(device).to_contain_text("Dieses Gerät")
    await device.locator(".remove-device").click()
    await expect(device).to_have_count(0)
    await expect(window.at("#ring-here")).to_be_visible()
    await expect(window.at("#devices-heading")).to_be_focused()


@pytest.mark.parametrize(
    "lost",
    [
        pytest.param("localStorage.removeItem('kept-key')", id="the subscription"),
        pytest.param("localStorage.setItem('kept-key', 'BDEy')", id="the key of the portal"),
    ],
)
async def test_a_device_that_cannot_be_rung_any_more_is_subscribed_anew(
    open_window: Open, lost: str
) -> None:
    window = await ringing(open_window)
    mine = window.at("#devices > li", has_text="Dieses Gerät")
    await expect(mine).to_have_count(1)
    await window.page.add_init_script(_SERVICE % subscription())
    await window.page.evaluate(lost)
    await window.page.reload()
    await expect(mine).to_have_count(1)
    await window.at("#ring-here").click()
    await expect(window.at("#ring-here")).to_be_hidden()
    await expect(window.at("#devices > li")).to_have_count(1)
    await mine.locator(".remove-device").click()
    await expect(mine).to_have_count(0)


async def test_whoever_cannot_be_rung_is_told_why_and_what_to_do(open_window: Open) -> None:
    window = await open_window("/#news")
    await window.become("representative")
    refusal = window.at("section[aria-labelledby=devices-heading] .refusal")
    await window.at("#ring-here").click()
    await expect(refusal).to_contain_text("Erlauben Sie sie in den Einstellungen des Browsers")
    await expect(refusal).to_be_focused()
    await window.context.grant_permissions(["notifications"], origin=window.address)
    await window.at("#ring-here").click()  # a window of the tests has no push service
    await expect(refusal).to_contain_text("keinen Dienst für Mitteilungen")
    await expect(window.at("#devices > li")).to_have_count(0)
    await window.page.evaluate(_GIVEN_UP)
    await refusal.evaluate("note => note.remove()")
    await window.at("#ring-here").click()
    await expect(refusal).to_contain_text("keinen Dienst für Mitteilungen")
    assert all("incognito" in each for each in window.problems)
    window.problems.clear()
