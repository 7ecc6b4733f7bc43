"""Valid operations, generated from the built schema: everything a client may write.

Most of them find something for the caller they are written for; some are wrong in one value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_leaf_type,
)
from hypothesis import strategies as st

from portal.graphql import schema
from tests.schema.plan.arguments import Arguments
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
from tests.schema.plan.values import Chooser, Draw

GRAPH = schema._schema
QUERY = GRAPH.type_map["Query"]
_ROOTS: Mapping[str, int] = {
    "orders": 12,
    "nodes": 12,
    "node": 10,
    "viewer": 10,
    "matches": 10,
    "order": 10,
    "_entities": 8,
    "accounts": 8,
    "match": 8,
    "suggestedOrders": 8,
    "activities": 2,
    "district": 2,
    "_service": 1,
}
_ALIASES = ("a", "b", "c", "x", "id", "state", "name", "nodes", "order", "node", "_", "__typename")
_CONDITIONS = ("Order", "Match", "Assistant", "Seeker", "User", "Provider", "Node", "Person")
_WIDTHS = {2: 4, 1: 2, 3: 4, 4: 2, 7: 1}
_DEEPEST, _COST = 8, 3500


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
        wanted = self.choose.weighted({1: 6, 2: 3, 3: 1} if scope.depth == 0 else _WIDTHS)
        found: list[Selection] = []
        for _ in range(wanted):
            if self.document.room.fields > 0 and self.cost > scope.rows:
                each = self._selection(parent, scope)
                found += [] if each is None else [each]
        return found or [self._typename(parent, scope)]

    def _selection(self, parent: GraphQLNamedType, scope: Scope) -> Selection | None:
        abstract = is_abstract_type(parent)
        kinds = {"field": 76, "inline": 7, "named": 4, "again": 4, "typename": 5, "repeat": 6}
        if abstract:
            kinds |= {"field": 10, "inline": 55, "named": 15}
        match self.choose.weighted(kinds):
            case "inline":
                return self._inline(parent, scope)
            case "named":
                return self._named(parent, scope)
            case "again":
                return self._again(parent, scope)
            case "typename":
                return self._typename(parent, scope)
            case "repeat" if scope.entries:
                return self._repeat(parent, scope)
            case _:
                return self._field(parent, scope)

    def _typename(self, parent: GraphQLNamedType, scope: Scope) -> Field:
        made = Field("__typename", "String!")
        if not scope.accepts(parent, [made]):
            made.alias = self._fresh()
        made.directives = self._directives(5)
        self._count(made, scope)
        scope.enter(parent, [made])
        return made

    def _field(self, parent: GraphQLNamedType, scope: Scope) -> Field | None:
        if not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            return None
        name = self._name_in(parent, scope.depth)
        alias = None
        if self.document.room.aliases > 0 and self.choose.chance(15):
            alias = self.choose.one((*_ALIASES, *parent.fields))
        return self._made(parent, name, None if alias == name else alias, scope)

    def _repeat(self, parent: GraphQLNamedType, scope: Scope) -> Field | None:
        """A field once more, under the key that it has here already."""
        key = self.choose.one(list(scope.entries))
        name = scope.entries[key][0][1].name
        if isinstance(parent, GraphQLUnionType) or name not in parent.fields:  # type: ignore[attr-defined]  # object or interface
            return None
        return self._made(parent, name, None if key == name else key, scope)  # type: ignore[arg-type]  # as above

    def _name_in(self, parent: GraphQLObjectType | GraphQLInterfaceType, depth: int) -> str:
        if parent is QUERY:
            return self.choose.weighted(_ROOTS)
        weights = {
            name: 1 if is_leaf_type(get_named_type(each.type)) or depth > 4 else 4
            for name, each in parent.fields.items()
            if depth < _DEEPEST - 1 or is_leaf_type(get_named_type(each.type))
        }
        return self.choose.weighted(weights)

    def _made(
        self,
        parent: GraphQLObjectType | GraphQLInterfaceType,
        name: str,
        alias: str | None,
        scope: Scope,
    ) -> Field | None:
        declared = parent.fields[name]
        named = get_named_type(declared.type)
        made = Field(name, str(declared.type), alias)
        made.of = named if is_composite_type(named) else None
        known = scope.like(made.key, name)
        if known is not None:
            made.arguments, made.size = known.arguments, known.size
        if made.key in scope.entries and (known is None or not scope.accepts(parent, [made])):
            made.alias, known = self._fresh(), None
        if known is None and declared.args:
            budget = self.cost // scope.rows
            made.arguments, made.size = self.arguments.of(name, declared, budget)
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
        of = parent if plain else self._condition(parent)
        made = Inline(None if plain else of.name, of, self._directives(15))
        self.document.room.take([made])
        made.below = self._selections(of, scope)
        return made

    def _named(self, parent: GraphQLNamedType, scope: Scope) -> Spread:
        of = self._condition(parent)
        made = Fragment("", of, self._selections(of, scope))
        made.name = f"F{len(self.document.fragments)}"
        self.document.fragments[made.name] = made
        return self._spread(made)

    def _again(self, parent: GraphQLNamedType, scope: Scope) -> Spread | None:
        """A fragment that was written for another place, if it fits here."""
        fitting = [
            each
            for each in self.document.fragments.values()
            if self._may_stand(each.of, parent) and self._fits(each, scope)
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
            and height(fragment.below) + scope.depth <= _DEEPEST + 1
            and fragment.variables() <= known
            and scope.accepts(fragment.of, fragment.below)
        )

    def _condition(self, parent: GraphQLNamedType) -> GraphQLNamedType:
        if not is_abstract_type(parent) and self.choose.chance(50):
            return parent
        types = [GRAPH.type_map[name] for name in _CONDITIONS]
        return self.choose.one([each for each in types if self._may_stand(each, parent)] or [parent])

    def _may_stand(self, of: GraphQLNamedType, parent: GraphQLNamedType) -> bool:
        return bool(_possible(of) & _possible(parent))

    def _directives(self, percent: int) -> str:
        if self.document.room.directives <= 2 or not self.choose.chance(percent):
            return ""
        names = self.choose.one((("include",), ("skip",), ("skip", "include")))
        return "".join(f" @{name}(if: {self.arguments.flag(name)})" for name in names)

    def _fresh(self) -> str:
        self.document.fresh += 1
        return f"y{self.document.fresh}"


def _possible(of: GraphQLNamedType) -> set[str]:
    if isinstance(of, GraphQLInterfaceType | GraphQLUnionType):
        return {each.name for each in GRAPH.get_possible_types(of)}
    return {of.name}


@st.composite
def operations(draw: Draw, near: Mapping[str, list[str]]) -> Operation:
    """An operation for a caller with these ids around."""
    choose, document = Chooser(draw, near), Document()
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
