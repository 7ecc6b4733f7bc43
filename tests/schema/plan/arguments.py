"""The arguments of fields, by their names: pages, filters, ids, references."""

import re
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    get_named_type,
    is_required_argument,
)

from tests.schema.plan.scene import NODES
from tests.schema.plan.tree import Field
from tests.schema.plan.values import Chooser
from tests.schema.plan.variables import Given, Variables

_PAGE = 20
_WEIGHT = 10  # fields below a row, roughly
_OPTIONAL = {"first": 55, "after": 24, "where": 55, "orderBy": 35}
_KIND = re.compile("|".join(NODES))
_ROWS_OF = {
    "order": "order",
    "orders": "order",
    "suggestedOrders": "order",
    "match": "match",
    "matches": "match",
    "accounts": "user",
    "talkSlots": "talkslot",
    "auditEntries": "auditentry",
    "deeds": "auditentry",
    "timeline": "auditentry",
    "fundingSources": "fundingsource",
}


@dataclass(slots=True)
class Arguments:
    """Writes arguments; remembers the variables that they need."""

    choose: Chooser
    prefix: str  # of the variables' names
    variables: Variables = field(init=False)

    def __post_init__(self) -> None:
        self.variables = Variables(self.choose, self.prefix)

    def put(self, made: Field, declared: GraphQLField, budget: int) -> None:
        """Give a field its arguments, and say how many rows of which kinds stand below it."""
        most = max(1, min(100, budget // _WEIGHT))
        made.size = _PAGE if "first" in declared.args else 1
        parts = []
        for each, argument in declared.args.items():
            if not self._wanted(each, argument, most):
                continue
            given = self._given(made.name, each, argument, most)
            parts.append(f"{each}: {given.text}")
            made.size = self._size(each, given, made.size)
            made.kinds += tuple(_KIND.findall(str(given.value)))
        if len(parts) > 1 and self.choose.chance(20):
            parts.reverse()
        made.arguments = f"({', '.join(parts)})" if parts else ""

    def flag(self, directive: str) -> str:
        """The condition of a directive: most fields stay."""
        return self.variables.flag(stays=directive == "include").text

    def _wanted(self, name: str, argument: GraphQLArgument, most: int) -> bool:
        if is_required_argument(argument) or (name == "first" and most < _PAGE):
            return True
        return self.choose.chance(_OPTIONAL[name])

    def _size(self, name: str, given: Given, size: int) -> int:
        if name in ("ids", "representations"):
            return max(1, len(given.value)) if isinstance(given.value, list) else 1
        return max(1, given.value) if name == "first" and isinstance(given.value, int) else size

    def _given(self, field_name: str, name: str, argument: GraphQLArgument, most: int) -> Given:
        kind = _ROWS_OF.get(field_name)
        purpose = f"{name} {kind}" if name != "first" else f"first {most}"
        return self.variables.argument(
            argument.type,
            lambda: self._value(kind, name, argument, most),
            purpose,
            default=argument.default_value is not None and not is_required_argument(argument),
        )

    def _value(self, kind: str | None, name: str, argument: GraphQLArgument, most: int) -> Any:
        named = get_named_type(argument.type)
        if isinstance(named, GraphQLInputObjectType):
            return self.choose.filter(named)
        if isinstance(named, GraphQLEnumType):
            return self.choose.one(list(named.values))
        makers = {
            "first": lambda: self.choose.size(most if self.choose.chance(15) else min(most, 6)),
            "after": lambda: self.choose.cursor(kind or "order"),
            "id": lambda: self.choose.id(kind),
            "ids": self.choose.ids,
            "representations": self.choose.references,
        }
        return makers[name]()
