"""Proofs in the browser: who lacks one is listed, recorded piece by piece, and released."""

from datetime import UTC, datetime, timedelta

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Locator, expect

from tests.browser.conftest import Open
from tests.browser.window import Window

FIELDS: dict[str, dict[str, int | None]] = {
    "CERTIFICATE_OF_CONDUCT": {"datedOn": -20},
    "MEASLES_PROTECTION": {},
    "INTERVIEW": {},
    "TRAINING": {"hours": None},
    "QUALIFICATION": {"quality": None, "validUntil": 900},
    "INSURANCE": {"validUntil": 300},
}


def day(distance: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=distance)).isoformat()


async def unproven(desk: Window) -> Locator:
    """The card of somebody of whom nothing was seen yet."""
    cards = desk.at("#proofs-due > li")
    bare = cards.filter(has_not_text="gültig").filter(has_not_text="läuft").first
    for _ in range(10):
        if await bare.count():
            break
        shown = await cards.count()
        await desk.at("section[aria-labelledby=proofs] > button").click()
        await expect(cards).not_to_have_count(shown)
    name = await bare.locator("h3").inner_text()
    return cards.filter(has=desk.page.get_by_role("heading", name=name, exact=True))


async def fill(card: Locator, kind: str) -> None:
    form = card.locator("form.proof")
    await form.locator('[name="kind"]').select_option(kind)
    for name, value in FIELDS[kind].items():
        control = form.locator(f'[name="{name}"]')
        if name == "quality":
            await control.select_option("QUA_ERSTE_HILFE")
        else:
            await control.fill("12" if value is None else day(value))
    await form.locator(".form-end button").click()


async def test_the_desk_records_what_is_missing_and_releases_the_assistant(
    open_window: Open,
) -> None:
    desk = await open_window(reduced_motion="reduce")
    await desk.become("customer_service")
    card = await unproven(desk)
    name = await card.locator("h3").inner_text()
    account = desk.at("#accounts > li").filter(
        has=desk.page.get_by_role("heading", name=name, exact=True)
    )
    release = account.locator('[data-code="RELEASE_ACCOUNT"]')
    await expect(release).to_have_attribute("aria-disabled", "true")
    await expect(account).to_contain_text("Es fehlen noch gültige Nachweise.")
    kinds = await card.locator("[data-proof]").evaluate_all(
        "items => items.map((item) => item.dataset.proof)"
    )
    assert len(kinds) in {4, 6}
    await card.locator('[data-code="WRITE_CERTIFICATE_LETTER"] summary').click()
    await card.locator(".letter-form button").click()
    await expect(card.locator(".letter")).to_contain_text("§ 30a Absatz 2")
    for kind in kinds:
        if not await card.locator("form.proof").is_visible():
            await card.locator('[data-code="RECORD_EVIDENCE"] summary').click()
        if kind == "INTERVIEW":
            assert (await Axe().run(desk.page)).response["violations"] == []
        await fill(card, kind)
        if kind != kinds[-1]:
            await expect(card.locator(f'[data-proof="{kind}"]')).to_contain_text("gültig")
    await expect(card).to_have_count(0)
    await expect(release).not_to_have_attribute("aria-disabled", "true")
    await release.click()
    await expect(account).to_have_count(0)


async def test_what_is_missing_in_a_record_is_said_at_its_field(open_window: Open) -> None:
    coordinator = await open_window()
    await coordinator.become("coordinator")
    card = coordinator.at("#proofs-due > li").first
    await card.locator('[data-code="RECORD_EVIDENCE"] summary').click()
    form = card.locator("form.proof")
    await form.locator('[name="kind"]').select_option("CERTIFICATE_OF_CONDUCT")
    await form.locator(".form-end button").click()
    await expect(form.locator('[data-field="datedOn"] .refusal')).to_be_visible()
    await form.locator('[name="kind"]').select_option("INTERVIEW")
    await expect(form.locator('[name="datedOn"]')).to_have_count(0)
