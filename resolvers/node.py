"""Fetching anything again by its id."""

import strawberry

from schema.node import Node
from schema.plan.field import by_id, by_ids


@strawberry.type
class NodeQueries:
    """By id, whatever it is; not yours and not there look alike."""

    node: Node | None = by_id("Anything with an id, if it is yours to see.")
    nodes: list[Node | None] = by_ids("Up to 100 of them, in the order of the ids.")
