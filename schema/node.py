"""Everything with an id of its own."""

from typing import Annotated, TypeVar

import strawberry

from schema.plan.field import identifier

T = TypeVar("T")

Given = Annotated[T, strawberry.argument(description="What is said.")]


@strawberry.interface(description="Everything that can be fetched again by its id.")
class Node:
    """Types implement `id` with their own prefix."""

    id: strawberry.ID = identifier("Opaque to clients, the same everywhere: `type_district_hex`.")
