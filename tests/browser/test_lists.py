"""Lists that hold more than one page of the graph are read to their end."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
from playwright.async_api import Route, expect

from tests.appointment_rows import put_appointment
from tests.browser.conftest import Open
from tests.browser.demo_rows import demo_order, worked_contract
from tests.browser.window import Window
from tests.funding_rows import put_funding
from tests.stage import Stage
from tests.staging import guards_asleep, put_match

CALM = {"reduced_motion": "reduce"}
_ASSISTANTS = "SELECT id FROM users WHERE role = 'ASSISTANT' AND state = 'RELEASED' LIMIT $1"
_SEEKER = "SELECT seeker_id FROM contracts WHERE id = $1"


async def pages_of_one_row(window: Window) -> None:
    """From now on the portal is asked for a single row at a time, whatever the page wants."""

    async def shorten(route: Route) -> None:
        asked = json.loads(route.request.post_data or "{}")
        if "first" in asked.get("variables", {}):
            asked["variables"]["first"] = 1
        await route.continue_(post_data=json.dumps(asked))

    async def rewrite(route: Route) -> None:
        script = await (await route.fetch()).text()
        body = script.replace("matches(first: 50)", "matches(first: 1)")
        await route.fulfill(body=body, content_type="text/javascript")

    await window.page.route("**/graphql", shorten)
    await window.page.route("**/operations.js", rewrite)
    await window.page.reload()


async def accepted_order(connection: asyncpg.Connection, number: int) -> UUID:
    """Of the seeker of the demo, accepted by so many."""
    order = await demo_order(connection)
    for assistant in await connection.fetch(_ASSISTANTS, number):
        await put_match(connection, order, "ACCEPTED", assistant=assistant["id"])
    return order


async def test_all_dates_and_all_sources_of_a_contract_are_there(
    open_window: Open, stage: Stage
) -> None:
    contract = await worked_contract(stage)
    async with guards_asleep(stage.environ["DATABASE_OWNER_URL"]) as connection:
        for days in (2, 3):
            begun = datetime.now(UTC) - timedelta(days=days)
            await put_appointment(connection, contract, "WORKED", starts_at=begun)
        seeker_id = await connection.fetchval(_SEEKER, contract)
        sources = [await put_funding(connection, seeker_id, "APPROVED") for _ in range(2)]
    seeker = await open_window(**CALM)
    await seeker.become("seeker")
    await pages_of_one_row(seeker)
    await seeker.page.goto(f"{seeker.address}/#appointments=contract_03155_{contract.hex}")
    await expect(seeker.at("#appointments > li")).to_have_count(3)
    for source in sources:
        option = f'#choice-form select[name="place-1"] option[value$="{source.hex}"]'
        await expect(seeker.at(option)).to_have_count(1)
    await seeker.at('#who [href="#funding"]').click()
    for source in sources:
        await expect(seeker.at(f'#sources > [data-key$="{source.hex}"]')).to_have_count(1)


async def test_everybody_who_accepted_is_there(open_window: Open, stage: Stage) -> None:
    async with guards_asleep(stage.environ["DATABASE_OWNER_URL"]) as connection:
        order = await accepted_order(connection, number=3)
    seeker = await open_window(**CALM)
    await seeker.become("seeker")
    await pages_of_one_row(seeker)
    await seeker.page.goto(f"{seeker.address}/#order=order_03155_{order.hex}")
    await expect(seeker.at("#matches > li")).to_have_count(3)
