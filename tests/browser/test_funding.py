"""Funding on the page: written down, approved, chosen for a contract, and told who has paid."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from playwright.async_api import Locator, expect

from tests.browser.barriers import NARROW, barriers
from tests.browser.conftest import Open
from tests.browser.demo_rows import worked_contract
from tests.browser.everybody import for_everybody
from tests.browser.window import Window
from tests.funding_rows import put_funding
from tests.stage import Stage
from tests.staging import guards_asleep

SPACE = "\N{NO-BREAK SPACE}"
CALM: dict[str, Any] = {"reduced_motion": "reduce"}


async def somebody_funded(stage: Stage) -> UUID:
    """Whose account stands first in the list of the desk, with a source."""
    async with guards_asleep(stage.environ["DATABASE_OWNER_URL"]) as connection:
        person: UUID = await connection.fetchval(
            "SELECT id FROM users WHERE role = 'SEEKER' AND state = 'RELEASED' ORDER BY id DESC"
        )
        await put_funding(connection, person, "APPROVED")
        return person


async def record(window: Window, **values: str) -> None:
    """Write a source down by the keyboard."""
    fold = window.at("#record-source")
    await fold.locator("summary").focus()
    await window.page.keyboard.press("Enter")
    for name in ("instrument", "per"):
        if name in values:
            await fold.locator(f'[name="{name}"]').select_option(values.pop(name))
    for name, value in values.items():
        await fold.locator(f'[name="{name}"]').fill(value)
    await fold.locator(".form-end button").press("Enter")


def source(window: Window, name: str) -> Locator:
    return window.at("#sources > li").filter(has=window.at("h3", has_text=name))


async def test_a_seeker_keeps_the_own_funding_chooses_it_and_reads_who_has_paid(
    open_window: Open, stage: Stage
) -> None:
    contract = await worked_contract(stage)
    seeker = await open_window(viewport={"width": NARROW, "height": 800}, **CALM)
    await seeker.become("seeker")
    await seeker.at('#who [href="#funding"]').click()
    await expect(seeker.at("h1")).to_be_focused()
    today = datetime.now(UTC).date().isoformat()
    await record(seeker, instrument="PERSONAL_BUDGET")
    refusal = seeker.at('#record-source [data-field="cents"] .refusal')
    await expect(refusal).to_be_visible()
    await seeker.at("#record-source summary").click()
    await record(seeker, instrument="PERSONAL_BUDGET", cents="12.50")
    budget = source(seeker, "Persönliches Budget")
    await expect(budget.locator(".source-state")).to_have_text("Beantragt")
    await expect(seeker.at("#record-source summary")).to_be_focused()
    await record(seeker, instrument="WORK_ASSISTANCE", minutes="4", approvedOn=today)
    await expect(source(seeker, "Arbeitsassistenz")).to_contain_text("4 Stunden im Monat")

    approve = budget.locator('details[data-code="APPROVE_FUNDING"]')
    await approve.locator("summary").click()
    await approve.locator("button").click()
    await expect(budget.locator(".source-state")).to_have_text("Bewilligt")
    await expect(budget).to_contain_text(f"12,50{SPACE}€ übrig")
    change = budget.locator('details[data-code="CHANGE_FUNDING"]')
    await change.locator("summary").click()
    await change.locator('[name="cents"]').fill("10")
    await change.locator("button").click()
    await expect(budget).to_contain_text(f"10,00{SPACE}€ übrig")
    await record(seeker, instrument="OTHER", cents="1")
    other = source(seeker, "Anderes")
    await other.locator('[data-code="WITHDRAW_FUNDING"]').click()
    await expect(other.locator(".source-state")).to_have_text("Zurückgezogen")
    await for_everybody(seeker, "#sources > li")

    await seeker.page.goto(f"{seeker.address}/#appointments=contract_03155_{contract.hex}")
    await choose_and_read(seeker)
    await seeker.at('#who [href="#funding"]').click()
    await expect(budget.locator(".note")).to_contain_text("aufgebraucht")
    key = (await budget.locator("h3").get_attribute("data-focus") or "").removesuffix(" card")
    await seeker.page.goto(f"{seeker.address}/#funding={key}")
    await expect(budget.locator("h3")).to_be_focused()
    desk = await open_window(**CALM)
    await desk.become("customer_service")
    await look_at_it(desk, await somebody_funded(stage))


async def choose_and_read(seeker: Window) -> None:
    """Both sources in an order, the hour confirmed, and each with its part."""
    form = seeker.at("#choice-form")
    choices = form.locator("select")
    await expect(choices).to_have_count(2)
    for at in range(2):
        await choices.nth(at).select_option(index=at + 1)
    await form.locator("button").press("Enter")
    await expect(seeker.at("#announcer")).to_have_text("Reihenfolge gespeichert.")
    assert await barriers(seeker) == []
    await seeker.at('#appointments [data-code="CONFIRM_APPOINTMENT"]').click()
    lines = seeker.at("#statement li li")
    await expect(lines).to_have_count(2)
    await expect(lines.nth(0)).to_contain_text(f"§ 29 SGB IX: 24 Minuten, 10,00{SPACE}€")
    await expect(lines.nth(1)).to_contain_text(f"§ 185 Abs. 5 SGB IX: 36 Minuten, 15,00{SPACE}€")


async def look_at_it(desk: Window, person: UUID) -> None:
    """Customer service reads what stands on somebody's file, and changes nothing there."""
    await desk.at('[name="which"]').select_option("RELEASED")
    fold = desk.at(f'#accounts > [data-key="user_03155_{person.hex}"] details.funding')
    await fold.locator("summary").first.click()
    await expect(fold.locator("h4")).to_have_text("Anderes")
    await expect(fold).to_contain_text(f"500,00{SPACE}€ übrig")
    assert await fold.locator("button").count() == 0
    assert await barriers(desk) == []
