"""Choosing which news goes which way: a topic takes its kinds along, and one of them can stay."""

from playwright.async_api import expect

from tests.browser.conftest import Open

_TOPIC = '#news-choices [name="MATCHES EMAIL"]'
_KINDS = 'fieldset:has(> div > [name="MATCHES EMAIL"]) [name^="kind "][name$=" EMAIL"]'
_STAYS = '#news-choices [name="kind ORDER_ACCEPTED EMAIL"]'


async def test_whoever_unticks_a_topic_keeps_the_kind_that_stays_ticked(open_window: Open) -> None:
    window = await open_window("/#news", reduced_motion="reduce")
    await window.become("seeker")
    await window.at("#news-choices > summary").click()
    await window.at(_TOPIC).uncheck()
    kinds = window.at(_KINDS)
    assert await kinds.count() > 1
    assert not any([await kind.is_checked() for kind in await kinds.all()])
    await window.at("#news-choices details:has([name^='kind ORDER_ACCEPTED']) > summary").click()
    await window.at(_STAYS).check()
    await window.at("#news-choices form button").click()
    await expect(window.at("#announcer")).to_contain_text("Gespeichert.")
    await window.page.reload()
    await expect(window.at(_TOPIC)).not_to_be_checked()
    await expect(window.at(_STAYS)).to_be_checked()
    assert sum([await kind.is_checked() for kind in await kinds.all()]) == 1
