"""Everything that the fields of a type need, in one statement: what the ordinary way reads."""

from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from domain.disclosure import Stage
from schema.plan import declare
from schema.plan.declare import RESERVED, Rows
from schema.plan.entity import Entity, Member
from schema.plan.orm import enum_of
from schema.plan.page import Pages, by_key
from schema.plan.sql import Statement, named, subquery
from schema.plan.visible import Rights
from schema.plan.way import Way, here_of

_STATEMENTS = 512


class Full:
    """A statement with all that a type's fields need, and how its rows become objects."""

    def __init__(self, entity: Entity, rights: Rights, rows: Rows | None, way: Way | None) -> None:
        self.entity = entity
        self.way = way
        self.statement = Statement(entity, rights, rows)
        if way is not None:
            self.statement.column("k.n::int")
        root = self.statement.root
        self._key = self.statement.column(named(root, entity.key))
        self._values = [
            (name, self.statement.column(expression), _reading(entity, name))
            for name, expression in self._needed()
        ]
        stage = self.statement.stage(root)
        self._stage = stage if isinstance(stage, Stage) else self.statement.column(stage)
        self.pages = Pages(self.statement, way)

    @cached_property
    def by_key(self) -> tuple[str, tuple[str, ...]]:
        """The text that finds all rows behind keys, and its parameters."""
        if self.way is None:
            raise TypeError(f"a list of {self.entity.name} has no keys")
        statement = self.statement.variant()
        return by_key(statement, self.way), statement.parameters.names

    def made(self, row: Any) -> Any:
        """An object of the type, as the executor passes it to its fields."""
        made = object.__new__(self.entity.cls)
        made._entity = self.entity
        made._key = row[self._key]
        made._values = {name: read(row[place]) for name, place, read in self._values}
        made._stage = self._stage if isinstance(self._stage, Stage) else row[self._stage]
        return made

    def _needed(self) -> Iterator[tuple[str, str]]:
        for member in self.entity.members.values():
            if isinstance(member.declared, declare.Counted):
                yield member.python_name, subquery(member.declared.scalar, self.statement.root)
            for name in needs_of(self.entity, member):
                yield name, named(self.statement.root, name)


def needs_of(entity: Entity, member: Member) -> list[str]:
    """The values of its own row that a field needs."""
    match member.declared:
        case declare.Column(path):
            return [path or member.python_name]
        case declare.Computed(of=None) as computed:
            return list(values_of(entity, computed))
        case declare.Relation() | declare.Connected() as related:
            return [here_of(entity, member.python_name, related)]
    return []


def values_of(entity: Entity, computed: declare.Computed) -> Iterator[str]:
    """The values of the row that a function needs, by itself or through others."""
    for name in computed.needs:
        if name in RESERVED:
            continue
        needed = entity.need(name, computed)
        if isinstance(needed, declare.Computed):
            yield from values_of(entity, needed)
        else:
            yield name


@lru_cache(_STATEMENTS)
def full(entity: Entity, rights: Rights, rows: Rows | None, way: Way | None) -> Full:
    """The statement of a type, by a way that leads to its rows or as a root's list."""
    return Full(entity, rights, rows, way)


def _reading(entity: Entity, name: str) -> Callable[[Any], Any]:
    """How a value of the row becomes the one that functions and the executor get."""
    known = entity.hidden.keys() | {
        member.python_name
        for member in entity.members.values()
        if isinstance(member.declared, declare.Counted)
    }
    if entity.model is None or name in known:
        return _as_it_is
    found = enum_of(entity.model, name)
    return _as_it_is if found is None else {None: None, **{e.value: e for e in found}}.__getitem__


def _as_it_is(value: Any) -> Any:
    return value
