"""Blocks as whoever made them sees them."""

from datetime import datetime
from typing import Annotated

import strawberry

from schema.disclosed import disclosed
from schema.order_input import KEY
from schema.refusal import Refusals


@disclosed
@strawberry.type(description="Somebody with whom you are not brought together any more.")
class Block:
    """Shown to nobody but whoever made it."""

    id: strawberry.ID = strawberry.field(description="Pass it to `unblockUser`.")
    name: str | None = strawberry.field(description="The name that you had seen, if any.")
    created_at: datetime = strawberry.field(description="Since when.")


@strawberry.input(description="The other side of a match is blocked.")
class BlockUserInput:
    """The other side is not told."""

    match_id: strawberry.ID = strawberry.field(description="A match with whom it is about.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A block is taken back.")
class UnblockUserInput:
    """By id."""

    block_id: strawberry.ID = strawberry.field(description="Which block.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@disclosed
@strawberry.type(description="Your blocks as they are now.")
class BlocksChanged:
    """The newest first."""

    message: str = strawberry.field(description="What happened.")
    blocks: list[Block] = strawberry.field(description="Everybody whom you have blocked.")


BlocksPayload = Annotated[
    BlocksChanged | Refusals,
    strawberry.union("BlocksPayload", description="The blocks as they are now, or a refusal."),
]
