"""Selections as a tree, written out as text, and what may stand beside each other in one answer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from graphql import GraphQLNamedType, GraphQLObjectType


@dataclass(slots=True)
class Field:
    """A field with its alias; arguments and directives are text already."""

    name: str
    type: str
    alias: str | None = None
    arguments: str = ""
    directives: str = ""
    size: int = 1  # rows below, for each row around
    kinds: tuple[str, ...] = ()  # the types that its ids speak of
    of: GraphQLNamedType | None = None  # what the fields below belong to
    below: "list[Selection]" = field(default_factory=list)

    @property
    def key(self) -> str:
        """The name in the answer."""
        return self.alias or self.name

    def __str__(self) -> str:
        alias = f"{self.alias}: " if self.alias else ""
        return f"{alias}{self.name}{self.arguments}{self.directives}{braced(self.below)}"


@dataclass(slots=True)
class Inline:
    """An inline fragment, with or without a type condition."""

    condition: str | None
    of: GraphQLNamedType
    directives: str = ""
    below: "list[Selection]" = field(default_factory=list)

    def __str__(self) -> str:
        condition = f" on {self.condition}" if self.condition else ""
        return f"...{condition}{self.directives}{braced(self.below)}"


@dataclass(slots=True)
class Fragment:
    """A named fragment; what it weighs is counted again wherever it is spread."""

    name: str
    of: GraphQLNamedType
    below: "list[Selection]"

    def variables(self) -> set[str]:
        """The names of the variables in it."""
        everything = f"{self} {' '.join(str(each) for each in fragments_in(self.below))}"
        return set(re.findall(r"\$(\w+)", everything))

    def __str__(self) -> str:
        return f"fragment {self.name} on {self.of.name}{braced(self.below)}"


@dataclass(slots=True)
class Spread:
    """A named fragment's place."""

    fragment: Fragment
    directives: str

    def __str__(self) -> str:
        return f"...{self.fragment.name}{self.directives}"


Selection = Field | Inline | Spread


def braced(selections: list[Selection]) -> str:
    """A selection set, or nothing for a leaf."""
    return f" {{ {' '.join(map(str, selections))} }}" if selections else ""


def inner(selection: Selection) -> list[Selection]:
    """What stands below, through a spread too."""
    return selection.fragment.below if isinstance(selection, Spread) else selection.below


def within(selections: list[Selection]) -> Iterator[Selection]:
    """Every selection, as often as it is spread."""
    for each in selections:
        yield each
        yield from within(inner(each))


def fragments_in(selections: "list[Selection]") -> "Iterator[Fragment]":
    """The fragments that are spread, directly or through others."""
    return (each.fragment for each in within(selections) if isinstance(each, Spread))


def height(selections: list[Selection]) -> int:
    """How many fields stand in each other."""
    return max((height(inner(each)) + isinstance(each, Field) for each in selections), default=0)


@dataclass(slots=True)
class Room:
    """How much may still be written; the figures are a little below those of `schema.limits`."""

    fields: int = 60
    aliases: int = 26
    directives: int = 40

    def take(self, selections: list[Selection]) -> None:
        """Count selections without what stands below them."""
        for each in selections:
            self.fields -= isinstance(each, Field)
            self.aliases -= isinstance(each, Field) and each.alias is not None
            self.directives -= each.directives.count("@")

    def left_for(self, selections: list[Selection]) -> bool:
        """Whether there is room for selections that were written before."""
        after = replace(self)
        after.take(selections)
        return min(after.fields, after.aliases, after.directives) >= 0


def cost(selections: list[Selection], rows: int) -> int:
    """What selections cost below so many rows, roughly as `schema.limits` counts."""
    return sum(
        rows + cost(each.below, rows * each.size)
        if isinstance(each, Field)
        else cost(inner(each), rows)
        for each in selections
    )


@dataclass(slots=True)
class Scope:
    """One place of the answer: the fields that meet there, from whatever fragment they come.

    A little stricter than the specification: fields that meet under one key have the same type.
    """

    depth: int = 0
    rows: int = 1
    kinds: tuple[str, ...] = ()
    entries: dict[str, list[tuple[GraphQLNamedType, Field]]] = field(default_factory=dict)
    below: "dict[str, Scope]" = field(default_factory=dict)

    def inside(self, each: Field) -> "Scope":
        """The place below a field."""
        rows = self.rows * each.size
        return self.below.setdefault(each.key, Scope(self.depth + 1, rows, each.kinds))

    def accepts(self, parent: GraphQLNamedType, selections: list[Selection]) -> bool:
        """Whether selections may be added."""
        return all(self._accepts(parent, each) for each in selections)

    def _accepts(self, parent: GraphQLNamedType, each: Selection) -> bool:
        if not isinstance(each, Field):
            return self.accepts(_of(each, parent), inner(each))
        if not all(_meet(parent, each, *other) for other in self.entries.get(each.key, ())):
            return False
        return each.of is None or self.inside(each).accepts(each.of, each.below)

    def enter(self, parent: GraphQLNamedType, selections: list[Selection]) -> None:
        """Add selections, with everything below."""
        for each in selections:
            if isinstance(each, Field):
                self.entries.setdefault(each.key, []).append((parent, each))
                if each.of is not None:
                    self.inside(each).enter(each.of, each.below)
            else:
                self.enter(_of(each, parent), inner(each))

    def like(self, key: str, name: str) -> Field | None:
        """The first field of a name under a key."""
        return next((each for _, each in self.entries.get(key, ()) if each.name == name), None)


def _of(selection: Inline | Spread, parent: GraphQLNamedType) -> GraphQLNamedType:
    if isinstance(selection, Spread):
        return selection.fragment.of
    return selection.of if selection.condition else parent


def _meet(
    parent: GraphQLNamedType, mine: Field, other_parent: GraphQLNamedType, other: Field
) -> bool:
    apart = parent is not other_parent and all(
        isinstance(each, GraphQLObjectType) for each in (parent, other_parent)
    )
    same = (mine.name, mine.arguments) == (other.name, other.arguments)
    return mine.type == other.type and (apart or same)


def written(fragments: Mapping[str, Fragment]) -> str:
    """The definitions of fragments."""
    return "\n".join(map(str, fragments.values()))
