"""The built schema as the generator walks it: which fields a type offers, which fragments fit."""

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)

from portal.graphql import schema
from tests.schema.plan.scene import type_of

GRAPH = schema._schema
QUERY = GRAPH.type_map["Query"]
DEEPEST = 8
_CONDITIONS = ("Order", "Match", "Assistant", "Seeker", "User", "Provider", "Node", "Person")
_ROOTS = {
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
    "talkSlots": 4,
    "notifications": 4,
    "auditEntries": 6,
    "deeds": 2,
    "fundingSources": 4,
    "fundingSource": 2,
    "activities": 2,
    "district": 2,
    "_service": 1,
}


def fields_of(parent: GraphQLNamedType) -> dict[str, GraphQLField]:
    """The fields of an object or interface; a union has none."""
    if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
        return dict(parent.fields)
    return {}


def name_weights(parent: GraphQLNamedType, depth: int, roots: dict[str, int]) -> dict[str, int]:
    """How often each field is taken: objects rather than leaves, as long as there is room."""
    if parent is QUERY:
        return roots | _ROOTS | roots  # theirs first: what is simplest shall find something
    leaves = {
        name: is_leaf_type(get_named_type(each.type)) for name, each in fields_of(parent).items()
    }
    return {
        name: 1 if leaf or depth > 4 else 9 - depth
        for name, leaf in leaves.items()
        if leaf or depth < DEEPEST - 1
    }


def may_stand(of: GraphQLNamedType, parent: GraphQLNamedType) -> bool:
    """Whether a fragment on a type may be spread in another."""
    return bool(_possible(of) & _possible(parent))


def conditions_in(parent: GraphQLNamedType, hints: tuple[str, ...]) -> list[GraphQLNamedType]:
    """The types a fragment may have here; of these kinds, if there are any."""
    hinted = [type_of(name) for name in hints] if is_abstract_type(parent) else []
    types = [GRAPH.type_map[name] for name in hinted or _CONDITIONS]
    return [each for each in types if may_stand(each, parent)] or [parent]


def _possible(of: GraphQLNamedType) -> set[str]:
    if isinstance(of, GraphQLInterfaceType | GraphQLUnionType):
        return {each.name for each in GRAPH.get_possible_types(of)}
    return {of.name}
