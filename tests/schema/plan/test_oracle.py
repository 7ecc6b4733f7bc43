"""What equality of two ways cannot prove: that either of them shows only what may be seen.

Every row and every field, for every caller of the scene, against an oracle that reads the tables.
"""

import json
from itertools import product
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type

from domain.disclosure import Stage
from domain.ids import encode
from tests.schema.plan.facts import differences
from tests.schema.plan.facts_base import Ref
from tests.schema.plan.operations import Operation
from tests.schema.plan.oracle import Eyes
from tests.schema.plan.oracle_history import concerns
from tests.schema.plan.scene import HOME, LABELS, NODES, Scene, type_of
from tests.schema.plan.scene_cast import PERSON
from tests.schema.plan.scene_delegations import ACTING
from tests.schema.plan.shape import GRAPH
from tests.schema.plan.value_fields import VALUES
from tests.schema.plan.ways import Caller, Way, answer, body_of, pieces
from tests.schema.plan.world import Row, World

pytestmark = pytest.mark.slow

KINDS = tuple(map(type_of, NODES))


@pytest.fixture
async def world(scene: Scene, owner_url: str) -> World:
    return await World.load(owner_url)


def eyes_of(world: World, scene: Scene, label: str) -> Eyes:
    """What a caller may see; the session of an erased account is nobody's."""
    user = scene.callers[label]
    me = world.row("User", user.id) if user else None
    acting = ACTING.get(label)
    by = (PERSON[acting.delegate], acting.delegation) if acting else (None, None)
    return Eyes(world, None if me is not None and me["state"] == "ERASED" else me, *by)


def selection(kind: str, depth: int) -> str:
    """Every field of a type, and of the types behind it."""
    named = GRAPH.type_map[kind]
    assert isinstance(named, GraphQLObjectType)
    parts = ["__typename"]
    for name, field in named.fields.items():
        inner = get_named_type(field.type)
        if is_leaf_type(inner):
            parts.append(name)
        elif inner.name in VALUES:
            parts.append(f"{name} {VALUES[inner.name]}")
        elif inner.name.endswith("Connection"):
            node = inner.name.removesuffix("Connection")
            below = f"nodes {selection(node, depth - 1)}" if depth else "edges { node { id } }"
            size = 24 if node == "TimelineEntry" else 12
            parts.append(f"{name}(first: {size}) {{ totalCount {below} }}")
        else:
            parts.append(f"{name} {selection(inner.name, depth - 1) if depth else '{ id }'}")
    return f"{{ {' '.join(parts)} }}"


def id_of(kind: str, row: Row) -> str:
    """The id a client sees."""
    return encode(kind.lower(), HOME, row["id"])


async def asked(way: Way, label: str, text: str, **variables: Any) -> Any:
    found = await answer(way, Caller(label), Operation(text, None, variables))
    body = json.loads(body_of(found))
    assert "errors" not in body, body["errors"]
    return body["data"]


async def test_everybody_sees_exactly_the_rows_and_fields_of_the_ladder(
    planned: Way, scene: Scene, world: World
) -> None:
    for kind in KINDS:
        fields = f"... on {kind} {selection(kind, 0)}"
        text = f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ {fields} }} }}"
        for label, rows in product(LABELS, pieces(world.rows(kind), 30)):
            eyes = eyes_of(world, scene, label)
            wanted = [Ref(kind, row) if eyes.sees(kind, row) else None for row in rows]
            data = await asked(planned, label, text, ids=[id_of(kind, row) for row in rows])
            assert differences(eyes, wanted, data["nodes"], f"{label}: {kind}") == []


@pytest.mark.no_cover
async def test_no_way_from_what_may_be_seen_leads_to_more(
    planned: Way, scene: Scene, world: World
) -> None:
    for label, kind in product(LABELS, KINDS):
        eyes = eyes_of(world, scene, label)
        fields = f"... on {kind} {selection(kind, 1)}"
        text = f"query($r: [_Any!]!) {{ _entities(representations: $r) {{ {fields} }} }}"
        for rows in pieces(eyes.visible(kind), 3):
            keys = [{"__typename": kind, "id": id_of(kind, row)} for row in rows]
            data = await asked(planned, label, text, r=keys)
            wanted = [Ref(kind, row) for row in rows]
            assert differences(eyes, wanted, data["_entities"], f"{label}: {kind}") == []


@pytest.mark.no_cover
@pytest.mark.parametrize("field", ["order", "match", "node"])
async def test_one_row_alone_is_there_or_not(
    planned: Way, scene: Scene, world: World, field: str
) -> None:
    kinds = KINDS if field == "node" else (type_of(field),)
    every = [(kind, row) for kind in kinds for row in world.rows(kind)]
    for label, some in product(LABELS, pieces(every, 20)):
        eyes = eyes_of(world, scene, label)
        parts = [
            f'a{at}: {field}(id: "{id_of(kind, row)}") {{ id }}'
            for at, (kind, row) in enumerate(some)
        ]
        data = await asked(planned, label, f"{{ {' '.join(parts)} }}")
        wanted = [{"id": id_of(*each)} if eyes.sees(*each) else None for each in some]
        assert list(data.values()) == wanted, label


def lists_of(eyes: Eyes) -> dict[str, list[str]]:
    """The ids that the lists hold, oldest first."""
    owns = eyes.role == "SEEKER" or eyes.staff
    mine = {row["order_id"] for row in eyes.visible("Match") if eyes.is_acceptor_of(row)}
    seen = eyes.visible("Order")
    orders = [id_of("Order", row) for row in seen]
    return {
        "matches": [id_of("Match", row) for row in eyes.visible("Match")],
        "accounts": [id_of("User", row) for row in eyes.visible("User")],
        "orders": orders if owns else [],
        "suggestedOrders": [id_of("Order", row) for row in seen if row["id"] in mine],
    }


async def test_lists_hold_exactly_what_may_be_seen(
    planned: Way, scene: Scene, world: World
) -> None:
    for label, size, order_by in product(LABELS, (7, 100), ("NEWEST_FIRST", "OLDEST_FIRST")):
        for name, ids in lists_of(eyes_of(world, scene, label)).items():
            text = (
                f"query($after: String) {{ {name}(first: {size}, after: $after, "
                f"orderBy: {order_by}) {{ totalCount nodes {{ id }} pageInfo {{ hasNextPage "
                "endCursor } } }"
            )
            found, after, more = [], None, True
            while more:
                page = (await asked(planned, label, text, after=after))[name]
                assert page["totalCount"] == len(ids), (label, name)
                found += [each["id"] for each in page["nodes"]]
                after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
            assert found == (ids if order_by == "OLDEST_FIRST" else ids[::-1]), (label, name)


async def test_the_viewer_leads_to_the_own_account_alone(
    planned: Way, scene: Scene, world: World
) -> None:
    for label in LABELS:
        eyes = eyes_of(world, scene, label)
        text = f"{{ viewer {{ role user {selection('User', 1)} }} }}"
        data = await asked(planned, label, text)
        assert data["viewer"]["role"] == eyes.role
        wanted = None if eyes.me is None else Ref("User", eyes.me)
        assert differences(eyes, wanted, data["viewer"]["user"], label) == []


async def test_the_scene_reaches_every_stage(scene: Scene, world: World) -> None:
    reached: dict[str, set[Stage]] = {kind: set() for kind in KINDS}
    for label, kind in product(LABELS, KINDS):
        reached[kind] |= eyes_of(world, scene, label).stages(kind)
    ladder = set(Stage) - {Stage.COUNTING}
    assert reached["Order"] == ladder
    assert reached["Seeker"] == reached["Assistant"] == ladder - {Stage.RELEASED}


async def test_slots_are_shown_to_whoever_may_book_has_booked_or_offers_them(
    planned: Way, scene: Scene, world: World
) -> None:
    wanted_fields = selection("TalkSlot", 1)
    for label in LABELS:
        eyes = eyes_of(world, scene, label)
        data = await asked(
            planned, label, f"{{ talkSlots(first: 100) {{ nodes {wanted_fields} }} }}"
        )
        wanted = [Ref("TalkSlot", row) for row in eyes.visible("TalkSlot")]
        assert differences(eyes, wanted, data["talkSlots"]["nodes"], label) == []


async def test_applications_are_shown_to_the_person_and_to_whoever_decides(
    planned: Way, scene: Scene, world: World
) -> None:
    undecided = {"PREPARED", "INVITED", "WAITING"}
    for label in LABELS:
        eyes = eyes_of(world, scene, label)
        text = f"{{ applications(first: 20) {{ nodes {selection('Application', 1)} }} }}"
        data = await asked(planned, label, text)
        seen = [row for row in eyes.visible("Application") if row["state"] in undecided]
        wanted = [Ref("Application", row) for row in seen]
        assert differences(eyes, wanted, data["applications"]["nodes"], label) == []


async def test_delegations_are_shown_to_both_sides(
    planned: Way, scene: Scene, world: World
) -> None:
    for label in LABELS:
        eyes = eyes_of(world, scene, label)
        text = f"{{ delegations(first: 20) {{ nodes {selection('Delegation', 1)} }} }}"
        data = await asked(planned, label, text)
        seen = [row for row in eyes.visible("Delegation") if row["state"] != "ENDED"]
        wanted = [Ref("Delegation", row) for row in seen]
        assert differences(eyes, wanted, data["delegations"]["nodes"], label) == []


async def test_nominations_are_shown_to_whoever_they_are_about(
    planned: Way, scene: Scene, world: World
) -> None:
    for label in LABELS:
        eyes = eyes_of(world, scene, label)
        text = f"{{ nominations(first: 20) {{ nodes {selection('Nomination', 1)} }} }}"
        data = await asked(planned, label, text)
        seen = [
            row for row in eyes.visible("Nomination") if row["state"] in {"NOMINATED", "CHOSEN"}
        ]
        wanted = [Ref("Nomination", row) for row in seen]
        assert differences(eyes, wanted, data["nominations"]["nodes"], label) == []


@pytest.mark.no_cover
async def test_news_is_shown_to_whom_it_is_for_and_to_who_acts_but_for_security(
    planned: Way, scene: Scene, world: World
) -> None:
    for label in LABELS:
        eyes = eyes_of(world, scene, label)
        wanted = [Ref("Notification", row) for row in reversed(eyes.visible("Notification"))]
        found, after, more = [], None, True
        while more:
            text = (
                "query($after: String) { notifications(first: 8, after: $after) {"
                f" pageInfo {{ endCursor hasNextPage }} nodes {selection('Notification', 1)} }} }}"
            )
            page = (await asked(planned, label, text, after=after))["notifications"]
            found += page["nodes"]
            after, more = page["pageInfo"].values()
        assert differences(eyes, wanted, found, label) == []


@pytest.mark.no_cover
@pytest.mark.parametrize("root", ["auditEntries", "deeds"])
async def test_the_history_is_shown_to_those_it_concerns(
    planned: Way, scene: Scene, world: World, root: str
) -> None:
    for label in LABELS:
        eyes = eyes_of(world, scene, label)
        rows = [
            row
            for row in world.rows("AuditEntry")
            if eyes.staff or (root == "auditEntries" and concerns(eyes, row))
        ]
        found, after, more = [], None, True
        while more:
            text = (
                f"query($after: String) {{ {root}(first: 100, after: $after, orderBy: OLDEST_FIRST)"
                f" {{ totalCount nodes {selection('AuditEntry', 0)}"
                " pageInfo { hasNextPage endCursor } } }"
            )
            page = (await asked(planned, label, text, after=after))[root]
            assert page["totalCount"] == len(rows), label
            found += page["nodes"]
            after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        wanted = [Ref("AuditEntry", row) for row in rows]
        assert differences(eyes, wanted, found, label) == []
