"""Somebody asked too often: the page says of what it was too much, and when to try again."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from playwright.async_api import expect
from redis.asyncio import Redis

from domain.keys import Keys
from services.limiter import Limiter, begin_sign_in
from services.number_limit import NUMBER_HOUR
from tests.browser.conftest import Open
from tests.browser.drafts import NUMBER, begin_draft
from tests.stage import Stage
from tests.staging import guards_asleep

ELSEWHERE = "192.0.2.7"  # the tries of this machine are counted for every other test
WORDS = {
    "de": "Das war zu viel hintereinander: Anmelden. "
    "Bitte warten Sie 5 Minuten und versuchen Sie es dann noch einmal.",
    "de-x-leicht": "Das war zu oft: Anmelden. "
    "Bitte warten Sie 5 Minuten. Versuchen Sie es dann noch einmal.",
}
_SEEKER = "SELECT id FROM users WHERE email = 'seeker@assistenz-portal.example'"


@pytest.fixture
async def limiter(stage: Stage) -> AsyncIterator[Limiter]:
    """Counts as the running portal does, in the same Redis."""
    async with Redis.from_url(stage.environ["REDIS_URL"]) as redis:
        yield Limiter(redis, Keys(stage.environ["SECRET_KEY"].encode()))


@pytest.mark.parametrize("language", WORDS)
async def test_signing_in_too_often_says_how_long_to_wait(
    open_window: Open, limiter: Limiter, language: str
) -> None:
    email = f"zu-oft-{language}@example.org"
    ten_minutes_ago = datetime.now(UTC) - timedelta(minutes=10)
    for number in range(5):
        moment = ten_minutes_ago + timedelta(seconds=10 * number)
        await begin_sign_in(limiter, email, ELSEWHERE, moment)
    window = await open_window()
    await expect(window.at("#sign-in-form")).to_be_visible()
    await window.page.evaluate("language => { localStorage.language = language; }", language)
    await window.page.reload()
    await expect(window.at("html")).to_have_attribute("lang", language)
    await window.at('#sign-in-form [name="email"]').fill(email)
    await window.at('#sign-in-form [name="password"]').fill("vielleicht dieses")
    await window.at("#sign-in-form button").press("Enter")
    refusal = window.at("#sign-in-form .refusal")
    await expect(refusal).to_contain_text(WORDS[language])
    await expect(refusal).to_be_focused()
    await expect(window.at("#announcer")).to_have_text(WORDS[language])
    await expect(window.at('#sign-in-form [name="email"]')).to_have_value(email)


async def test_a_number_asked_for_too_often_stays_and_says_how_long_to_wait(
    open_window: Open, limiter: Limiter, stage: Stage
) -> None:
    async with guards_asleep(stage.environ["DATABASE_OWNER_URL"]) as connection:
        seeker: UUID = await connection.fetchval(_SEEKER)
    window = await open_window()
    await window.become("seeker")
    await begin_draft(window)
    number = await window.at("#availability").inner_text()
    earlier = datetime.now(UTC) - timedelta(seconds=NUMBER_HOUR.seconds - 5 * 60)
    try:
        await limiter.forget(NUMBER_HOUR, seeker.hex)
        for _ in range(NUMBER_HOUR.tries):
            await limiter.take(NUMBER_HOUR, seeker.hex, earlier)
        await window.at('[name="durationMinutes"]').fill("195")
        refusal = window.at("#availability-refusal")
        await expect(refusal).to_contain_text("Diese Zahl gehört noch zu dem, was Sie vorher")
        await expect(refusal).to_contain_text("Bitte warten Sie 5 Minuten")
        await expect(window.at("#availability")).to_have_text(number)
        await window.page.reload()
        await expect(refusal).to_contain_text("Bitte warten Sie")
        await expect(refusal).not_to_contain_text("Diese Zahl gehört")
        await expect(window.at("#availability")).to_have_text("…")
    finally:
        await limiter.forget(NUMBER_HOUR, seeker.hex)
    await window.at('[name="durationMinutes"]').fill("210")
    await expect(refusal).to_be_empty()
    await expect(window.at("#availability")).to_have_text(NUMBER)
