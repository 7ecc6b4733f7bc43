"""Role × field × stage through the graph itself, against a table written out by hand."""

from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type

from domain.disclosure import DISCLOSURE, STAGE_OF_MATCH, Stage
from domain.states import MatchState
from models.database import execute
from models.match import Match
from models.order import Order
from models.user import User
from portal.graphql import schema
from tests.contract_rows import put_contract
from tests.graph import As, Client
from tests.orders import ask, make_order
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
)
from tests.staging import guards_asleep

QUERY = """query($id: ID!) { node(id: $id) { ... on Order {
  description activities { code } windows { weekday } municipality { name }
  seeker { firstName introduction phone lastName street postcode email needs { code } actingFor }
  matches { totalCount } acceptedCount suggestedCount suggestedProviderCount draftIssues createdAt
  draftProblems { code }
} } }"""

LOOKING = {"description", "activities", "windows", "municipality"}
MATCHED = LOOKING | {"seeker.firstName", "seeker.introduction"}
COMMISSIONED = MATCHED | {"seeker.phone"}
CONTRACTED = COMMISSIONED | {
    "seeker.lastName",
    "seeker.street",
    "seeker.postcode",
    "seeker.email",
}
OWNER = {
    "matches",
    "acceptedCount",
    "suggestedCount",
    "suggestedProviderCount",
    "draftIssues",
    "draftProblems",
    "createdAt",
}
STAFF = CONTRACTED | OWNER | {"seeker.actingFor"}
EVERYTHING = STAFF | {"seeker.needs"}

BY_ASSISTANT = {
    MatchState.SUGGESTED: LOOKING,
    MatchState.ACCEPTED: MATCHED,
    MatchState.AWARDED: COMMISSIONED,
    MatchState.MEETING: COMMISSIONED,
    MatchState.CONTRACTED: CONTRACTED,
}
WAY = {
    "assistant": ["ACCEPTED", "AWARDED", "MEETING", "CONTRACTED"],
    "provider": ["ACCEPTED", "REQUESTED", "MEETING", "CONTRACTED"],
}


def _fields(node: dict[str, Any] | None) -> set[str]:
    found: set[str] = set()
    for name, value in (node or {}).items():
        if name == "seeker" and value is not None:
            found |= {f"seeker.{inner}" for inner, shown in value.items() if shown is not None}
        elif value is not None:
            found.add(name)
    return found


async def _seen(client: Client, order: Order) -> set[str]:
    answer = await client.data(QUERY, id=f"order_03155_{order.id.hex}")
    return _fields(answer["node"])


async def _lead(owner_url: str, match: Match, way: list[str], state: MatchState) -> None:
    """Along the legal pairs, with the service left out."""
    for target in way[: way.index(state.value) + 1] if state.value in way else []:
        await _move(owner_url, match, target)


async def _move(owner_url: str, match: Match, state: str) -> None:
    """A contract stands behind every match that says so."""
    if state == MatchState.CONTRACTED:
        async with guards_asleep(owner_url) as connection:
            await put_contract(connection, match.id, "AGREED")
    await execute("UPDATE matches SET state = $2 WHERE id = $1", match.id, state)


async def _asked(place: Place) -> tuple[Order, User, User, User]:
    owner = await make_seeker(place)
    assistant = await make_assistant(place)
    coordinator = await make_coordinator(place, await make_provider(place))
    order = await make_order(owner)
    await ask(order)
    return order, owner, assistant, coordinator


@pytest.mark.parametrize("state", list(BY_ASSISTANT))
async def test_an_assistant_sees_exactly_what_the_stage_shows(
    as_: As, owner_url: str, place: Place, state: MatchState
) -> None:
    order, _owner, assistant, _coordinator = await _asked(place)
    await _lead(owner_url, await Match.get(assistant_id=assistant.id), WAY["assistant"], state)
    assert await _seen(await as_(assistant), order) == BY_ASSISTANT[state]


@pytest.mark.parametrize("state", list(BY_ASSISTANT))
async def test_a_coordinator_sees_exactly_what_the_stage_shows(
    as_: As, owner_url: str, place: Place, state: MatchState
) -> None:
    order, _owner, _assistant, coordinator = await _asked(place)
    reached = MatchState.REQUESTED if state is MatchState.AWARDED else state
    await _lead(owner_url, await Match.get(kind="PROVIDER"), WAY["provider"], reached)
    assert await _seen(await as_(coordinator), order) == BY_ASSISTANT[state]


@pytest.mark.parametrize("state", [MatchState.SUGGESTED, MatchState.CONTRACTED])
async def test_the_owner_sees_everything_staff_all_but_needs_and_strangers_nothing(
    as_: As, owner_url: str, place: Place, anonymous: Client, state: MatchState
) -> None:
    order, owner, assistant, _coordinator = await _asked(place)
    await _lead(owner_url, await Match.get(assistant_id=assistant.id), WAY["assistant"], state)
    assert await _seen(await as_(owner), order) == EVERYTHING
    assert await _seen(await as_(place.officer), order) == STAFF
    other_provider = await make_provider(place, "HAU_KOCHEN")
    for stranger in (
        await make_seeker(place),
        await make_assistant(place, "HAU_KOCHEN"),
        await make_coordinator(place, other_provider),
    ):
        assert await _seen(await as_(stranger), order) == set()
    assert await _seen(anonymous, order) == set()


async def test_forbidden_and_absent_look_alike(as_: As, place: Place) -> None:
    order, *_rest = await _asked(place)
    stranger = await as_(await make_seeker(place))
    query = "query($id: ID!) { order(id: $id) { id } node(id: $id) { id } }"
    forbidden = await stranger.send(query, id=f"order_03155_{order.id.hex}")
    absent = await stranger.send(query, id=f"order_03155_{'0' * 32}")
    assert forbidden["data"] == absent["data"] == {"order": None, "node": None}
    assert forbidden.get("errors") == absent.get("errors")


async def test_a_seeker_sees_an_assistant_only_from_acceptance_on_and_never_all(
    as_: As, owner_url: str, place: Place
) -> None:
    order, owner, assistant, _coordinator = await _asked(place)
    seeker = await as_(owner)
    query = """query($id: ID!) { node(id: $id) { ... on Assistant {
      firstName introduction lastName email phone windows { weekday } radiusKm } } }"""
    key = f"assistant_03155_{assistant.id.hex}"
    assert (await seeker.data(query, id=key))["node"] is None
    match = await Match.get(assistant_id=assistant.id)
    expected = {
        MatchState.ACCEPTED: {"firstName", "introduction"},
        MatchState.AWARDED: {"firstName", "introduction", "phone"},
        MatchState.MEETING: {"firstName", "introduction", "phone"},
        MatchState.CONTRACTED: {"firstName", "introduction", "phone", "lastName", "email"},
    }
    for state, fields in expected.items():
        await _move(owner_url, match, state.value)
        node = (await seeker.data(query, id=key))["node"]
        assert {name for name, value in node.items() if value is not None} == fields, state
    assert order.id


async def test_an_acceptance_of_one_order_does_not_name_the_seeker_of_another(
    as_: As, place: Place
) -> None:
    first, owner, assistant, _coordinator = await _asked(place)
    second = await make_order(owner)
    await ask(second)
    match = await Match.get(assistant_id=assistant.id, order_id=first.id)
    await execute("UPDATE matches SET state = 'ACCEPTED' WHERE id = $1", match.id)
    assert await _seen(await as_(assistant), second) == LOOKING


def _selection(type_name: str) -> str:
    """Every field of a type that takes no argument, with a leaf below each object."""
    named = schema._schema.type_map[type_name]
    assert isinstance(named, GraphQLObjectType)
    return " ".join(
        name if is_leaf_type(get_named_type(field.type)) else f"{name} {{ __typename }}"
        for name, field in named.fields.items()
    )


ALL_FIELDS = {name: _selection(name) for name in ("Order", "Seeker", "Assistant")}
EVERY_FIELD = f"""query($order: ID!, $seeker: ID!, $assistant: ID!) {{
  order: node(id: $order) {{ ... on Order {{ {ALL_FIELDS["Order"]} }} }}
  seeker: node(id: $seeker) {{ ... on Seeker {{ {ALL_FIELDS["Seeker"]} }} }}
  assistant: node(id: $assistant) {{ ... on Assistant {{ {ALL_FIELDS["Assistant"]} }} }} }}"""


def _beyond(type_name: str, node: dict[str, Any] | None, stage: Stage) -> set[str]:
    """The fields that are shown although the table shows them later."""
    shown_now = {name for name, value in (node or {}).items() if value is not None}
    return {name for name in shown_now if DISCLOSURE[type_name][name] > stage}


@pytest.mark.parametrize("state", list(BY_ASSISTANT))
async def test_no_field_at_all_is_shown_before_its_stage(
    as_: As, owner_url: str, place: Place, state: MatchState
) -> None:
    order, owner, assistant, _coordinator = await _asked(place)
    await _lead(owner_url, await Match.get(assistant_id=assistant.id), WAY["assistant"], state)
    keys = {
        "order": f"order_03155_{order.id.hex}",
        "seeker": f"seeker_03155_{owner.id.hex}",
        "assistant": f"assistant_03155_{assistant.id.hex}",
    }
    of_match = STAGE_OF_MATCH.get(state, Stage.COUNTING)
    stages = {
        owner: {"order": Stage.OWN, "seeker": Stage.OWN, "assistant": of_match},
        assistant: {"order": of_match, "seeker": of_match, "assistant": Stage.OWN},
        place.officer: dict.fromkeys(keys, Stage.STAFF),
    }
    for person, reached in stages.items():
        found = await (await as_(person)).data(EVERY_FIELD, **keys)
        for name, stage in reached.items():
            assert _beyond(name.capitalize(), found[name], stage) == set(), (person.role, name)
