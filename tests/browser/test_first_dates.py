"""Dates of a meeting can be proposed where the portal offers it, and nowhere else."""

import pytest
from playwright.async_api import expect

from domain.ids import encode
from tests.browser.conftest import Open
from tests.browser.demo_rows import demo_order
from tests.stage import Stage
from tests.staging import guards_asleep, put_match

DISTRICT = "03155"
_ASSISTANT = """SELECT id, provider_id FROM assistants
JOIN users USING (id) WHERE email = 'assistant@assistenz-portal.example'"""


@pytest.mark.parametrize(
    ("kind", "begin", "wait"),
    [
        ("ASSISTANT", {"seeker", "assistant"}, {"coordinator"}),
        ("PROVIDER", {"coordinator"}, {"seeker"}),
    ],
)
async def test_only_those_who_begin_are_asked_for_the_first_dates(
    open_window: Open, stage: Stage, kind: str, begin: set[str], wait: set[str]
) -> None:
    async with guards_asleep(stage.environ["DATABASE_OWNER_URL"]) as connection:
        assistant, provider = await connection.fetchrow(_ASSISTANT)
        commissioned = "AWARDED" if kind == "ASSISTANT" else "REQUESTED"
        order = await demo_order(connection, commissioned)
        acceptor = {"assistant": assistant} if kind == "ASSISTANT" else {"provider": provider}
        match = await put_match(connection, order, commissioned, **acceptor)
    for persona in sorted(begin | wait):
        window = await open_window()
        await window.become(persona)
        await window.page.goto(f"{window.address}/#match={encode('match', DISTRICT, match)}")
        await expect(window.at("#match-state")).to_be_visible()
        await expect(window.at("#meetings .propose")).to_have_count(int(persona in begin))
        await expect(window.at("#meetings")).to_have_count(int(persona in begin))
