"""Gateways: references answer one by one, and a bad one spoils no other."""

from typing import Any

import pytest

from tests.graph import As
from tests.orders import make_order
from tests.people import Place, make_seeker

QUERY = """query($r: [_Any!]!) { _entities(representations: $r) { __typename
  ... on Order { id description } ... on Seeker { id } } }"""

BAD: list[Any] = [
    {"__typename": "Nothing", "id": "x"},
    {"__typename": "Order"},
    {"__typename": "Order", "id": 7},
    {"__typename": "Order", "id": "order_03155_zz"},
    {"__typename": "Order", "id": "order_99999_" + "0" * 32},
    {"__typename": "Query", "id": "x"},
    {},
    "text",
    None,
    7,
]


async def test_references_are_answered_in_order_and_foreign_ones_with_null(
    as_: As, place: Place
) -> None:
    owner = await make_seeker(place)
    mine = await make_order(owner)
    foreign = await make_order(await make_seeker(place))
    client = await as_(owner)
    keys = [
        {"__typename": "Order", "id": f"order_03155_{order.id.hex}", "extra": 1}
        for order in (foreign, mine)
    ]
    keys.append({"__typename": "Seeker", "id": f"seeker_03155_{owner.id.hex}"})
    found = (await client.data(QUERY, r=keys))["_entities"]
    assert [each and each["__typename"] for each in found] == [None, "Order", "Seeker"]


@pytest.mark.parametrize("bad", BAD, ids=repr)
async def test_a_reference_that_cannot_be_read_is_an_error_of_its_own_entry(
    as_: As, place: Place, bad: object
) -> None:
    owner = await make_seeker(place)
    order = await make_order(owner)
    client = await as_(owner)
    good = {"__typename": "Order", "id": f"order_03155_{order.id.hex}"}
    body = await client.send(QUERY, r=[bad, good])
    if body.get("data") is None:  # the scalar itself refuses null
        assert bad is None
        return
    assert [each and each["__typename"] for each in body["data"]["_entities"]] == [None, "Order"]
    assert [error["path"] for error in body["errors"]] == [["_entities", 0]]
    assert all("Error" not in error["message"] for error in body["errors"])


async def test_the_subgraph_gives_its_schema(anonymous: Any) -> None:
    answer = await anonymous.data("{ _service { sdl } }")
    assert "federation/v2.9" in answer["_service"]["sdl"]


async def test_a_wrong_id_among_several_is_an_error_of_its_own_entry(as_: As, place: Place) -> None:
    owner = await make_seeker(place)
    order = await make_order(owner)
    foreign = f"order_07131_{order.id.hex}"
    ids = ["nonsense", f"order_03155_{order.id.hex}", foreign, f"order_03155_{'0' * 32}"]
    client = await as_(owner)
    body = await client.send("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids)
    assert body["data"]["nodes"] == [None, {"id": ids[1]}, None, None]
    assert [(error["path"], error["extensions"]["code"]) for error in body["errors"]] == [
        (["nodes", 0], "ID_MALFORMED"),
        (["nodes", 2], "NOT_MY_DISTRICT"),
    ]
