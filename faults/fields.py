"""Every root field that takes an id, as an operation with the smallest input that holds one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
)

_DEPTH = 3
_LEAVES = 12
_SPOKEN = ("code", "field")  # what they mean in a refusal
_SCALARS: dict[str, Any] = {
    "Int": 1,
    "Float": 1.0,
    "Boolean": True,
    "String": "x",
    "Date": "2031-03-03",
    "DateTime": "2031-03-03T10:00:00+00:00",
    "LocalTime": "10:00",
    "JSON": {},
    "_Any": {},
}


@dataclass(frozen=True, slots=True)
class Field:
    """A root field; `leaves` are the names under which it takes ids."""

    name: str
    document: str
    arguments: dict[str, Any]

    @property
    def leaves(self) -> list[str]:
        """The names of the places that take an id."""
        found: list[str] = []
        for name, type_ in self.arguments.items():
            found += _leaves_of(name, type_, 0)
        return list(dict.fromkeys(found))

    def variables(self, ids: Mapping[str, str]) -> dict[str, Any]:
        """The smallest variables with these ids in the places of these names."""
        return {name: _filled(name, type_, ids, 0) for name, type_ in self.arguments.items()}


def fields_with_ids(schema: GraphQLSchema) -> Iterator[Field]:
    """All of queries and mutations."""
    for kind, root in (("query", schema.query_type), ("mutation", schema.mutation_type)):
        for name, field in (root.fields if root else {}).items():
            wanted = {
                given: argument.type
                for given, argument in field.args.items()
                if is_required_argument(argument) or _holds_id(argument.type, 0)
            }
            if any(_holds_id(each, 0) for each in wanted.values()):
                yield Field(name, _document(kind, name, field, wanted), wanted)


def _holds_id(type_: Any, depth: int) -> bool:
    inner = get_named_type(type_)
    if isinstance(inner, GraphQLInputObjectType):
        deeper = depth < _DEPTH
        return deeper and any(_holds_id(each.type, depth + 1) for each in inner.fields.values())
    return bool(inner.name == "ID")


def _leaves_of(name: str, type_: Any, depth: int) -> list[str]:
    inner = get_named_type(type_)
    if not isinstance(inner, GraphQLInputObjectType):
        return [name] if inner.name == "ID" else []
    if depth >= _DEPTH:
        return []
    return [
        leaf
        for below, each in inner.fields.items()
        for leaf in _leaves_of(below, each.type, depth + 1)
    ]


def _filled(name: str, type_: Any, ids: Mapping[str, str], depth: int) -> Any:
    if isinstance(type_, GraphQLNonNull):
        return _filled(name, type_.of_type, ids, depth)
    if isinstance(type_, GraphQLList):
        return [_filled(name, type_.of_type, ids, depth)]
    if isinstance(type_, GraphQLInputObjectType):
        return {
            below: _filled(below, each.type, ids, depth + 1)
            for below, each in type_.fields.items()
            if is_required_input_field(each) or _holds_id(each.type, depth + 1)
        }
    if isinstance(type_, GraphQLEnumType):
        return next(iter(type_.values))
    return ids[name] if type_.name == "ID" else _SCALARS.get(type_.name, "x")


def _document(kind: str, name: str, field: GraphQLField, wanted: dict[str, Any]) -> str:
    declared = ", ".join(f"${each}: {type_}" for each, type_ in wanted.items())
    handed = ", ".join(f"{each}: ${each}" for each in wanted)
    return f"{kind} Ask({declared}) {{ {name}({handed}) {_selection(field.type)} }}"


def _selection(type_: Any) -> str:
    inner = get_named_type(type_)
    if is_leaf_type(inner):
        return ""
    if isinstance(inner, GraphQLUnionType):
        first = inner.types[0]
        object_of = f"... on {first.name} {_leaves(first)}"
        return f"{{ __typename ... on Refusal {{ code field }} {object_of} }}"
    if isinstance(inner, GraphQLObjectType) and "edges" in inner.fields:
        edge = get_named_type(inner.fields["edges"].type)
        node = get_named_type(edge.fields["node"].type)
        return f"{{ totalCount edges {{ node {_leaves(node)} }} }}"
    return _leaves(inner)


def _leaves(type_: Any) -> str:
    """What an object says of itself."""
    names = ["__typename"]
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
        names += [
            name
            for name, each in type_.fields.items()
            if is_leaf_type(get_named_type(each.type)) and not each.args and name not in _SPOKEN
        ][:_LEAVES]
    return "{ " + " ".join(names) + " }"
