"""The root fields of a query: where the levels of a plan begin."""

from collections.abc import Awaitable, Callable
from typing import Any

from graphql import (
    GraphQLObjectType,
    get_argument_values,
    get_named_type,
    is_abstract_type,
    is_non_null_type,
)

from schema.plan import declare
from schema.plan.arguments import arguments
from schema.plan.entity import Entity, located, reference_of
from schema.plan.field import Planned, declaration_of
from schema.plan.filters import check_ladder
from schema.plan.level import Child, Level, Lists, Run, compiled, need
from schema.plan.listing import page_of
from schema.plan.page import Asked, total
from schema.plan.row import RowShape
from schema.plan.selection import (
    Details,
    Selection,
    Unplannable,
    entity_of,
    name_of,
    object_type,
    planned_of,
)
from schema.plan.value import output
from schema.plan.way import own_way

Read = Callable[[Run], Awaitable[Any]]

_ENTITIES = "_entities"
_MOST_IDS = 100


class ReferenceRefused(Exception):
    """One of several ids cannot be read; the ordinary way says which and why."""


def root(selection: Selection, details: Details) -> Read:
    """How a root field of a query is read.

    Raises:
        Unplannable: the plan does not know it.
    """
    query, name = selection.graph.query_type, name_of(details)
    if query is None or name.startswith("__"):
        return _meta(query, name)
    if name == _ENTITIES:
        return _references(selection, query, details)
    field = planned_of(query.fields[name])
    if not isinstance(field, Planned):
        raise Unplannable("undeclared root")
    declared = declaration_of(field)
    return _ROOTS[type(declared)](selection, query, declared, details)


def _meta(query: GraphQLObjectType | None, name: str) -> Read:
    if query is None or name != "__typename":
        raise Unplannable("introspection")

    async def read(_run: Run) -> str:
        return query.name

    return read


class _Above(Lists):
    """What a root's list hangs below: a row that is not there, only the number of all rows."""

    def __init__(self) -> None:
        super().__init__()
        self.is_counted = False

    def total(self) -> str:
        """The expression for the number, which has to be counted from now on."""
        self.is_counted = True
        return "r"


def _connected(
    selection: Selection, query: GraphQLObjectType, declared: declare.Connected, details: Details
) -> Read:
    page = object_type(query.fields[name_of(details)])
    entity = entity_of(page)
    asked = arguments(selection, query, details, entity)
    child = Child(Level(selection.statement(entity, declared.rows)), arguments=asked)
    _check_filter(entity, declared, child.level)
    above, below = _Above(), RowShape(selection, child.level)
    shape = compiled(page_of(selection, above, child, below, (page, details), above.total), {})

    async def read(run: Run) -> Any:
        page_asked = asked(run.variables)
        page_asked.permit(run.viewer)
        lists: list[Any] = [None] * above.lists
        await child.fill(run, [None], lists)
        number = 0
        if above.is_counted:
            text = total(entity, selection.rights, declared.rows, page_asked.condition)
            number = await _counted(run, text, page_asked)
        return shape([number], run.viewer, run.language, lists)[0]

    return read


def _check_filter(entity: Entity, declared: declare.Connected, level: Level) -> None:
    if declared.where is not None:
        check_ladder(entity, declared.where, level.statement.least_stage())


async def _counted(run: Run, text: tuple[str, tuple[str, ...]], asked: Asked) -> int:
    (row,) = await run.fetch(text, asked.values_by_name())
    return int(row[0])


def _by_id(
    selection: Selection, query: GraphQLObjectType, _declared: declare.Declared, details: Details
) -> Read:
    field, node = query.fields[name_of(details)], details[0].node
    found_type = get_named_type(field.type)
    expected = None if is_abstract_type(found_type) else entity_of(found_type)
    objects = Objects(selection, details)

    async def read(run: Run) -> Any:
        text = get_argument_values(field, node, run.variables)["id"]
        found = located(text, selection.district, expected)
        return (await objects.read(run, [found]))[0]

    return read


def _by_ids(
    selection: Selection, query: GraphQLObjectType, _declared: declare.Declared, details: Details
) -> Read:
    field, node = query.fields[name_of(details)], details[0].node
    objects = Objects(selection, details)

    async def read(run: Run) -> Any:
        texts = get_argument_values(field, node, run.variables)["ids"]
        if len(texts) > _MOST_IDS:
            raise ReferenceRefused
        return await objects.read(run, [located(each, selection.district) for each in texts])

    return read


def _references(selection: Selection, query: GraphQLObjectType, details: Details) -> Read:
    field, node = query.fields[_ENTITIES], details[0].node
    objects = Objects(selection, details)

    def found(representation: Any) -> tuple[Entity, str]:
        reference = reference_of(representation)
        if reference is None:
            raise ReferenceRefused
        entity, text = reference
        return located(text, selection.district, entity)

    async def read(run: Run) -> Any:
        given = get_argument_values(field, node, run.variables)["representations"]
        return await objects.read(run, [found(each) for each in given])

    return read


def _current(
    selection: Selection, query: GraphQLObjectType, declared: declare.Current, details: Details
) -> Read:
    field = query.fields[name_of(details)]
    entity = entity_of(object_type(field))
    objects = Objects(selection, details)

    async def read(run: Run) -> Any:
        key = declared.key(run.context) or ""
        (found,) = await objects.read(run, [(entity, key)])
        return need(found) if is_non_null_type(field.type) else found

    return read


def _computed(
    selection: Selection, query: GraphQLObjectType, declared: declare.Computed, details: Details
) -> Read:
    field = query.fields[name_of(details)]
    if not set(declared.needs) <= {"viewer", "language"}:
        raise Unplannable("function without a row")
    call = f"function({', '.join(declared.needs)})"
    expression = output(selection, call, field.type, details)
    shape = compiled(expression, {"function": declared.function, "need": need})

    async def read(run: Run) -> Any:
        return shape([None], run.viewer, run.language, [])[0]

    return read


_ROOTS: dict[type[Any], Callable[..., Read]] = {
    declare.Connected: _connected,
    declare.ById: _by_id,
    declare.ByIds: _by_ids,
    declare.Current: _current,
    declare.Computed: _computed,
}


class Objects:
    """Objects by type and primary key; each type is compiled when the first of it is asked for."""

    def __init__(self, selection: Selection, details: Details) -> None:
        self._selection = selection
        self._details = details
        self._levels: dict[Entity, tuple[Level, int] | Unplannable] = {}

    async def read(self, run: Run, wanted: list[tuple[Entity, str]]) -> list[Any]:
        """The objects in the order in which they are wanted, None where there is none to see."""
        places: dict[Entity, list[int]] = {}
        for place, (entity, _key) in enumerate(wanted):
            places.setdefault(entity, []).append(place)
        found: list[Any] = [None] * len(wanted)
        for entity, numbers in places.items():
            level, shape = self._level(entity)
            loaded = await level.read(run, [wanted[each][1] for each in numbers], None)
            for number, objects in zip(numbers, loaded.of_parents(shape), strict=True):
                found[number] = objects[0] if objects else None
        return found

    def _level(self, entity: Entity) -> tuple[Level, int]:
        if entity not in self._levels:
            self._levels[entity] = self._compiled(entity)
        found = self._levels[entity]
        if isinstance(found, Unplannable):
            raise Unplannable(found.reason)
        return found

    def _compiled(self, entity: Entity) -> tuple[Level, int] | Unplannable:
        try:
            level = Level(self._selection.statement(entity, None), own_way(entity))
            type_: Any = self._selection.graph.type_map[entity.name]
            expression = RowShape(self._selection, level).object(type_, self._details)
        except Unplannable as unplannable:
            return unplannable
        return level, level.shape(expression)
