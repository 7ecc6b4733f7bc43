"""What has happened to an order, as both sides and customer service read it."""

from playwright.async_api import expect

from tests.browser.barriers import barriers
from tests.browser.conftest import Open
from tests.browser.drafts import begin_draft, fill_draft, release

STORY = "Zusammen Postkarten schreiben."
RELEASED, ACCEPTED = "Der Such-Auftrag ist freigegeben", "Jemand hat zugesagt."


async def test_both_sides_and_the_desk_read_what_has_happened(open_window: Open) -> None:
    calm = {"reduced_motion": "reduce"}
    seeker, assistant, desk = [await open_window(**calm) for _ in range(3)]
    await seeker.become("seeker")
    await begin_draft(seeker)
    await fill_draft(seeker, STORY)
    await release(seeker)
    await seeker.at(".timeline-fold summary").click()
    happened = seeker.at(".timeline > li")
    await expect(happened.filter(has_text=RELEASED)).to_have_count(1)
    await expect(happened.filter(has_text=ACCEPTED)).to_have_count(0)

    await assistant.become("assistant")
    card = assistant.at(".suggestion", has_text=STORY)
    await card.locator('[data-code="ACCEPT_ORDER"]').click()
    await expect(happened.filter(has_text=ACCEPTED)).to_have_count(1)  # by itself
    await expect(happened.filter(has_text=RELEASED)).to_have_count(1)
    assert await barriers(seeker) == []

    await card.locator(".to-match").click()
    await assistant.at(".timeline-fold summary").click()
    theirs = assistant.at(".timeline > li")
    await expect(theirs.filter(has_text=ACCEPTED)).to_contain_text("Wer Assistenz anbietet")

    await desk.become("customer_service")
    await desk.at("#orders-fold > summary").click()
    newest = desk.at("#desk-orders > li").first
    await newest.locator("summary").click()
    await expect(newest.locator(".timeline > li", has_text=ACCEPTED)).to_have_count(1)
