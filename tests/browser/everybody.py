"""What holds of any view: axe, keyboard, names and contrast, narrow screens, three languages."""

from pathlib import Path

from playwright.async_api import expect

from tests.browser.barriers import barriers, fits, unfold
from tests.browser.keyboard import unreached
from tests.browser.window import Window

LANGUAGES = ("de-x-leicht", "en", "de")
_AT_ONCE = """languages => {
  const chooser = document.querySelector("#language");
  for (const language of languages) {
    chooser.value = language;
    chooser.dispatchEvent(new Event("change"));
  }
}"""
_AUDIT = (Path(__file__).parent / "audit.js").read_text("utf-8")


async def speak(window: Window, language: str) -> None:
    """Choose a language, as somebody does who has come to the choice with the keyboard."""
    await window.at("#language").focus()
    await window.at("#language").select_option(language)
    await expect(window.at("html")).to_have_attribute("lang", language)
    await expect(window.at("#language")).to_be_focused()


async def speak_at_once(window: Window, *languages: str) -> None:
    """Pass the languages between on the way, as somebody does who goes through the choice."""
    await window.page.evaluate(_AT_ONCE, languages)


async def for_everybody(
    window: Window, complete: str = "h1", languages: tuple[str, ...] = LANGUAGES
) -> None:
    """Nothing is in anybody's way on this view; `complete` is there once it is drawn.

    Languages differ in words alone, so axe and the keyboard look once. The view is left unfolded,
    and in German. The desk takes the longest: it has 500 controls.
    """
    await unfold(window)
    audited: list[str] = await window.page.evaluate(_AUDIT)
    found = [*await barriers(window), *audited, *await unreached(window)]
    assert not found, found
    for language in languages:
        await speak(window, language)
        await expect(window.at(complete).first).to_be_attached()
        await unfold(window)
        found = await fits(window)
        assert not found, (language, found)
