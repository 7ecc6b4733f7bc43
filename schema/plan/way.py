"""The ways by which rows are found from other rows: along relations, and by their own keys."""

from dataclasses import dataclass
from functools import lru_cache

from tortoise.models import Model

from schema.plan.declare import Connected, Relation
from schema.plan.entity import Entity
from schema.plan.orm import key_of, link_of, table_of, type_of

_WAYS = 512


@dataclass(frozen=True, slots=True)
class Way:
    """How rows `t` are found by a key of the rows that lead to them.

    The key stands in the column `here` of those and is an SQL value of `kind`. It equals the
    column `there` of the rows that are found, or, where they are found `through` the table `b`
    that is joined to them, of that one. Without `there` one row is found: the viewer's own.
    """

    here: str
    kind: str
    there: str | None
    through: str = ""
    order: tuple[str, ...] = ()

    @property
    def own_column(self) -> str | None:
        """The column of the rows themselves that the key equals, if it is one of theirs."""
        return None if self.through else self.there

    @property
    def keyed(self) -> str:
        """What equals the key, as an expression; the viewer's own row has the empty key."""
        if self.there is None:
            return "''"
        return f'{"b" if self.through else "t"}."{self.there}"'


@lru_cache(_WAYS)
def own_way(entity: Entity) -> Way:
    """The way to an object by its own primary key."""
    if entity.model is None:
        return Way(entity.key, "text", None)
    return Way(entity.key, type_of(entity.model, entity.key), entity.key)


def way_of(owner: Entity, name: str, declared: Relation | Connected, target: Entity) -> Way:
    """The way along a relation: by its own key, by the ORM's link, or through a table between.

    Raises:
        TypeError: the viewer's own single row has relations by key only, and none lead to it.
    """
    here = here_of(owner, name, declared)
    order = declared.order if isinstance(declared, Relation) else ()
    if target.model is None:
        raise TypeError(f"{target.name} has no primary key")
    if owner.model is None or (isinstance(declared, Relation) and declared.key is not None):
        there = key_of(target.model)
        return Way(here, type_of(target.model, there), there, order=order)
    link = link_of(owner.model, _link_name(name, declared))
    kind = type_of(link.model, link.there)
    if isinstance(declared, Relation) and declared.through is not None:
        join = _between(link.model, declared.through, target.model)
        return Way(here, kind, link.there, join, order)
    return Way(here, kind, link.there, order=order)


def here_of(owner: Entity, name: str, declared: Relation | Connected) -> str:
    """The column of this row by which others are found.

    Raises:
        TypeError: the viewer's own single row has relations by key only.
    """
    if isinstance(declared, Relation) and declared.key is not None:
        return declared.key
    if owner.model is None:
        raise TypeError(f"{owner.name}.{name} needs a key")
    return link_of(owner.model, _link_name(name, declared)).here


def _link_name(name: str, declared: Relation | Connected) -> str:
    given = declared.link if isinstance(declared, Relation) else None
    return given or name


def _between(between: type[Model], through: str, target: type[Model]) -> str:
    """The table between, joined to the rows that are meant."""
    link = link_of(between, through)
    return f' JOIN "{table_of(between)}" b ON b."{link.here}" = t."{key_of(target)}"'
