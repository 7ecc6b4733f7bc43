"""The ordinary way: one field of one object, through loaders on the plan's own statements.

What a plan does not know is read like this; mutations and events begin with it.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar, cast
from uuid import UUID

from graphql import get_named_type
from strawberry.dataloader import DataLoader
from strawberry.types import Info

from domain.errors import NumberOutOfRange
from domain.viewer import Viewer
from models.read_pool import ReadPool
from schema.connection import LARGEST_PAGE, Connection, cursor_of
from schema.plan import declare
from schema.plan.declare import Declared, Rows
from schema.plan.entity import ENTITIES, Entity, located
from schema.plan.filters import check_ladder, searches
from schema.plan.full import Full, full
from schema.plan.page import Asked, total, totals
from schema.plan.reference import Reference
from schema.plan.search import SLOT, permit
from schema.plan.visible import Rights, every_row, own_ids
from schema.plan.way import Way, here_of, own_way, way_of

T = TypeVar("T")


class Reader:
    """Reads for one viewer and one operation; what it has read once it does not read again."""

    def __init__(self, viewer: Viewer, pool: ReadPool, district: str) -> None:
        self._viewer = viewer
        self._rights = Rights.of(viewer)
        self._pool = pool
        self._district = district
        self._loaders: dict[tuple[Any, ...], DataLoader[Any, Any]] = {}

    async def get(self, cls: type[T], key: UUID) -> T | None:
        """The object with this primary key, if it is the viewer's to see."""
        found: T | None = await self.one(_entity_of(cls), str(key))
        return found

    def key_along(self, source: Any, name: str) -> UUID:
        """The key of the object that a relation of another leads to."""
        entity, member = source._entity, source._entity.member(name)  # noqa: SLF001  our own objects
        return UUID(source._values[here_of(entity, name, member.declared)])  # noqa: SLF001  as above

    async def sees(self, cls: type[Any], key: UUID, *, among: Rows) -> bool:
        """Whether there is such an object for the viewer among these."""
        entity = _entity_of(cls)
        text = total(entity, self._rights, among, f'(t."{entity.key}" = {SLOT}::uuid)')
        (row,) = await self._fetch(*text, {"where0": key})
        return bool(row[0])

    def reference(self, cls: type[T], key: UUID) -> T:
        """The object with this primary key, read when it is asked for."""
        return cast("T", Reference(self, _entity_of(cls), key))

    async def granted(self, cls: type[T], key: UUID) -> T | None:
        """The object that the viewer has just changed; by the change it may have gone from view."""
        entity = _entity_of(cls)
        return _first(
            await self._lists(entity, every_row(entity.model), own_way(entity)).load(str(key))
        )

    async def viewer(self, cls: type[T]) -> T:
        """The object without a model: whoever reads."""
        found: T = await self.one(_entity_of(cls), "")
        return found

    async def named(self, text: str, expected: Entity | None = None) -> Any:
        """The object with an id, of the type that is expected if one is."""
        return await self.one(*located(text, self._district, expected))

    def resolve(self, declared: Declared, source: Any, info: Info, kwargs: dict[str, Any]) -> Any:
        """The value of a field, or an awaitable of it; null above the viewer's stage."""
        owner: Entity | None = getattr(source, "_entity", None)
        if owner is not None and source._stage < owner.members[info.field_name].stage:  # noqa: SLF001  our own objects
            return None
        return _RESOLVERS[type(declared)](self, declared, source, info, kwargs)

    def column(self, declared: declare.Column, source: Any, info: Info, _kwargs: Any) -> Any:
        """A column of the row."""
        return source._values[declared.path or info.python_name]  # noqa: SLF001  as above

    def counted(self, _declared: Declared, source: Any, info: Info, _kwargs: Any) -> Any:
        """A subquery's value, under the field's own name."""
        return source._values[info.python_name]  # noqa: SLF001  as above

    def identifier(self, _declared: Declared, source: Any, _info: Info, _kwargs: Any) -> str:
        """The id as clients see it."""
        return self.id_of(source)

    def id_of(self, source: Any) -> str:
        """The id of an object as clients see it."""
        return f"{source._entity.prefix}_{self._district}_{source._key.replace('-', '')}"  # noqa: SLF001  as above

    def computed(self, declared: declare.Computed, source: Any, info: Info, _kwargs: Any) -> Any:
        """A function of the row, or of the row that a relation leads to."""
        owner = getattr(source, "_entity", None)
        if declared.of is None:
            return self._computed(declared, owner, source, info.context.language)
        return self._computed_of(declared, source, info)

    def related(self, declared: declare.Relation, source: Any, info: Info, _kwargs: Any) -> Any:
        """The row, or the rows, that a relation leads to."""
        behind = self._behind if _is_list(info) else self._first_behind
        return behind(declared, source, info.python_name, ENTITIES[_target(info).name])

    async def connected(
        self, declared: declare.Connected, source: Any, info: Info, kwargs: dict[str, Any]
    ) -> Connection[Any]:
        """A page of a root list, or of the rows that belong to an object."""
        entity = ENTITIES[_target(info).name.removesuffix("Connection")]
        if searches(kwargs.get("where")):  # whoever may not is told nothing else of it
            permit(self._viewer)
        asked = Asked.of(declared, kwargs, entity, self._district)
        if source is None:
            return await self._root_page(declared, entity, asked)
        way = way_of(source._entity, info.python_name, declared, entity)  # noqa: SLF001  as above
        key = source._values[way.here]  # noqa: SLF001  as above
        found = await self._pages(entity, way, asked).load(key)
        return _connection(found, asked, partial(self._totals(entity, way).load, key))

    async def by_id(self, _declared: Declared, _source: Any, info: Info, kwargs: Any) -> Any:
        """The object with an id."""
        return await self.named(kwargs["id"], ENTITIES.get(_target(info).name))

    def by_ids(self, _declared: Declared, _source: Any, _info: Info, kwargs: Any) -> list[Any]:
        """The objects with some ids, in the order of these; a wrong id is an error of its own."""
        if len(kwargs["ids"]) > LARGEST_PAGE:
            raise NumberOutOfRange(field="ids", low=0, high=LARGEST_PAGE)
        return [self.named(each) for each in kwargs["ids"]]

    async def current(self, declared: declare.Current, _s: Any, info: Info, _kwargs: Any) -> Any:
        """The object that the request itself names."""
        return await self.one(ENTITIES[_target(info).name], declared.key(info.context) or "")

    async def one(self, entity: Entity, key: str) -> Any:
        """The object of a type with a primary key."""
        return _first(await self._lists(entity, None, own_way(entity)).load(key))

    async def _behind(
        self, declared: declare.Relation, source: Any, name: str, entity: Entity
    ) -> list[Any]:
        way = way_of(source._entity, name, declared, entity)  # noqa: SLF001  as above
        key = source._values[way.here]  # noqa: SLF001  as above
        if key is None:
            return []
        found: list[Any] = await self._lists(entity, declared.rows, way).load(key)
        return found

    async def _first_behind(
        self, declared: declare.Relation, source: Any, name: str, entity: Entity
    ) -> Any:
        return _first(await self._behind(declared, source, name, entity))

    def _computed(
        self, declared: declare.Computed, owner: Entity | None, source: Any, language: Any
    ) -> Any:
        reserved = {
            "viewer": self._viewer,
            "language": language,
            **{name: clock() for name, clock in declare.CLOCKS.items()},
        }
        values = [
            reserved[name]
            if name in reserved
            else self._need(name, declared, owner, source, language)
            for name in declared.needs
        ]
        if declared.each is None:
            return declared.function(*values)
        return [declared.function(word, *values[1:]) for word in values[0].split()]

    def _need(
        self,
        name: str,
        asking: declare.Computed,
        owner: Entity | None,
        source: Any,
        language: Any,
    ) -> Any:
        needed = owner.need(name, asking) if owner else None
        if isinstance(needed, declare.Computed):
            return self._computed(needed, owner, source, language)
        return None if source is None else source._values[name]  # noqa: SLF001  as above

    async def _computed_of(self, declared: declare.Computed, source: Any, info: Info) -> Any:
        member = source._entity.member(declared.of)  # noqa: SLF001  as above
        target = get_named_type(info._raw_info.parent_type.fields[member.name].type)  # noqa: SLF001  strawberry hides the executor's own
        entity = ENTITIES[target.name]
        found = await self._behind(member.declared, source, member.python_name, entity)
        return self._computed(declared, entity, _first(found), info.context.language)

    async def _root_page(
        self, declared: declare.Connected, entity: Entity, asked: Asked
    ) -> Connection[Any]:
        asked.permit(self._viewer)
        whole = full(entity, self._rights, declared.rows, None)
        if asked.condition and declared.where is not None:
            check_ladder(entity, declared.where, whole.statement.least_stage())
        rows = await self._fetch(*whole.pages.text(asked), asked.values_by_name(more=True))
        count = partial(self._total, entity, declared.rows, asked)
        return _connection([whole.made(row) for row in rows], asked, count)

    async def _total(self, entity: Entity, rows: Rows | None, asked: Asked) -> int:
        text = total(entity, self._rights, rows, asked.condition)
        (row,) = await self._fetch(*text, asked.values_by_name())
        return int(row[0])

    def _lists(self, entity: Entity, rows: Rows | None, way: Way) -> DataLoader[Any, list[Any]]:
        async def load(keys: list[str]) -> list[list[Any]]:
            whole = full(entity, self._rights, rows, way)
            return await self._grouped(whole, *whole.by_key, {"keys": keys})

        return self._loader(("lists", entity, rows, way), load)

    def _pages(self, entity: Entity, way: Way, asked: Asked) -> DataLoader[Any, list[Any]]:
        async def load(keys: list[str]) -> list[list[Any]]:
            whole = full(entity, self._rights, None, way)
            values = {"keys": keys, **asked.values_by_name(more=True)}
            return await self._grouped(whole, *whole.pages.text(asked), values)

        return self._loader(("pages", entity, way, asked.first, asked.after), load)

    def _totals(self, entity: Entity, way: Way) -> DataLoader[Any, int]:
        async def load(keys: list[str]) -> list[int]:
            text = totals(entity, self._rights, way)
            return [row[0] for row in await self._fetch(*text, {"keys": keys})]

        return self._loader(("totals", entity, way), load)

    def _loader(self, key: tuple[Any, ...], load: Callable[..., Any]) -> DataLoader[Any, Any]:
        if key not in self._loaders:
            self._loaders[key] = DataLoader(load_fn=load)
        return self._loaders[key]

    async def _grouped(
        self, whole: Full, text: str, names: tuple[str, ...], values: dict[str, Any]
    ) -> list[list[Any]]:
        lists: list[list[Any]] = [[] for _ in values["keys"]]
        for row in await self._fetch(text, names, values):
            lists[row[0] - 1].append(whole.made(row))
        return lists

    async def _fetch(self, text: str, names: tuple[str, ...], values: dict[str, Any]) -> list[Any]:
        known = {**own_ids(self._viewer), **values}
        return await self._pool.fetch(text, *(known[name] for name in names))


_RESOLVERS: dict[type[Any], Callable[..., Any]] = {
    declare.Column: Reader.column,
    declare.Identifier: Reader.identifier,
    declare.Counted: Reader.counted,
    declare.Computed: Reader.computed,
    declare.Relation: Reader.related,
    declare.Connected: Reader.connected,
    declare.ById: Reader.by_id,
    declare.ByIds: Reader.by_ids,
    declare.Current: Reader.current,
}


def _connection(
    found: list[Any], asked: Asked, total: Callable[[], Awaitable[int]]
) -> Connection[Any]:
    rows = found[: asked.first]
    return Connection(
        rows=rows,
        cursors=[cursor_of(row._key) for row in rows],  # noqa: SLF001  our own objects
        has_next=len(found) > asked.first,
        has_previous=asked.after is not None,
        total=total,
    )


def _entity_of(cls: type[Any]) -> Entity:
    return ENTITIES[cls.__name__]


def _target(info: Info) -> Any:
    return get_named_type(info._raw_info.return_type)  # noqa: SLF001  strawberry hides the executor's own


def _is_list(info: Info) -> bool:
    return "[" in str(info._raw_info.return_type)  # noqa: SLF001  as above


def _first(rows: list[T]) -> T | None:
    return rows[0] if rows else None
