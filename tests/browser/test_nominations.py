"""Naming somebody for an order: a provider that may not is told why."""

from typing import Any

from playwright.async_api import Route, expect

from tests.browser.conftest import Open

_WHY = "Nennen geht erst nach der Freischaltung."
_REMEDY = "Warten Sie auf die Freischaltung."
_REFUSED: dict[str, Any] = {
    "data": None,
    "errors": [{"message": _WHY, "extensions": {"code": "NOT_RELEASED", "remedy": _REMEDY}}],
}
_SECTION = """async () => {
  const { nominationsSection } = await import("/pages/js/nominations.js");
  const availableActions = [{ code: "NOMINATE_ASSISTANT", available: true }];
  const match = { id: "match", kind: "PROVIDER", nominations: [], availableActions };
  document.querySelector("#main").append(nominationsSection(match, {}));
}"""


async def test_whoever_can_name_nobody_reads_why_and_what_to_do(open_window: Open) -> None:
    window = await open_window()

    async def refuse(route: Route) -> None:
        if "query PageCandidates" in (route.request.post_data or ""):
            await route.fulfill(json=_REFUSED)
        else:
            await route.continue_()

    await window.page.route("**/graphql", refuse)
    await expect(window.at("#sign-in-form")).to_be_visible()
    await window.page.evaluate(_SECTION)
    await expect(window.at("#nominations .refusal")).to_contain_text(f"{_WHY} {_REMEDY}")
    await expect(window.at("#nominations .refusal")).not_to_be_focused()
