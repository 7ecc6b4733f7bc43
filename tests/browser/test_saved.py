"""What was saved is told as saved and is not sent again, even where it cannot be drawn."""

from playwright.async_api import Route, expect

from tests.browser.conftest import Open
from tests.browser.newcomer import somebody
from tests.browser.steps import offer_talks
from tests.stage import Stage

CALM = {"reduced_motion": "reduce"}
# Somebody else was faster, and what the order is by now cannot be drawn.
_FASTER = """async () => {
  const { saver } = await import("/pages/js/saver.js");
  const [sent, told] = [[], []];
  window.fetch = async (address, { body }) => {
    const { variables: { input } } = JSON.parse(body);
    if (!input) return { json: async () => ({ data: { order: { id: "order", version: 7 } } }) };
    sent.push(input);
    const payload = sent.length > 1 ? { id: "order", version: 8 }
      : { __typename: "StaleRefused", message: "", remedy: "" };
    return { json: async () => ({ data: { updateOrder: payload } }) };
  };
  const note = (name) => () => told.push(name);
  const saving = saver({ id: "order", version: 1 }, {
    saved: note("saved"), waiting: note("waiting"), refused: note("refused"),
    failed: note("failed"), unclear: note("unclear"),
    stale: () => Promise.reject(new Error("not drawn")),
  });
  saving.change({ count: 2 }, 60_000);
  await saving.flush().catch(() => {});
  saving.change({ description: "Hilfe" }, 60_000);
  await saving.flush();
  return [told, sent.map(({ idempotencyKey, ...rest }) => rest)];
}"""


async def _cut(route: Route) -> None:
    if "query PageFreeSlots" in (route.request.post_data or ""):
        await route.abort()
    else:
        await route.continue_()


async def test_a_booking_that_cannot_be_drawn_is_told_as_a_booking(
    open_window: Open, stage: Stage
) -> None:
    desk, person = await open_window(**CALM), await open_window(**CALM)
    await desk.become("customer_service")
    await offer_talks(desk)
    await somebody(person, stage)
    slot = person.at("button.slot").nth(20)
    await expect(slot).to_be_visible()
    await person.page.route("**/graphql", _cut)
    await slot.click()
    refusal = person.at(".refusal")
    await expect(refusal).to_contain_text("Gespeichert.")
    await expect(refusal).to_contain_text("Senden Sie es nicht noch einmal")
    await person.page.unroute("**/graphql")
    await person.page.reload()
    await expect(person.at("#booked")).to_be_visible()
    person.problems.clear()  # the browser reports every request that was cut off


async def test_a_change_that_came_too_late_is_not_sent_again(open_window: Open) -> None:
    window = await open_window()
    told, sent = await window.page.evaluate(_FASTER)
    assert sent == [
        {"orderId": "order", "ifVersion": 1, "count": 2},
        {"orderId": "order", "ifVersion": 7, "description": "Hilfe"},
    ]
    assert told == ["waiting", "waiting", "saved"]
