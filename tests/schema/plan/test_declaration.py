"""A type of one's own: what a newcomer writes, and what is refused before anybody is asked."""

import copy
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import pytest
import strawberry
from graphql import parse
from strawberry.federation import Schema
from strawberry.types import ExecutionResult
from tortoise.fields import CharEnumField

from domain.disclosure import DISCLOSURE, OPEN, Stage
from domain.order import OrderKind
from domain.viewer import ANONYMOUS, AccountState, Role, Viewer
from models.disclosure import Public
from models.order import Order as OrderRow
from models.provider import Provider as ProviderRow
from notifications.language import Language
from portal.asgi import Process
from schema.connection import Connection
from schema.context import Context
from schema.disclosed import UndeclaredField
from schema.district import Municipality
from schema.limits import coerced, operations_of
from schema.match import Match
from schema.node import Node
from schema.plan import entity as registry
from schema.plan.cache import Operation, ReadPlan
from schema.plan.declare import Scalar
from schema.plan.entity import UndeclaredPolicy, entity
from schema.plan.field import by_id, column, computed, connection, counted, relation
from schema.plan.filters import LadderLeak, check_ladder
from schema.plan.fit import Misfit, refuse_misfits
from schema.plan.sql import Statement
from schema.plan.visible import LeakyVisibility, Rights
from schema.provider import Provider
from schema.user_input import AccountFilter
from tests.people import Place, make_provider


@pytest.fixture(autouse=True)
def own_types(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Types that a test declares are gone after it."""
    known, nodes = dict(registry.ENTITIES), dict(registry._NODES)
    yield
    for table, before in ((registry.ENTITIES, known), (registry._NODES, nodes)):
        table.clear()
        table.update(before)


def open_type(monkeypatch: pytest.MonkeyPatch, name: str, fields: str) -> None:
    monkeypatch.setitem(DISCLOSURE, name, dict.fromkeys(fields.split(), OPEN))


def context(process: Process) -> Context:
    return Context(
        viewer=ANONYMOUS,
        language=Language.DE,
        district="03155",
        keys=process.keys,
        pool=process.pool,
    )


async def both_ways(schema: Schema, process: Process, query: str) -> tuple[Any, ExecutionResult]:
    plan, document = ReadPlan(schema), parse(query)
    operation = operations_of(document)[0]
    values = coerced(schema._schema, operation, {})
    assert values is not None
    asked = Operation(document, query, operation, values)
    planned = await plan.answer(asked, context(process))
    ordinary = await schema.execute(query, context_value=context(process))
    assert isinstance(ordinary, ExecutionResult)
    return planned, ordinary


class Hidden:
    """A model that says which rows are visible, but not how far."""

    visible_to = Public.visible_to


def test_a_type_without_a_policy_is_refused() -> None:
    with pytest.raises(UndeclaredPolicy, match="visible_to"):
        entity(type("Bare", (), {}), "No policy at all.")(type("Bare", (), {}))
    with pytest.raises(UndeclaredPolicy, match="stage_to"):
        entity(Hidden, "Half a policy.")(type("Half", (), {}))  # type: ignore[arg-type]  # as above


def test_a_field_that_is_not_declared_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    open_type(monkeypatch, "Office", "name")
    with pytest.raises(UndeclaredField, match=r"Office\.name is neither"):

        @entity(ProviderRow, "An office.")
        class Office:
            name: str = strawberry.field(description="Around the plan.")


def test_a_relation_that_visibility_may_hide_must_be_nullable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_type(monkeypatch, "Errand", "municipality")
    with pytest.raises(UndeclaredField, match="may be hidden"):

        @entity(OrderRow, "An errand.")
        class Errand:
            municipality: Provider = relation("Where.")


@pytest.mark.no_cover
@pytest.mark.slow
async def test_a_statement_that_depends_on_who_asks_is_refused_unless_by_a_parameter(
    pool: object,
) -> None:
    rights = Rights(Role.SEEKER, AccountState.RELEASED, known=True, speaks_for_one=False)
    orders = registry.ENTITIES["Order"]

    def mine(viewer: Viewer) -> Any:
        return OrderRow.filter(seeker_id=viewer.id)

    def leaky(viewer: Viewer) -> Any:
        return OrderRow.filter(description=str(viewer.id)[-2:])

    assert "$1::uuid" in Statement(orders, rights, mine).render()
    with pytest.raises(LeakyVisibility):
        Statement(orders, rights, leaky).render()


def test_nobody_filters_by_what_they_may_not_see() -> None:
    users = registry.ENTITIES["User"]
    check_ladder(users, AccountFilter, Stage.OWN)
    with pytest.raises(LadderLeak, match="state"):
        check_ladder(users, AccountFilter, Stage.MATCH)


def shout(name: str) -> str:
    return name.upper()


def nothing() -> None:
    return None


async def test_a_newcomer_adds_a_field_in_one_line_and_a_relation_in_one_line(
    monkeypatch: pytest.MonkeyPatch, process: Process, place: Place
) -> None:
    open_type(monkeypatch, "Office", "id name loud municipalities")
    open_type(monkeypatch, "OfficeConnection", "edges nodes pageInfo totalCount")

    @entity(ProviderRow, "An office.")
    class Office(Node):
        name: str = column("Its name.")
        loud: str = computed(shout, "Its name, louder.")
        municipalities: list[Municipality] = relation(
            "Where.", link="areas", through="municipality"
        )

    @strawberry.federation.type
    class Query:
        office: Office | None = by_id("An office.")
        offices: Connection[Office] = connection("Offices.", rows=ProviderRow.visible_to)

    schema = Schema(query=Query)
    row = await make_provider(place)
    query = """{ offices { totalCount nodes { id name loud municipalities { name } } }
      office(id: "office_03155_%s") { again: name } }"""
    planned, ordinary = await both_ways(schema, process, query % row.id.hex)
    assert planned == ordinary.data
    assert planned["offices"]["nodes"][0] == {
        "id": f"office_03155_{row.id.hex}",
        "name": row.name,
        "loud": row.name.upper(),
        "municipalities": [{"name": "Northeim"}],
    }


async def test_a_null_where_none_may_be_is_left_to_the_ordinary_way(
    monkeypatch: pytest.MonkeyPatch, process: Process, place: Place
) -> None:
    open_type(monkeypatch, "Office", "id name silent")

    @entity(ProviderRow, "An office.")
    class Office(Node):
        name: str = column("Its name.")
        silent: str = computed(nothing, "Never null, it says.")

    @strawberry.federation.type
    class Query:
        office: Office | None = by_id("An office.")

    row = await make_provider(place)
    query = f'{{ office(id: "office_03155_{row.id.hex}") {{ name silent }} }}'
    planned, ordinary = await both_ways(Schema(query=Query), process, query)
    assert planned is None
    assert ordinary.data == {"office": None}
    assert [each.path for each in ordinary.errors or ()] == [["office", "silent"]]


class Errand:
    """What the next tests declare of an order, one field at a time."""


def years() -> str:
    return "seven"


def of_somebody(nobody: str) -> str:
    return nobody


def maybe() -> str | None:
    return None


MISFITS: list[tuple[str, Any, Any]] = [
    ("declared as int, but Order.description is a TextField", int, column("", "description")),
    ("declared as str, but Order.count is a IntField", str | None, column("", "count")),
    ("declared as str, but Order.state is a CharEnumField", str, column("", "state")),
    ("declared as OrderKind, but Order.state", OrderKind, column("", "state")),
    ("means Order.colour, which there is not", str, column("", "colour")),
    ("means Order.seeker__user__colour", str, column("", "seeker__user__colour")),
    ("Order.seeker, which is a relation", str, column("", "seeker")),
    ("declared as int, but years returns str", int, computed(years, "")),
    ("declared as str, but maybe returns str | None", str, computed(maybe, "")),
    (
        "declared as list[int], but years returns list[str]",
        list[int],
        computed(years, "", each="kind"),
    ),
    ("means Order.nobody, which there is not", str, computed(of_somebody, "")),
    ("is computed of kind, which is no relation", str, computed(years, "", of="kind")),
    ("the relation Order.office, which there is not", Provider | None, relation("", link="office")),
    (
        "declared as Provider, but leads to rows of Seeker",
        Provider | None,
        relation("", link="seeker"),
    ),
    ("leads to a type that is not read from rows", Errand | None, relation("", link="seeker")),
    ("is one object, but Order.matches leads to many", Match | None, relation("", link="matches")),
    ("means Order.nowhere, which there is not", Provider | None, relation("", key="nowhere")),
    (
        "the relation Order.letters, which there is not",
        int,
        counted("", Scalar("letters", "SELECT 1")),
    ),
]


@strawberry.enum
class Mood(StrEnum):
    """Written by its name in one way and by its value in the other."""

    GLAD = "glad"


async def test_an_enumeration_is_written_alike_only_if_names_are_values(
    pool: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_type(monkeypatch, "Errand", "this")
    monkeypatch.setitem(OrderRow._meta.fields_map, "state", CharEnumField(Mood))
    entity(OrderRow, "An errand.")(
        type("Errand", (), {"this": column("", "state"), "__annotations__": {"this": Mood}})
    )
    with pytest.raises(Misfit, match=r"Errand\.this is declared as Mood, but"):
        refuse_misfits([registry.ENTITIES["Errand"]])


@pytest.mark.parametrize(("reason", "annotation", "declared"), MISFITS)
def test_a_field_that_cannot_keep_what_it_promises_is_refused(
    monkeypatch: pytest.MonkeyPatch, reason: str, annotation: Any, declared: Any
) -> None:
    open_type(monkeypatch, "Errand", "this")
    made: type[Any] = entity(OrderRow, "An errand.")(
        type("Errand", (), {"this": copy.copy(declared), "__annotations__": {"this": annotation}})
    )
    with pytest.raises(Misfit, match=re.escape(reason)) as refused:
        refuse_misfits([registry.ENTITIES[made.__name__]])
    assert str(refused.value).startswith("Errand.this ")
