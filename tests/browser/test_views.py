"""Every view that has an address of its own is for everybody."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Open
from tests.browser.everybody import LANGUAGES, for_everybody

# By who sees it: the address, and what is there once the view is complete.
_OWN = {"account": "#sessions > li", "news": "#devices"}
_BETWEEN = {"appointments": "#coming", "conversations": "h1", "blocks": "h1"}
VIEWS = {
    "seeker": {
        "": "#orders",
        "profile": "#profile-form",
        "consents": "#consents-given > li",
        "delegations": "#acting",
        "funding": "#record-source",
        "second-factor": "#factor-form",
        **_BETWEEN,
        **_OWN,
    },
    "assistant": {
        "": "#fitting:not([hidden])",
        "absences": "#absence",
        "profile": "#profile-form",
        **_OWN,
    },
    "coordinator": {
        "": "#fitting:not([hidden])",
        "team": "#costs",
        "absences": "#absence",
        **_BETWEEN,
        **_OWN,
    },
    "representative": {"": "#to-act", "profile": "#profile-form", **_OWN},
    # The administration has the same desk.
    "customer_service": {"": "#waiting:not([hidden])", **_OWN},
}
FIRST = "seeker"  # looks at what several share in every language; for the others it is the same
# Those with the id of something, or the token of a mail, come about by the steps of `test_axe.py`.
_ELSEWHERE = {"order", "amend", "match", "confirm-email", "reset-password", "forgotten"}
_APP = Path(__file__).parents[2] / "portal" / "pages" / "static" / "js" / "app.js"


def test_every_address_of_the_page_is_looked_at() -> None:
    named = set(re.findall(r'name === "([\w-]+)"', _APP.read_text("utf-8")))
    listed = {address for views in VIEWS.values() for address in views if address}
    assert named == listed | _ELSEWHERE


@pytest.mark.parametrize("persona", VIEWS)
async def test_every_view_is_for_everybody(open_window: Open, persona: str) -> None:
    """One test for all that holds of a view: the way there takes the time."""
    window = await open_window(reduced_motion="reduce")
    await window.become(persona)
    shared = {} if persona == FIRST else _BETWEEN | _OWN
    for address, complete in VIEWS[persona].items():
        await window.page.evaluate("address => { location.hash = address; }", address)
        await expect(window.at(complete).first).to_be_attached()
        await expect(window.at("h1")).to_be_focused()
        await for_everybody(window, complete, () if address in shared else LANGUAGES)
