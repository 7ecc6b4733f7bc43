"""References of gateways: each is answered for itself, all of them with one statement per type."""

from collections.abc import Awaitable, Callable
from typing import Any

from graphql import GraphQLError
from strawberry import ID

from schema.context import Info
from schema.match import Match
from schema.order import Order
from schema.person import Assistant, Seeker
from schema.provider import Provider
from schema.user import User

Reference = Callable[[Info, ID], Awaitable[Any]]

ENTITIES: dict[str, Reference] = {
    "Assistant": Assistant.resolve_reference,
    "Match": Match.resolve_reference,
    "Order": Order.resolve_reference,
    "Provider": Provider.resolve_reference,
    "Seeker": Seeker.resolve_reference,
    "User": User.resolve_reference,
}


def entity(info: Info, representation: Any) -> Awaitable[Any] | GraphQLError:
    """The entity behind a representation, null where the viewer may not see it.

    A representation that cannot be read is an error of this entry alone.
    """
    given: dict[str, Any] = representation if isinstance(representation, dict) else {}
    known = ENTITIES.get(str(given.get("__typename")))
    if known is None or not isinstance(given.get("id"), str):
        return GraphQLError(
            "A representation needs __typename (one of the entities) and id.",
            extensions={"code": "BAD_USER_INPUT"},
        )
    return known(info, ID(given["id"]))
