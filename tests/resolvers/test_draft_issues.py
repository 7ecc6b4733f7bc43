"""What a draft is told to lack is what its release refuses, whatever the draft."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio.from_thread
import anyio.to_thread
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from domain.dates import BERLIN
from domain.order import MAX_COUNT, Interval, OrderDraft, OrderKind, foreign_fields
from domain.window import EMPTY_WEEK, FULL_WEEK, Window, week_of
from models.order import Order
from models.user import User
from services.order_draft import columns, save_parts
from tests.graph import As, Client
from tests.people import SHOPPING, Place, make_seeker

DRAFT = """query Draft($id: ID!) { node(id: $id) { ... on Order {
  draftIssues draftProblems { code field message remedy }
  availableActions { code available blockedReason } } } }"""
RELEASE = """... on Order { state } ... on InputRefused { problems { code field message remedy } }
... on StateRefused { problems { code field message remedy } }"""
MORNINGS = week_of(Window(day, "08:00", "10:00") for day in range(1, 4))
TODAY = datetime.now(BERLIN).date()
DAYS = [TODAY + timedelta(days=each) for each in (-40, -1, 0, 1, 40)]
INSTANTS = [datetime.now(UTC) + timedelta(hours=each) for each in (-30, -1, 30, 42, 54, 90)]
COUNTS: dict[Interval | None, list[int | None]] = {
    None: [None, 1, 28],
    **{each: [None, 1, min(4, most), most, most + 1] for each, most in MAX_COUNT.items()},
}


@st.composite
def drafts(draw: st.DrawFn) -> OrderDraft:
    """Drafts as they may lie in the database; mostly nothing is missing."""
    kind = draw(st.sampled_from(OrderKind))
    interval = draw(st.sampled_from([*Interval, *Interval, None]))
    draft = OrderDraft(
        kind=kind,
        description=draw(st.sampled_from(["Hilfe", "Hilfe", "Hilfe", " "])),
        activities=draw(st.sampled_from([frozenset({SHOPPING})] * 3 + [frozenset[str]()])),
        week=draw(st.sampled_from([FULL_WEEK, MORNINGS, MORNINGS, EMPTY_WEEK])),
        duration_minutes=draw(st.sampled_from([15, 60, 120, 121, 1440])),
        needs_driving=False,
        starts_at=draw(st.sampled_from([*INSTANTS, None])),
        start_date=draw(st.sampled_from([*DAYS, None])),
        interval=interval,
        count=draw(st.sampled_from(COUNTS[interval])),
        must=draw(st.sampled_from([frozenset[str](), frozenset[str](), frozenset({"GES_FRAU"})])),
    )
    others: dict[str, Any] = dict.fromkeys(foreign_fields(kind).values())
    return replace(draft, **others)


async def refused(client: Client, seeker: User, draft: OrderDraft) -> bool:
    """Whether the release of such a draft is refused; that its issues say the same is checked."""
    order = await Order.create(
        seeker_id=seeker.id, municipality_id=seeker.municipality_id, **columns(draft)
    )
    await save_parts(order.id, draft)
    order_id = f"order_03155_{order.id.hex}"
    shown = (await client.data(DRAFT, id=order_id))["node"]
    said = await client.do("releaseOrder", {"orderId": order_id}, RELEASE)
    problems = said.get("problems", [])
    assert shown["draftProblems"] == problems
    assert shown["draftIssues"] == [each["field"] for each in problems]
    assert (said.get("state") == "RELEASED") == (not problems)
    (button,) = [each for each in shown["availableActions"] if each["code"] == "RELEASE_ORDER"]
    assert button["available"] == (button["blockedReason"] is None) == (not problems)
    return bool(problems)


@pytest.mark.slow
async def test_the_issues_of_a_draft_are_what_its_release_refuses(as_: As, place: Place) -> None:
    seeker = await make_seeker(place)
    client, outcomes = await as_(seeker), []

    @seed(7)
    @settings(
        max_examples=60,  # as often as one seeker may release in a day
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(drafts())
    def holds(draft: OrderDraft) -> None:
        outcomes.append(anyio.from_thread.run(refused, client, seeker, draft))

    await anyio.to_thread.run_sync(holds)
    assert {*outcomes} == {True, False}
