"""Providers (Leistungs-Anbieter) as the graph shows them: public organisations."""

import strawberry

from models import provider as models
from schema.context import Info
from schema.disclosed import disclosed
from schema.district import Activity, Municipality, activity
from schema.node import Node


@disclosed
@strawberry.federation.type(
    keys=["id"], description="An organisation that employs assistants and answers orders."
)
class Provider(Node):
    """Public organisations: open to everybody who has the id."""

    row: strawberry.Private[models.Provider]
    name: str = strawberry.field(description="Its name.")
    introduction: str = strawberry.field(description="How it introduces itself.")
    email: str = strawberry.field(description="Where to write.")
    phone: str = strawberry.field(description="Where to call.")

    @classmethod
    def of(cls, row: models.Provider, info: Info) -> "Provider":
        """The row as a type."""
        return cls(
            id=strawberry.ID(info.context.id_of("provider", row.id)),
            row=row,
            name=row.name,
            introduction=row.introduction,
            email=row.email,
            phone=row.phone,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Provider | None":
        """For gateways: the provider, or null."""
        row = await info.context.loaders.provider_by_id.load(info.context.uuid_of(id, "provider"))
        return None if row is None else cls.of(row, info)

    @strawberry.field(description="What it offers.")
    async def activities(self, info: Info) -> list[Activity]:
        """From the catalogue."""
        codes = await info.context.loaders.activities_by_provider_id.load(self.row.id)
        return [activity(code, info.context.language) for code in codes]

    @strawberry.field(description="Where it serves.")
    async def municipalities(self, info: Info) -> list[Municipality]:
        """Its area."""
        loaders = info.context.loaders
        ids = await loaders.areas_by_provider_id.load(self.row.id)
        rows = await loaders.municipality_by_id.load_many(ids)
        return sorted(
            (Municipality.of(row, info) for row in rows if row is not None),
            key=lambda each: each.name,
        )
