"""Fetching anything again by its id."""

import asyncio
from typing import Annotated

import strawberry

from domain.errors import IdMalformed, NotMyDistrict, NumberOutOfRange
from domain.ids import split
from resolvers.entity import ENTITIES
from schema.context import Info
from schema.node import Node, NodeId

_MOST_IDS = 100

Ids = Annotated[
    list[strawberry.ID], strawberry.argument(description="Up to 100 ids of this graph.")
]

_KINDS = {name.lower(): reference for name, reference in ENTITIES.items()}


@strawberry.type
class NodeQueries:
    """By id, whatever it is."""

    @strawberry.field(description="Anything with an id, if it is yours to see.")
    async def node(self, info: Info, id: NodeId) -> Node | None:
        """Not yours and not there look alike."""
        return await _fetch(info, id)

    @strawberry.field(description="Up to 100 of them, in the order of the ids.")
    async def nodes(self, info: Info, ids: Ids) -> list[Node | None]:
        """Null where there is none for you."""
        if len(ids) > _MOST_IDS:
            raise NumberOutOfRange(field="ids", low=0, high=_MOST_IDS)
        return list(await asyncio.gather(*(_fetch(info, each) for each in ids)))


async def _fetch(info: Info, text: strawberry.ID) -> Node | None:
    kind, district, _value = split(text)
    if district != info.context.district:
        raise NotMyDistrict(field="id", district=district[:5])
    if kind not in _KINDS:
        raise IdMalformed(field="id")
    found: Node | None = await _KINDS[kind](info, text)
    return found
