"""An answer that comes late never draws over what was asked for after it."""

import asyncio
from dataclasses import dataclass, field
from itertools import permutations

from playwright.async_api import Route, expect

from tests.browser.conftest import Open
from tests.browser.newcomer import somebody
from tests.browser.steps import offer_talks
from tests.browser.window import Window
from tests.stage import Stage

CALM = {"reduced_motion": "reduce"}
PAUSE = 20_000  # milliseconds after which the view of the talk looks again
_IN_ANOTHER_ORDER = """async (answered) => {
  const { drawNewest } = await import("/pages/js/newest.js");
  const [owner, drawn, questions] = [{}, [], []];
  const read = () => new Promise((come, fail) => questions.push({ come, fail }));
  const draw = (found) => drawn.push(found) && found;
  const ask = () => drawNewest(owner, read, draw);
  const asked = [ask(), ask(), ask()].map((each) => each.catch(() => "refused"));
  for (const [at, how] of answered) {
    questions[at][how](at);
    await new Promise(setTimeout);
  }
  return [drawn, await Promise.all(asked)];
}"""
# A second month is asked for, and a third whose request fails before the second one is answered.
_MONTHS = """async () => {
  const { statementSection } = await import("/pages/js/statement.js");
  const asked = [];
  const others = window.fetch;
  window.fetch = (address, options) => {
    const month = JSON.parse(options?.body ?? "{}").variables?.month;
    if (!month) return others(address, options);
    const none = { cents: 0, confirmedMinutes: 0, confirmedCents: 0, printouts: [] };
    const data = { monthlyStatement: { lines: [], minutes: month, ...none } };
    const answer = { json: async () => ({ data }) };
    return new Promise((come, fail) => asked.push({ come: () => come(answer), fail }));
  };
  const { element, update } = statementSection({ id: "contract", startsOn: "2020-01-01" });
  const [chosen, body] = [element.querySelector("select"), element.querySelector("#statement")];
  const choose = (at) => {
    chosen.selectedIndex = at;
    chosen.dispatchEvent(new Event("change"));
  };
  const seen = async () => {
    await new Promise(setTimeout);
    const figures = [...chosen.options].findIndex(({ value }) => body.textContent.includes(value));
    return [chosen.selectedIndex, figures];
  };
  update();
  asked[0].come();
  const found = [await seen()];
  choose(1);
  choose(2);
  asked[2].fail(new TypeError("no way there"));
  found.push(await seen());
  asked[1].come();
  return [...found, await seen()];
}"""


@dataclass
class Delay:
    """Takes the portal's next answer to an operation and hands it over when it is let go."""

    operation: str
    taken: asyncio.Event = field(default_factory=asyncio.Event)
    let_go: asyncio.Event = field(default_factory=asyncio.Event)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    async def of(cls, window: Window, operation: str) -> "Delay":
        delay = cls(operation)
        await window.page.route("**/graphql", delay._pass)
        return delay

    async def _pass(self, route: Route) -> None:
        if self.taken.is_set() or f"query {self.operation}" not in (route.request.post_data or ""):
            await route.continue_()
            return
        answer = await route.fetch()
        self.taken.set()
        await self.let_go.wait()
        await route.fulfill(response=answer)
        self.arrived.set()


async def comes_late(window: Window, delay: Delay) -> None:
    """Hand the answer over, and give the page time to draw it."""
    delay.let_go.set()
    await asyncio.wait_for(delay.arrived.wait(), 10)
    await window.page.wait_for_timeout(200)


async def test_only_the_answer_to_the_last_question_is_drawn_and_all_wait_for_it(
    open_window: Open,
) -> None:
    window = await open_window()
    for order in permutations(range(3)):
        answered = [[at, "come"] for at in order]
        drawn, given = await window.page.evaluate(_IN_ANOTHER_ORDER, answered)
        assert drawn == [2], order
        assert given == [2, 2, 2], order


async def test_a_question_that_is_refused_is_as_if_it_had_not_been_asked(
    open_window: Open,
) -> None:
    window = await open_window()
    for order in permutations(range(3)):
        answered = [[at, "fail" if at == 2 else "come"] for at in order]
        drawn, given = await window.page.evaluate(_IN_ANOTHER_ORDER, answered)
        assert drawn == [1], order
        assert given == [1, 1, "refused"], order


async def test_a_fresh_booking_stays_when_an_older_answer_comes(
    open_window: Open, stage: Stage
) -> None:
    desk, person = await open_window(**CALM), await open_window(**CALM)
    await desk.become("customer_service")
    await offer_talks(desk)
    await person.page.clock.install()
    await somebody(person, stage)
    slot = person.at("button.slot").nth(30)
    booked = await slot.get_attribute("data-focus")
    delay = await Delay.of(person, "PageFreeSlots")
    await person.page.clock.fast_forward(PAUSE)
    await asyncio.wait_for(delay.taken.wait(), 10)
    await slot.click()
    await expect(person.at("#booked h2")).to_be_focused()
    await comes_late(person, delay)
    await expect(person.at("#booked")).to_be_visible()
    await expect(person.at(f'[data-focus="{booked}"]')).to_have_count(0)


async def test_a_list_shows_what_was_chosen_last(open_window: Open) -> None:
    desk = await open_window(**CALM)
    await desk.become("customer_service")
    await expect(desk.at("#waiting")).to_contain_text("Warten auf Freischaltung")
    delay = await Delay.of(desk, "PageAccounts")
    await desk.at('[name="which"]').select_option("RELEASED")
    await asyncio.wait_for(delay.taken.wait(), 10)
    await desk.at('[name="which"]').select_option("ALL")
    await expect(desk.at("#waiting")).to_contain_text("Alle Konten")
    await comes_late(desk, delay)
    await expect(desk.at("#waiting")).to_contain_text("Alle Konten")


async def test_a_statement_never_stands_below_another_month_than_its_own(
    open_window: Open,
) -> None:
    window = await open_window()
    await expect(window.at("h1")).to_be_visible()
    assert await window.page.evaluate(_MONTHS) == [[0, 0], [0, 0], [1, 1]]
