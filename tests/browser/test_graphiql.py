"""GraphiQL from our own files, with the examples of a role."""

import re

from playwright.async_api import expect

from tests.browser.conftest import Open
from tests.browser.window import Window

RUN = ".graphiql-execute-button"
ANSWER = ".result-window"


async def _tab(window: Window, name: str) -> None:
    await window.page.get_by_role("tab", name=name, exact=True).click()


async def test_graphiql_runs_an_example_without_leaving_the_portal(open_window: Open) -> None:
    window = await open_window("/graphql")
    await expect(window.at(RUN)).to_be_visible()
    await window.at(RUN).click()
    await expect(window.at(ANSWER)).to_contain_text('"ANONYMOUS"')


async def test_choosing_a_persona_signs_in_and_brings_its_examples(open_window: Open) -> None:
    window = await open_window("/graphql")
    await window.at("#role").select_option("seeker")
    await expect(window.at("#note")).to_have_text(re.compile("Signed in as"))
    await _tab(window, "CreateOrder")
    await window.at(RUN).click()
    await expect(window.at(ANSWER)).to_contain_text('"DRAFT"')


async def test_an_example_takes_values_from_an_earlier_answer(open_window: Open) -> None:
    window = await open_window("/graphql")
    await window.at("#role").select_option("seeker")
    await _tab(window, "LiveNumber")
    await window.at(RUN).click()
    await expect(window.at(ANSWER)).to_contain_text("Run CreateOrder first")
    await _tab(window, "CreateOrder")
    await window.at(RUN).click()
    await expect(window.at(ANSWER)).to_contain_text('"DRAFT"')
    await _tab(window, "LiveNumber")
    await window.at(RUN).click()
    await expect(window.at(ANSWER)).to_contain_text('"count"')


async def test_the_dialogs_of_graphiql_open_under_its_policy(open_window: Open) -> None:
    window = await open_window("/graphql")
    await window.page.get_by_role("button", name="Open settings dialog").click()
    await expect(window.page.get_by_role("dialog")).to_be_visible()
