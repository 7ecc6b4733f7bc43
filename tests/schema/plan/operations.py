"""Valid operations, generated from the built schema: everything a client may write.

Most of them find something for the caller they are written for; some are wrong in one value.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import GraphQLNamedType, get_named_type, is_abstract_type, is_composite_type
from hypothesis import strategies as st

from tests.schema.plan.arguments import Arguments
from tests.schema.plan.scene import Vicinity
from tests.schema.plan.shape import (
    DEEPEST,
    QUERY,
    conditions_in,
    fields_of,
    may_stand,
    name_weights,
)
from tests.schema.plan.tree import (
    Field,
    Fragment,
    Inline,
    Room,
    Scope,
    Selection,
    Spread,
    braced,
    cost,
    height,
    within,
    written,
)
from tests.schema.plan.values import Chooser

_ALIASES = ("a", "b", "c", "x", "id", "state", "name", "nodes", "order", "node", "_", "__typename")
_Write = Callable[[GraphQLNamedType, Scope], Selection | None]
_WIDTHS = {2: 5, 1: 1, 3: 5, 4: 2, 7: 1}
_COST = 3500


@dataclass(frozen=True, slots=True)
class Operation:
    """What a client sends."""

    text: str
    operation_name: str | None
    variables: dict[str, Any]


@dataclass(slots=True)
class Document:
    """What the operations of one document share."""

    fragments: dict[str, Fragment] = field(default_factory=dict)
    room: Room = field(default_factory=Room)
    aliased: bool = True
    directed: bool = True
    fresh: int = 0


@dataclass(slots=True)
class Writer:
    """Writes one operation."""

    choose: Chooser
    document: Document
    prefix: str
    cost: int = _COST
    arguments: Arguments = field(init=False)

    def __post_init__(self) -> None:
        self.arguments = Arguments(self.choose, self.prefix)

    def operation(self, name: str | None) -> str:
        """The operation's text; its variables are in `arguments`."""
        body = braced(self._selections(QUERY, Scope()))
        head = self.arguments.variables.head()
        if name is None and not head and self.choose.chance(50):
            return body.strip()
        return f"query{f' {name}' if name else ''}{head}{body}"

    def _selections(self, parent: GraphQLNamedType, scope: Scope) -> list[Selection]:
        wanted = self.choose.weighted({1: 5, 2: 4, 3: 2} if scope.depth == 0 else _WIDTHS)
        found: list[Selection] = []
        for _ in range(wanted):
            if self.document.room.fields > 0 and self.cost > scope.rows:
                each = self._selection(parent, scope)
                found += [] if each is None else [each]
        return found or [self._typename(parent, scope)]

    def _selection(self, parent: GraphQLNamedType, scope: Scope) -> Selection | None:
        abstract = is_abstract_type(parent)
        kinds = {"field": 76, "inline": 7, "named": 4, "again": 4, "typename": 5, "repeat": 6}
        if scope.depth == 0:
            kinds |= {"typename": 2}
        if abstract:
            kinds |= {"field": 10, "inline": 55, "named": 15}
        if self._twins(parent, scope):
            kinds |= {"twin": 4 if scope.depth == 0 else 60}
        if not scope.entries:
            kinds["repeat"] = 0
        write: dict[str, _Write] = {
            "inline": self._inline,
            "named": self._named,
            "again": self._again,
            "typename": self._typename,
            "repeat": self._repeat,
            "twin": self._twin,
            "field": self._field,
        }
        return write[self.choose.weighted(kinds)](parent, scope)

    def _typename(self, parent: GraphQLNamedType, scope: Scope) -> Field:
        made = Field("__typename", "String!")
        if not scope.accepts(parent, [made]):
            made.alias = self._fresh()
        made.directives = self._directives(5)
        self._count(made, scope)
        scope.enter(parent, [made])
        return made

    def _field(self, parent: GraphQLNamedType, scope: Scope) -> Field | None:
        weights = name_weights(parent, scope.depth, self.choose.near.roots)
        if not weights:
            return None
        name, alias = self.choose.weighted(weights), None
        if self.document.aliased and self.document.room.aliases > 0 and self.choose.chance(15):
            alias = self.choose.one((*_ALIASES, *fields_of(parent)))
        return self._made(parent, name, None if alias == name else alias, scope)

    def _repeat(self, parent: GraphQLNamedType, scope: Scope) -> Field | None:
        """A field once more, under the key that it has here already."""
        key = self.choose.one(list(scope.entries))
        name = scope.entries[key][0][1].name
        if name not in fields_of(parent):
            return None
        return self._made(parent, name, None if key == name else key, scope)

    def _twin(self, parent: GraphQLNamedType, scope: Scope) -> Field:
        """A field with arguments once more, under another key and with others."""
        return self._made(parent, self.choose.one(self._twins(parent, scope)), self._fresh(), scope)

    def _twins(self, parent: GraphQLNamedType, scope: Scope) -> list[str]:
        """The fields with arguments that stand here already."""
        names = {entries[0][1].name for entries in scope.entries.values()}
        declared = fields_of(parent) if self.document.room.aliases > 0 else {}
        return sorted(name for name in names & declared.keys() if declared[name].args)

    def _made(self, parent: GraphQLNamedType, name: str, alias: str | None, scope: Scope) -> Field:
        declared = fields_of(parent)[name]
        named = get_named_type(declared.type)
        made = Field(name, str(declared.type), alias)
        made.of = named if is_composite_type(named) else None
        known = scope.like(made.key, name)
        if known is not None:
            made.arguments, made.size, made.kinds = known.arguments, known.size, known.kinds
        if made.key in scope.entries and (known is None or not scope.accepts(parent, [made])):
            made.alias, known = self._fresh(), None
        if known is None and declared.args:
            self.arguments.put(made, declared, self.cost // scope.rows)
        made.directives = self._directives(12)
        self._count(made, scope)
        scope.enter(parent, [made])
        if made.of is not None:
            made.below = self._selections(made.of, scope.inside(made))
        return made

    def _count(self, made: Field, scope: Scope) -> None:
        self.document.room.take([made])
        self.cost -= scope.rows

    def _inline(self, parent: GraphQLNamedType, scope: Scope) -> Inline:
        """A fragment in place, on a type or without one."""
        plain = self.choose.chance(25)
        of = parent if plain else self._condition(parent, scope)
        made = Inline(None if plain else of.name, of, self._directives(15))
        self.document.room.take([made])
        made.below = self._selections(of, scope)
        return made

    def _named(self, parent: GraphQLNamedType, scope: Scope) -> Spread:
        of = self._condition(parent, scope)
        made = Fragment("", of, self._selections(of, scope))
        made.name = f"F{len(self.document.fragments)}"
        self.document.fragments[made.name] = made
        return self._spread(made)

    def _again(self, parent: GraphQLNamedType, scope: Scope) -> Spread | None:
        """A fragment that was written for another place, if it fits here."""
        fitting = [
            each
            for each in self.document.fragments.values()
            if may_stand(each.of, parent) and self._fits(each, scope)
        ]
        if not fitting:
            return None
        made = self._spread(self.choose.one(fitting))
        self.document.room.take(list(within(made.fragment.below)))
        self.cost -= cost(made.fragment.below, scope.rows)
        scope.enter(parent, [made])
        return made

    def _spread(self, fragment: Fragment) -> Spread:
        made = Spread(fragment, self._directives(15))
        self.document.room.take([made])
        return made

    def _fits(self, fragment: Fragment, scope: Scope) -> bool:
        known = set(self.arguments.variables.definitions)
        return (
            self.document.room.left_for(list(within(fragment.below)))
            and cost(fragment.below, scope.rows) <= self.cost
            and height(fragment.below) + scope.depth <= DEEPEST + 1
            and fragment.variables() <= known
            and scope.accepts(fragment.of, fragment.below)
        )

    def _condition(self, parent: GraphQLNamedType, scope: Scope) -> GraphQLNamedType:
        """A type that a fragment may have here, as a rule one that comes along."""
        if not is_abstract_type(parent) and self.choose.chance(50):
            return parent
        hints = scope.kinds if self.choose.chance(75) else ()
        return self.choose.one(conditions_in(parent, hints))

    def _directives(self, percent: int) -> str:
        room = self.document.room.directives if self.document.directed else 0
        if room <= 2 or not self.choose.chance(percent):
            return ""
        names = self.choose.one((("include",), ("skip",), ("skip", "include")))
        return "".join(f" @{name}(if: {self.arguments.flag(name)})" for name in names)

    def _fresh(self) -> str:
        self.document.fresh += 1
        return f"y{self.document.fresh}"


def operation_for(near: Vicinity, random: Random) -> Operation:
    """An operation for a caller with these ids around; `random` may be hypothesis's own."""
    choose, document = Chooser(random, near), Document()
    document.aliased, document.directed = not choose.chance(30), not choose.chance(30)
    first = Writer(choose, document, "v")
    alone = not choose.chance(8)
    name = "Q" if not alone or choose.chance(40) else None
    texts = [first.operation(name)]
    meant, chosen = first, name if choose.chance(60) or not alone else None
    if not alone:
        second = Writer(choose, document, "w")
        texts.append(second.operation("Other"))
        meant, chosen = choose.one([(first, "Q"), (second, "Other")])
    values = dict(meant.arguments.variables.values)
    if choose.chance(3):
        values["left"] = ["over", 1, None]
    if choose.chance(1):
        chosen = choose.one([None, "", "Unknown"])
    text = "\n".join([*texts, written(document.fragments)]).strip()
    return Operation(text, chosen, values)


def operations(near: Vicinity) -> "st.SearchStrategy[Operation]":
    """Operations for a caller with these ids around."""
    return st.randoms(use_true_random=False).map(lambda random: operation_for(near, random))
