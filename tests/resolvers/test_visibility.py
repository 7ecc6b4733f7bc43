"""Who sees which rows when something about the viewer is missing: nobody gains by a gap."""

from typing import Any

import pytest

from models.database import execute
from models.match import Match
from models.provider import Coordinator
from models.user import User
from tests.graph import As
from tests.orders import ask, make_order
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
    make_user,
)

LISTS = """{ matches { totalCount } suggestedOrders { totalCount } accounts { totalCount }
  orders { totalCount } }"""


async def _busy_place(place: Place) -> dict[str, User]:
    provider = await make_provider(place)
    people = {
        "seeker": await make_seeker(place),
        "assistant": await make_assistant(place),
        "employee": await make_assistant(place, provider=provider),
        "coordinator": await make_coordinator(place, provider),
        "officer": place.officer,
    }
    order = await make_order(people["seeker"])
    await ask(order)
    await execute("UPDATE matches SET state = 'ACCEPTED' WHERE order_id = $1", order.id)
    return people


async def _counts(as_: As, user: User) -> dict[str, int]:
    answer: dict[str, Any] = await (await as_(user)).data(LISTS)
    return {name: page["totalCount"] for name, page in answer.items()}


@pytest.mark.parametrize("role", ["seeker", "assistant", "coordinator", "officer"])
async def test_a_suspended_account_sees_only_itself(as_: As, place: Place, role: str) -> None:
    people = await _busy_place(place)
    before = await _counts(as_, people[role])
    assert before["matches"] > 0
    await execute("UPDATE users SET state = 'SUSPENDED' WHERE id = $1", people[role].id)
    after = await _counts(as_, people[role])
    assert (after["matches"], after["suggestedOrders"], after["accounts"]) == (0, 0, 1)


async def test_staff_who_are_not_released_see_no_accounts(as_: As, place: Place) -> None:
    people = await _busy_place(place)
    newcomer = await make_user(people["officer"].role, place, released=False)
    assert await _counts(as_, newcomer) == {
        "matches": 0,
        "suggestedOrders": 0,
        "accounts": 1,
        "orders": 0,
    }


async def test_a_coordinator_who_left_sees_nobody_s_matches(as_: As, place: Place) -> None:
    people = await _busy_place(place)
    await Coordinator.filter(id=people["coordinator"].id).delete()
    counts = await _counts(as_, people["coordinator"])
    assert (counts["matches"], counts["suggestedOrders"]) == (0, 0)
    client = await as_(people["coordinator"])
    for person in ("assistant", "employee"):
        key = f"assistant_03155_{people[person].id.hex}"
        found = await client.data("query($id: ID!) { node(id: $id) { id } }", id=key)
        assert found["node"] is None


async def test_a_provider_knows_its_own_people_and_no_others(as_: As, place: Place) -> None:
    people = await _busy_place(place)
    client = await as_(people["coordinator"])
    query = """query($id: ID!) { node(id: $id) { ... on Assistant {
      firstName lastName windows { weekday } } } }"""
    own = await client.data(query, id=f"assistant_03155_{people['employee'].id.hex}")
    assert own["node"]["lastName"] == people["employee"].last_name
    assert own["node"]["windows"]
    other = await client.data(query, id=f"assistant_03155_{people['assistant'].id.hex}")
    assert other["node"] is None


async def test_an_order_that_is_commissioned_shows_no_button_to_accept(
    as_: As, place: Place
) -> None:
    people = await _busy_place(place)
    match = await Match.get(assistant_id=people["assistant"].id)
    other = await Match.get(assistant_id=people["employee"].id)
    await execute("UPDATE orders SET state = 'IN_PROGRESS' WHERE id = $1", match.order_id)
    query = """query($id: ID!) { match(id: $id) { availableActions { code available } } }"""

    async def offered(user: User, of: Match) -> set[str]:
        answer = await (await as_(user)).data(query, id=f"match_03155_{of.id.hex}")
        return {each["code"] for each in answer["match"]["availableActions"] if each["available"]}

    assert await offered(people["seeker"], match) == {"AWARD_ORDER"}
    await execute("UPDATE matches SET state = 'AWARDED' WHERE id = $1", match.id)
    await execute("UPDATE orders SET state = 'AWARDED' WHERE id = $1", match.order_id)
    assert await offered(people["seeker"], other) == set()
    assert "ACCEPT_ORDER" not in await offered(people["employee"], other)
