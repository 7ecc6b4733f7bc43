"""Going through a view with the Tab key alone."""

import asyncio

from tests.browser.window import Window

_NOTE = """() => {
  window.reached = new Set();
  document.addEventListener("focusin", ({ target }) => window.reached.add(target));
}"""
# Of radio buttons under one name the keyboard reaches one; arrows lead to the others.
_UNREACHED = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((each) => each.checkVisibility() && !each.disabled && each.tabIndex >= 0)
  .filter((each) => !window.reached.has(each) && !(each.type === "radio"
    && [...window.reached].some((other) => other.type === "radio" && other.name === each.name)))
  .map((each) => each.outerHTML.slice(0, 160))"""
_STEP = 30
# A date takes several presses, and the browser's own controls lie between end and beginning.
_PATIENCE = 3


async def unreached(window: Window) -> list[str]:
    """What can be used and is not reached, because nothing leads there or the focus is held."""
    await window.page.evaluate(_NOTE)
    left: list[str] = await window.page.evaluate(_UNREACHED)
    vain = 0
    while left and vain < _PATIENCE:
        # Held down, and none waits for the answer to the one before: that is half of the time.
        await asyncio.gather(*(window.page.keyboard.down("Tab") for _ in range(_STEP)))
        await window.page.keyboard.up("Tab")
        before, left = len(left), await window.page.evaluate(_UNREACHED)
        vain = 0 if len(left) < before else vain + 1
    return left
