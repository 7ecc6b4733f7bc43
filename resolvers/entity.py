"""References of gateways: each is answered for itself, all of them with one statement per type."""

from collections.abc import Awaitable
from typing import Any

from graphql import GraphQLError

from schema.context import Info
from schema.plan.entity import reference_of


def entity(info: Info, representation: Any) -> Awaitable[Any] | GraphQLError:
    """The entity behind a representation, null where the viewer may not see it.

    A representation that cannot be read is an error of this entry alone.
    """
    found = reference_of(representation)
    if found is None:
        return GraphQLError(
            "A representation needs __typename (one of the entities) and id.",
            extensions={"code": "BAD_USER_INPUT"},
        )
    expected, text = found
    return info.context.reader.named(text, expected)
