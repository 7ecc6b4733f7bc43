"""Pages of lists: complete, stable while rows are being added, and bounded."""

from typing import Any

import pytest

from domain.states import MatchState
from models.match import Match
from tests.graph import As, Client
from tests.orders import ask, make_order
from tests.people import Place, make_assistant, make_seeker

PAGE = """query($first: Int!, $after: String, $by: Sorting!, $where: OrderFilter) {
  orders(first: $first, after: $after, orderBy: $by, where: $where) {
    totalCount nodes { id } edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


async def _page(client: Client, **variables: Any) -> Any:
    wanted = {"first": 3, "by": "NEWEST_FIRST"} | variables
    return (await client.data(PAGE, **wanted))["orders"]


@pytest.mark.parametrize("by", ["NEWEST_FIRST", "OLDEST_FIRST"])
async def test_pages_put_together_are_the_whole_list_once(as_: As, place: Place, by: str) -> None:
    owner = await make_seeker(place)
    made = [f"order_03155_{(await make_order(owner)).id.hex}" for _ in range(8)]
    client = await as_(owner)
    found: list[str] = []
    after = None
    while True:
        page = await _page(client, after=after, by=by)
        assert page["totalCount"] == 8
        assert page["pageInfo"]["hasPreviousPage"] == (after is not None)
        assert page["pageInfo"]["startCursor"] == page["edges"][0]["cursor"]
        found += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert found == (made if by == "OLDEST_FIRST" else made[::-1])


async def test_rows_added_while_reading_neither_shift_nor_repeat_the_others(
    as_: As, place: Place
) -> None:
    owner = await make_seeker(place)
    before = [f"order_03155_{(await make_order(owner)).id.hex}" for _ in range(4)]
    client = await as_(owner)
    first = await _page(client)
    await make_order(owner)
    second = await _page(client, after=first["pageInfo"]["endCursor"])
    assert [node["id"] for node in first["nodes"] + second["nodes"]] == before[::-1]


async def test_one_list_under_several_names_is_read_as_each_of_them_asks(
    as_: As, place: Place
) -> None:
    owner = await make_seeker(place)
    for _ in range(3):
        await make_assistant(place)
    order = await make_order(owner)
    await ask(order)
    await Match.filter(order_id=order.id).update(state=MatchState.ACCEPTED)
    found = await (await as_(owner)).data(
        """{ orders { nodes {
          one: matches(first: 1) { nodes { id } }
          same: matches(first: 1) { edges { node { id } } }
          all: matches { nodes { id } pageInfo { hasNextPage } } } } }"""
    )
    (lists,) = found["orders"]["nodes"]
    everyone = [node["id"] for node in lists["all"]["nodes"]]
    assert len(everyone) == 3
    assert [node["id"] for node in lists["one"]["nodes"]] == everyone[:1]
    assert [edge["node"]["id"] for edge in lists["same"]["edges"]] == everyone[:1]
    assert not lists["all"]["pageInfo"]["hasNextPage"]


@pytest.mark.parametrize("first", [0, -1, 101])
async def test_a_page_has_between_one_and_a_hundred_rows(as_: As, place: Place, first: int) -> None:
    client = await as_(await make_seeker(place))
    body = await client.send(PAGE, first=first, by="NEWEST_FIRST")
    assert body["errors"][0]["extensions"]["code"] in {"NUMBER_OUT_OF_RANGE", "LIMIT_EXCEEDED"}


@pytest.mark.parametrize("after", ["x", "", "äöü", "A" * 400])
async def test_a_cursor_that_is_none_is_refused(as_: As, place: Place, after: str) -> None:
    client = await as_(await make_seeker(place))
    body = await client.send(PAGE, first=3, by="NEWEST_FIRST", after=after)
    assert body["errors"][0]["extensions"]["code"] == "CURSOR_INVALID"


async def test_conditions_can_be_joined_turned_round_and_left_open(as_: As, place: Place) -> None:
    owner = await make_seeker(place)
    await make_order(owner)
    await make_order(owner, released=False)
    client = await as_(owner)
    numbers = {
        "drafts": {"state": ["DRAFT"]},
        "others": {"not": {"state": ["DRAFT"]}},
        "either": {"or": [{"state": ["DRAFT"]}, {"state": ["RELEASED"]}]},
        "neither": {"and": [{"state": ["DRAFT"]}, {"state": ["RELEASED"]}]},
        "all": {},
    }
    found = {
        name: (await _page(client, where=where))["totalCount"] for name, where in numbers.items()
    }
    assert found == {"drafts": 1, "others": 1, "either": 2, "neither": 0, "all": 2}
