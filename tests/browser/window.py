"""One person's browser: a context with cookies of its own, one page, and an ear for problems."""

from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Error,
    Locator,
    Page,
    Request,
    expect,
)

PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)
# Whoever goes by keyboard or ear stands at the page's beginning again when a step takes the focus.
_FOCUS = """
let last = null;
document.addEventListener("focusin", ({ target }) => { last = target; });
new MutationObserver(() => setTimeout(() => {
  const taken = last && !last.isConnected && document.activeElement === document.body;
  if (taken && document.querySelector("#main")) console.error(`focus lost: ${last.outerHTML}`);
  if (taken) last = null;
})).observe(document, { childList: true, subtree: true });
"""


@dataclass
class Window:
    """A window of the page; console errors, requests to other hosts and a focus that falls back to
    the page's beginning are its problems.
    """

    context: BrowserContext
    page: Page
    address: str
    problems: list[str] = field(default_factory=list)

    @classmethod
    async def open(cls, browser: Browser, address: str, path: str, **options: Any) -> "Window":
        usual = {"locale": "de-DE", "viewport": {"width": 1200, "height": 900}}
        context = await browser.new_context(**(usual | options))
        context.set_default_timeout(PATIENCE_MS)
        window = cls(context, await context.new_page(), address)
        window._listen()
        await window.page.add_init_script(f"(() => {{{_FOCUS}}})();")
        await window.page.goto(address + path)
        return window

    def _listen(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", self._failed)
        self.page.on("request", self._asked)
        self.page.on("dialog", _agree)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(message.text)

    def _failed(self, error: Error) -> None:
        self.problems.append(str(error))

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:", "blob:")):
            self.problems.append(f"a request to {request.url}")

    async def become(self, persona: str) -> None:
        """Choose a persona on the start page."""
        await self.page.locator(f'[data-persona="{persona}"]').click()
        await expect(self.page.locator("#viewer")).to_be_visible()

    async def text(self) -> str:
        """Everything that is in the page, shown or not."""
        return await self.page.locator("html").inner_html()

    def at(self, selector: str, has_text: str | None = None) -> Locator:
        """Short for page.locator."""
        return self.page.locator(selector, has_text=has_text)

    async def close(self) -> None:
        await self.context.close()


async def _agree(dialog: Dialog) -> None:
    await dialog.accept()
