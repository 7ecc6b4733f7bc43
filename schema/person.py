"""Seekers and assistants as the other side may see them: the ladder decides field by field."""

import strawberry

from domain.disclosure import Stage
from domain.user import ActingFor, Employment
from domain.window import windows_of
from models import user as models
from schema.context import Info
from schema.disclosed import disclosed
from schema.district import Activity, Municipality, TimeWindow, activity, time_window
from schema.node import Node
from schema.provider import Provider


@strawberry.interface(description="A person as the ladder shows them.")
class Person(Node):
    """What seekers and assistants have in common."""

    user_row: strawberry.Private[models.User]
    stage: strawberry.Private[Stage]
    first_name: str | None = strawberry.field(description="First name, from a match on.")
    last_name: str | None = strawberry.field(description="Last name, from the contract on.")
    email: str | None = strawberry.field(description="E-mail, from the contract on.")
    phone: str | None = strawberry.field(description="Landline, by stage.")
    mobile: str | None = strawberry.field(description="Mobile, by stage.")

    @strawberry.field(description="Where the person lives, no closer than the municipality.")
    async def municipality(self, info: Info) -> Municipality | None:
        """From a match on."""
        if self.user_row.municipality_id is None:
            return None
        row = await info.context.loaders.municipality_by_id.load(self.user_row.municipality_id)
        return None if row is None else Municipality.of(row, info)


def _shared(row: models.User) -> dict[str, str | None]:
    return {
        "first_name": row.first_name,
        "last_name": row.last_name,
        "email": row.email,
        "phone": row.phone,
        "mobile": row.mobile,
    }


@disclosed
@strawberry.federation.type(keys=["id"], description="Somebody who looks for assistance.")
class Seeker(Person):
    """Hidden until the viewer has accepted one of the seeker's orders."""

    row: strawberry.Private[models.Seeker]
    introduction: str | None = strawberry.field(description="Kurzvorstellung.")
    street: str | None = strawberry.field(description="Street, from the contract on.")
    postcode: str | None = strawberry.field(description="Postcode, from the contract on.")
    acting_for: ActingFor | None = strawberry.field(description="Who fills in.")

    @classmethod
    async def of(cls, row: models.Seeker, info: Info) -> "Seeker | None":
        """The row as a type, at the viewer's stage; None if its account is gone."""
        loaders = info.context.loaders
        user = await loaders.person_by_id.load(row.id)
        if user is None:
            return None
        return cls(
            id=strawberry.ID(info.context.id_of("seeker", row.id)),
            row=row,
            user_row=user,
            stage=await loaders.stage_by_seeker_id.load(row.id),
            introduction=row.introduction,
            street=user.street,
            postcode=user.postcode,
            acting_for=row.acting_for,
            **_shared(user),
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Seeker | None":
        """For gateways: the seeker, or null where the viewer may not see one."""
        row = await info.context.loaders.seeker_by_id.load(info.context.uuid_of(id, "seeker"))
        return None if row is None else await cls.of(row, info)

    @strawberry.field(description="What support is needed: health data, for the person alone.")
    async def needs(self, info: Info) -> list[Activity] | None:
        """From the catalogue."""
        codes = await info.context.loaders.needs_by_seeker_id.load(self.row.id)
        return [activity(code, info.context.language) for code in codes]

    @strawberry.field(description="When support is wanted in general.")
    def windows(self, info: Info) -> list[TimeWindow] | None:
        """The profile's windows; an order has its own."""
        found = windows_of(bytes(self.row.week))
        return [time_window(window, info.context.language) for window in found]


@disclosed
@strawberry.federation.type(keys=["id"], description="Somebody who offers assistance.")
class Assistant(Person):
    """Hidden from seekers until the assistant has accepted an order of theirs."""

    row: strawberry.Private[models.Assistant]
    introduction: str | None = strawberry.field(description="Kurzvorstellung.")
    employment: Employment | None = strawberry.field(description="How the assistant works.")
    languages: list[str] | None = strawberry.field(description="Languages spoken.")
    has_car: bool | None = strawberry.field(description="Can drive people.")
    radius_km: int | None = strawberry.field(description="How far the assistant goes.")

    @classmethod
    async def of(cls, row: models.Assistant, info: Info) -> "Assistant | None":
        """The row as a type, at the viewer's stage; None if its account is gone."""
        loaders, viewer = info.context.loaders, info.context.viewer
        user = await loaders.person_by_id.load(row.id)
        if user is None:
            return None
        stage = await loaders.stage_by_assistant_id.load(row.id)
        if viewer.speaks_for is not None and viewer.speaks_for == row.provider_id:
            stage = max(stage, Stage.STAFF)  # a provider knows its own people
        return cls(
            id=strawberry.ID(info.context.id_of("assistant", row.id)),
            row=row,
            user_row=user,
            stage=stage,
            introduction=row.introduction,
            employment=row.employment,
            languages=row.languages.split(),
            has_car=row.has_car,
            radius_km=row.radius_km,
            **_shared(user),
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Assistant | None":
        """For gateways: the assistant, or null where the viewer may not see one."""
        key = info.context.uuid_of(id, "assistant")
        row = await info.context.loaders.assistant_by_id.load(key)
        return None if row is None else await cls.of(row, info)

    @strawberry.field(description="What the assistant offers.")
    async def activities(self, info: Info) -> list[Activity] | None:
        """From the catalogue."""
        codes = await info.context.loaders.activities_by_assistant_id.load(self.row.id)
        return [activity(code, info.context.language) for code in codes]

    @strawberry.field(description="When the assistant is free in general.")
    def windows(self, info: Info) -> list[TimeWindow] | None:
        """For the assistant, the own provider and staff."""
        found = windows_of(bytes(self.row.week))
        return [time_window(window, info.context.language) for window in found]

    @strawberry.field(description="The provider the assistant works for.")
    async def provider(self, info: Info) -> Provider | None:
        """Null for the self-employed."""
        if self.row.provider_id is None:
            return None
        row = await info.context.loaders.provider_by_id.load(self.row.provider_id)
        return None if row is None else Provider.of(row, info)
