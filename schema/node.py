"""Everything with an id of its own."""

from typing import Annotated, TypeVar

import strawberry

T = TypeVar("T")

Given = Annotated[T, strawberry.argument(description="What is said.")]
NodeId = Annotated[strawberry.ID, strawberry.argument(description="An id of this graph.")]


@strawberry.interface(description="Everything that can be fetched again by its id.")
class Node:
    """Types implement `id` with their own prefix."""

    id: strawberry.ID = strawberry.field(
        description="Opaque to clients, the same everywhere: `type_district_hex`."
    )
