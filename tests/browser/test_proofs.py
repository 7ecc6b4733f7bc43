"""A record of a proof in the browser that lacks something."""

from playwright.async_api import expect

from tests.browser.conftest import Open


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
