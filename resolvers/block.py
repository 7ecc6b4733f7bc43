"""Root fields about blocks."""

import strawberry
from strawberry import ID

from models.block import Block as Row
from resolvers.outcome import key_of, outcome
from resolvers.user import said
from schema.block import Block, BlocksChanged, BlocksPayload, BlockUserInput, UnblockUserInput
from schema.context import Info
from schema.node import Given
from services import block as services


async def _blocks(info: Info) -> list[Block]:
    """With two statements more, however many there are."""
    rows = (
        Row.made_by(info.context.viewer)
        .order_by("-id")
        .prefetch_related("seeker__user", "assistant__user", "provider")
    )
    return [
        Block(
            id=ID(info.context.id_of("block", row.id)),
            name=_name(row) if row.named else None,
            created_at=row.created_at,
        )
        for row in await rows
    ]


def _name(row: Row) -> str:
    if not row.by_seeker:
        return str(row.seeker.user.first_name)
    if row.provider is not None:
        return str(row.provider.name)
    return str(row.assistant.user.first_name) if row.assistant else ""


@strawberry.type
class BlockQueries:
    """Reading one's blocks."""

    @strawberry.field(description="With whom you are not brought together, the newest first.")
    async def blocks(self, info: Info) -> list[Block]:
        """Nobody else's, whoever asks."""
        return await _blocks(info)


@strawberry.type
class BlockMutations:
    """Parting two people."""

    @strawberry.mutation(description="Block the other side of a match; what is open ends.")
    async def block_user(self, info: Info, input: Given[BlockUserInput]) -> BlocksPayload:
        """F21."""

        async def work() -> BlocksChanged:
            await services.block_user(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.match_id, "match", "matchId"),
            )
            return BlocksChanged(
                message=said(info, "blocked", "message"), blocks=await _blocks(info)
            )

        return await outcome(info, work)

    @strawberry.mutation(description="Take a block back.")
    async def unblock_user(self, info: Info, input: Given[UnblockUserInput]) -> BlocksPayload:
        """F21."""

        async def work() -> BlocksChanged:
            await services.unblock_user(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.block_id, "block", "blockId"),
            )
            message = said(info, "unblocked", "message")
            return BlocksChanged(message=message, blocks=await _blocks(info))

        return await outcome(info, work)
