"""Values of arguments: mostly real ones, some foreign, some broken; and how they are written."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, TypeVar

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    get_nullable_type,
)

from tests.schema.plan.scene import CURSORS, IDS, NODES, Vicinity, type_of

T = TypeVar("T")
_HEX = "0190" + "a" * 28
_INSTANTS = (
    "2025-11-05T00:00:00Z",
    "2199-01-12T00:00:00+01:00",
    "2026-01-01T00:00:00",
    "0001-01-01T00:00:00Z",
    "soon",
)
_WORDS = {
    "machine": ("ORDER", "MATCH", "ACCOUNT", "DELEGATION", "", "x"),
    "action": ("RELEASE_ORDER", "ACCEPT_ORDER", "HOLD", "", "x"),
    "search": ("an", "ÄN", "37154", "groß-", "s", "", "a 3", "xx", "%", "hilfe@", "an gr", "_e"),
}
_KINDS = {"actorId": "user", "personId": "user", "seekerId": "seeker", "aggregate": None}
_MALFORMED = [
    "",
    "x",
    "order_03155_zz",
    "order_03155_" + "A" * 32,
    "order__" + _HEX,
    "Order_03155_" + _HEX,
    "order_03155_" + _HEX + "\n",
    "ördér_03155_" + _HEX,
    "order_٠٣١٥٥_" + _HEX,
    "order_03155_" + "a" * 300,
    "nothing_03155_" + _HEX,
    "\x00",
    '"',
    7,
]
_GARBAGE = ["", "!", "abc", "ü", "A" * 22, "A" * 21, "A" * 23, "=" * 4, "A" * 500, "-_-_", "🐈"]
_SOUND = {"near": 70, "any": 20, "unknown": 2}
_UNSOUND = {"kind": 4, "away": 4, "malformed": 6}
_ENTITIES = [type_of(name) for name in NODES]
_BROKEN_REFERENCES: list[Any] = [
    {"__typename": "Nothing", "id": "x"},
    {"__typename": "Order"},
    {"__typename": "Order", "id": 7},
    {"__typename": "Query", "id": "x"},
    {"__typename": ["Order"], "id": {"id": None}},
    {},
    "text",
    7,
    [],
    True,
]


@dataclass(frozen=True, slots=True)
class Chooser:
    """Draws values around one caller.

    From a `Random`, which hypothesis shrinks like any strategy, but without trying each example in
    five small variations first: three hundred examples are three hundred different ones.
    """

    random: Random
    near: Vicinity

    def chance(self, percent: int) -> bool:
        """Shrinks to no."""
        return self.random.randint(0, 99) >= 100 - percent

    def one(self, options: "list[T] | tuple[T, ...]") -> T:
        """Shrinks to the first."""
        return self.random.choice(options)

    def weighted(self, weights: Mapping[T, int]) -> T:
        """Shrinks to the first."""
        left = self.random.randint(0, sum(weights.values()) - 1)
        for each, weight in weights.items():
            left -= weight
            if left < 0:
                return each
        raise ValueError(weights)

    def number(self, low: int, high: int) -> int:
        """Shrinks to the low one."""
        return self.random.randint(low, high)

    def id(self, kind: str | None = None, *, sound: bool = False) -> Any:
        """An id of a kind, or of any: mostly of something around the caller."""
        kind = kind or self.weighted(
            {"order": 5, "match": 4, "assistant": 3, "seeker": 3, "user": 3, "provider": 1}
        )
        match self.weighted(_SOUND if sound else _SOUND | _UNSOUND):
            case "near":
                return self.one(self.near.ids.get(kind) or IDS[kind])
            case "any":
                return self.one(IDS[kind])
            case "kind":
                return self.one(IDS[self.one(list(IDS))])
            case "away":
                return self.one(IDS[kind]).replace("03155", self.one(["03156", "99999"]))
            case "unknown":
                return f"{kind}_03155_{_HEX}"
            case _:
                return self.one(_MALFORMED)

    def ids(self) -> list[Any]:
        """A list of ids, with the same one twice now and then."""
        sound = not self.chance(12)
        found = [self.id(sound=sound) for _ in range(self.number(1, 7))]
        if self.chance(30):
            found.append(self.one(found))
        return [] if self.chance(2) else found

    def reference(self) -> Any:
        """What a gateway sends."""
        if self.chance(6):
            return self.one(_BROKEN_REFERENCES)
        name = self.one(_ENTITIES)
        found = {"__typename": name, "id": self.id(name.lower())}
        return found | {"extra": [1, {"a": None}]} if self.chance(10) else found

    def references(self) -> list[Any]:
        """A list of them."""
        return [self.reference() for _ in range(self.number(1, 5))]

    def cursor(self, kind: str) -> str:
        """A place in a list of a kind, in another list, or nowhere."""
        if self.chance(10):
            return self.one(_GARBAGE)
        return self.one(CURSORS[self.one(list(CURSORS)) if self.chance(10) else kind])

    def size(self, largest: int) -> Any:
        """`first`."""
        if self.chance(6):
            return self.one([0, -1, -2147483648])
        if self.chance(1):
            return self.one([101, 2147483647])
        return self.number(1, largest)

    def filter(self, of: GraphQLInputObjectType, depth: int = 1) -> dict[str, Any]:
        """`where`, deeper now and then than is allowed."""
        found: dict[str, Any] = {}
        names = [name for name in of.fields if depth < 3 or name not in ("and", "or", "not")]
        for name in dict.fromkeys(self.one(names) for _ in range(self.number(0, 2))):
            found[name] = None if self.chance(5) else self._condition(of, name, depth)
        if depth == 1 and self.chance(1):
            return _nested(found, 6)
        return found

    def _words(self, name: str, kind: Any) -> list[str] | str:
        """What stands in a column of that name, and something that stands nowhere."""
        known = _WORDS.get(name, ("", "x"))
        if not isinstance(get_nullable_type(kind), GraphQLList):
            return self.one(known)
        return [self.one(known) for _ in range(self.number(1, 3))]

    def _key(self, name: str) -> Any:
        return self.id(_KINDS.get(name, "order"))

    def _condition(self, of: GraphQLInputObjectType, name: str, depth: int) -> Any:
        kind = of.fields[name].type
        named = get_named_type(kind)
        if named is of:
            if name == "not":
                return self.filter(of, depth + 1)
            found = [self.filter(of, depth + 1) for _ in range(self.number(0, 3))]
            return found[0] if len(found) == 1 and self.chance(40) else found
        if named.name == "DateTime":
            return self.one(_INSTANTS)
        if not isinstance(named, GraphQLEnumType):
            return self._words(name, kind) if named.name == "String" else self._key(name)
        if not isinstance(get_nullable_type(kind), GraphQLList):
            return self.one(list(named.values))
        many = self.number(5, 10) if self.chance(60) else self.number(0, 3)
        states = [self.one(list(named.values)) for _ in range(many)]
        return states[0] if len(states) == 1 and self.chance(40) else states


def _nested(inner: dict[str, Any], depth: int) -> dict[str, Any]:
    return inner if depth == 1 else {"not": _nested(inner, depth - 1)}


Replace = Callable[[Any, GraphQLInputType], str | None]


def literal(value: Any, of: GraphQLInputType, replace: Replace = lambda _value, _type: None) -> str:
    """A value as GraphQL writes it; `replace` may put a variable in the place of a part."""
    nullable = of.of_type if isinstance(of, GraphQLNonNull) else of
    if value is None or isinstance(value, str | int | float):
        named = get_named_type(nullable)
        bare = isinstance(named, GraphQLEnumType) and value is not None
        return str(value) if bare else json.dumps(value)
    if isinstance(value, list):
        item = nullable.of_type if isinstance(nullable, GraphQLList) else nullable
        parts = [replace(each, item) or literal(each, item, replace) for each in value]
        return f"[{', '.join(parts)}]"
    kind: Any = get_named_type(nullable)
    parts = []
    for name, each in value.items():
        inner = kind.fields[name].type if isinstance(kind, GraphQLInputObjectType) else kind
        parts.append(f"{name}: {replace(each, inner) or literal(each, inner, replace)}")
    return f"{{{', '.join(parts)}}}"
