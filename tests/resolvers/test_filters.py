"""Filters mean what logic says, and end at a size."""

from typing import Any

import pytest

from tests.graph import As, Client
from tests.orders import make_order
from tests.people import Place, make_seeker

COUNT = "query($where: OrderFilter) { orders(where: $where) { totalCount } }"

DRAFT: dict[str, Any] = {"state": ["DRAFT"]}
RELEASED: dict[str, Any] = {"state": ["RELEASED"]}
ONE_OFF: dict[str, Any] = {"kind": "ONE_OFF"}


async def _owner_of_one_draft_and_two_released(as_: As, place: Place) -> Client:
    owner = await make_seeker(place)
    await make_order(owner, released=False)
    await make_order(owner)
    await make_order(owner)
    return await as_(owner)


def _nested(depth: int) -> dict[str, Any]:
    return DRAFT if depth == 1 else {"not": _nested(depth - 1)}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, 3),
        (DRAFT, 1),
        ({"or": [DRAFT, RELEASED]}, 3),
        ({"or": [ONE_OFF, DRAFT]}, 1),
        ({"or": [ONE_OFF]}, 0),
        ({"or": [{}, DRAFT]}, 3),
        ({"or": [DRAFT, {}]}, 3),
        ({"or": [{"not": {}}, DRAFT]}, 1),
        ({"or": [{"and": [{}]}, ONE_OFF]}, 3),
        ({"and": [{}, DRAFT]}, 1),
        ({"and": [DRAFT, RELEASED]}, 0),
        ({"not": {}}, 0),
        ({"not": DRAFT}, 2),
        ({"not": {"not": {}}}, 3),
        ({"not": {"or": [DRAFT, ONE_OFF]}}, 2),
        ({"not": {"and": [RELEASED, {"not": ONE_OFF}]}}, 1),
        (DRAFT | {"or": [ONE_OFF, RELEASED]}, 0),
        ({"kind": "RECURRING", "and": [RELEASED], "or": [{}], "not": ONE_OFF}, 2),
    ],
)
async def test_a_filter_means_what_logic_says(
    as_: As, place: Place, where: dict[str, Any], expected: int
) -> None:
    client = await _owner_of_one_draft_and_two_released(as_, place)
    assert (await client.data(COUNT, where=where))["orders"]["totalCount"] == expected


@pytest.mark.parametrize(
    ("allowed", "too_much"),
    [
        ({"or": [ONE_OFF] * 49}, {"or": [ONE_OFF] * 50}),
        ({"and": [ONE_OFF] * 49}, {"and": [ONE_OFF] * 50}),
        (
            {"or": [{"and": [ONE_OFF] * 23}, {"or": [ONE_OFF] * 24}]},
            {"or": [{"and": [ONE_OFF] * 24}, {"or": [ONE_OFF] * 24}]},
        ),
        (_nested(5), _nested(6)),
    ],
)
async def test_a_filter_has_a_bounded_number_of_conditions(
    as_: As, place: Place, allowed: dict[str, Any], too_much: dict[str, Any]
) -> None:
    client = await as_(await make_seeker(place))
    assert (await client.data(COUNT, where=allowed))["orders"]["totalCount"] == 0
    body = await client.send(COUNT, where=too_much)
    extensions = body["errors"][0]["extensions"]
    assert (extensions["code"], extensions["field"]) == ("NUMBER_OUT_OF_RANGE", "where")


async def test_hundreds_of_conditions_are_refused_before_they_are_read(
    as_: As, place: Place
) -> None:
    client = await as_(await make_seeker(place))
    body = await client.send(COUNT, where={"or": [ONE_OFF] * 500})
    assert body["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"


@pytest.mark.parametrize("field", ["accounts", "matches"])
async def test_every_filter_is_bounded(as_: As, place: Place, field: str) -> None:
    client = await as_(await make_seeker(place))
    kind = {"accounts": "AccountFilter", "matches": "MatchFilter"}[field]
    query = f"query($where: {kind}) {{ {field}(where: $where) {{ totalCount }} }}"
    everything = (await client.data(query, where={"or": [{}]}))[field]["totalCount"]
    assert everything == (await client.data(query))[field]["totalCount"]
    assert (await client.data(query, where={"not": {}}))[field]["totalCount"] == 0
    body = await client.send(query, where={"or": [{}] * 50})
    assert body["errors"][0]["extensions"]["code"] == "NUMBER_OUT_OF_RANGE"
