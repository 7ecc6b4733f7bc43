"""What a machine can say of any view: axe-core's barriers, sideways scrolling, codes for people."""

import json
import re
from pathlib import Path

from axe_playwright_python.async_playwright import Axe
from graphql import GraphQLEnumType, build_schema

from tests.browser.window import Window

NARROW = 320
_SCHEMA = Path(__file__).parents[2] / "schema" / "schema.graphql"
_CODES = frozenset(
    code
    for kind in build_schema(_SCHEMA.read_text("utf-8"), assume_valid=True).type_map.values()
    if isinstance(kind, GraphQLEnumType)
    for code in kind.values
)
_WIDER = """() => [...document.querySelectorAll('body *')]
  .filter((each) => each.checkVisibility() && !each.closest('.visually-hidden, .skip'))
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1
    || (each.scrollWidth > innerWidth && each.clientWidth > 0))
  .map((each) => each.outerHTML.slice(0, 160)).slice(-3)"""
_AXE = Axe()
# Nothing is played on any view: only for that axe would load everything of the page once more.
_VIOLATIONS = """axe.run(%s, { resultTypes: ["violations"], preload: false })
  .then(({ violations }) => violations)"""
_SCROLLS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def unfold(window: Window) -> None:
    """Open everything that is folded away."""
    await window.page.evaluate(
        "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
    )


async def barriers(window: Window, within: str | None = None) -> list[str]:
    """What is wrong with the page as it is now, and where; nothing if all is well.

    Axe takes seconds for the desk; `within` is the part that it looks at.
    """
    if not await window.page.evaluate("'axe' in window"):
        await window.page.evaluate(_AXE.axe_script)
    place = "document" if within is None else json.dumps(within)
    found = await window.page.evaluate(_VIOLATIONS % place)
    violations = [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]
    return [*violations, *await fits(window)]


async def fits(window: Window) -> list[str]:
    """What differs from language to language: words that are codes, and what is too wide."""
    return [*await _codes(window), *await _sideways(window)]


async def _codes(window: Window) -> list[str]:
    """Names of states and the like that a person would read."""
    text = await window.page.evaluate("document.body.textContent")
    return [f"a code: {each}" for each in set(re.findall(r"\b[A-Z][A-Z0-9_]{2,}\b", text)) & _CODES]


async def _sideways(window: Window) -> list[str]:
    """What makes the page scroll sideways on the narrowest screen that WCAG knows (1.4.10)."""
    usual = window.page.viewport_size
    await window.page.set_viewport_size({"width": NARROW, "height": 640})
    wide = []
    if await window.page.evaluate(_SCROLLS) > 0:
        wide = [f"too wide: {each}" for each in await window.page.evaluate(_WIDER)] or ["too wide"]
    if usual:
        await window.page.set_viewport_size(usual)
    return wide
