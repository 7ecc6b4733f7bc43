"""A schema to be measured, and documents against its limits."""

from typing import Any

import pytest
from graphql import build_schema

from schema.limits import (
    LIMITS,
    LimitExceeded,
    Limits,
    check_shape,
    coerced,
    cost_of,
    operations_of,
    parse_within,
)

SCHEMA = build_schema(
    """
    type Query {
      viewer: Node
      orders(first: Int, after: String): Connection!
      suggestions(first: Int): [Node!]!
      catalogue: [Node!]!
      nodes(ids: [ID!]!): [Node]!
      _entities(representations: [String!]!): [Node]!
    }
    type Mutation {
      signIn: Int registerSeeker: Int confirmEmail: Int requestEmailConfirmation: Int
      touch(a: Int): Int
    }
    type Connection { totalCount: Int edges: [Edge!]! }
    type Edge { node: Node! }
    type Node { id: ID node: Node orders(first: Int): Connection! list: [Node!]! }
    """
)


def shape(text: str, limits: Limits = LIMITS) -> None:
    check_shape(SCHEMA, parse_within(text, limits), limits)


def cost(text: str, **variables: Any) -> int:
    document = parse_within(text)
    operation = operations_of(document)[0]
    known = coerced(SCHEMA, operation, variables)
    values = variables if known is None else known.coerced
    return cost_of(SCHEMA, document, operation, values).requested


def refused(text: str) -> str:
    with pytest.raises(LimitExceeded) as caught:
        shape(text)
    extensions = caught.value.extensions or {}
    assert extensions["code"] == "LIMIT_EXCEEDED"
    return str(extensions["limit"]["name"])


def nested(depth: int) -> str:
    return "{ viewer " + "{ node " * (depth - 2) + "{ id }" + " }" * (depth - 2) + " }"


def doubling(fragments: int, inner: str = "...F{n} ...F{n}") -> str:
    chain = "".join(
        f"fragment F{i} on Node {{ {inner.replace('{n}', str(i + 1))} }} " for i in range(fragments)
    )
    return f"{{ viewer {{ ...F0 }} }} {chain} fragment F{fragments} on Node {{ a: id }}"
