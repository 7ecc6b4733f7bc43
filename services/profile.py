"""What belongs to an account besides the account itself, role by role: made when it registers."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from domain.errors import NameTaken
from domain.form import FormName
from domain.ids import uuid7
from domain.provider import CoordinatorRole
from domain.user import ActingFor, Employment
from domain.viewer import Role
from models.application import Application
from models.database import execute
from models.district import Municipality
from models.match import Match
from models.provider import Coordinator, Provider, ProviderActivity
from models.quality import AssistantQuality
from models.user import Assistant, AssistantActivity, Need, Seeker

ROLES: Mapping[FormName, Role] = {
    FormName.SEEKER: Role.SEEKER,
    FormName.SEEKER_BY_PHONE: Role.SEEKER,
    FormName.ASSISTANT: Role.ASSISTANT,
    FormName.PROVIDER: Role.COORDINATOR,
    FormName.COORDINATOR: Role.COORDINATOR,
    FormName.REPRESENTATIVE: Role.REPRESENTATIVE,
}


async def make_profile(
    form: FormName, identity: UUID, said: Mapping[str, Any], place: Municipality
) -> None:
    """Make what the form says of a new account, in the caller's transaction.

    Whoever names a provider is one of its people once it has said yes (`services.application`).
    """
    if form is FormName.SEEKER:
        await _seeker(identity, said)
    elif form is FormName.ASSISTANT:
        await _assistant(identity, said, place)
    elif form is FormName.PROVIDER:
        await Coordinator.create(
            id=identity,
            user_id=identity,
            provider_id=await _provider(said),
            role=CoordinatorRole.ADMIN,
        )


async def forget_profile(identity: UUID) -> None:
    """Undo the profile of an account that nobody has proved to own."""
    await Seeker.filter(id=identity).delete()
    await Assistant.filter(id=identity).delete()
    coordinator = await Coordinator.get_or_none(id=identity)
    if coordinator is not None:
        await coordinator.delete()
        await _forget_provider(coordinator.provider_id)


async def _forget_provider(provider: UUID) -> None:
    """Undo a provider that only this account stood for: one with people or a past stays."""
    for others in (Coordinator, Assistant, Match, Application):
        if await others.filter(provider_id=provider).exists():
            return
    await Provider.filter(id=provider).delete()


async def _seeker(identity: UUID, said: Mapping[str, Any]) -> None:
    await Seeker.create(
        id=identity,
        user_id=identity,
        introduction=said["introduction"],
        acting_for=said.get("actingFor", ActingFor.SELF),
        week=said["windows"],
    )
    await write_needs(identity, said["needs"])


async def _assistant(identity: UUID, said: Mapping[str, Any], place: Municipality) -> None:
    await Assistant.create(
        id=identity,
        user_id=identity,
        introduction=said["introduction"],
        employment=Employment(said["employment"]),
        languages=said["languages"],
        week=said["windows"],
        latitude=place.latitude,
        longitude=place.longitude,
        radius_km=said["radiusKm"],
        has_car=said["hasCar"],
    )
    await write_activities(identity, said["activities"])
    await write_qualities(identity, said["qualities"])


async def write_needs(seeker: UUID, codes: Iterable[str]) -> None:
    """What a seeker needs support with, in place of what was; in the caller's transaction."""
    await Need.filter(seeker_id=seeker).delete()
    await Need.bulk_create(Need(seeker_id=seeker, activity_id=code) for code in codes)


async def write_activities(assistant: UUID, codes: Iterable[str]) -> None:
    """What an assistant offers, in place of what was; in the caller's transaction."""
    await AssistantActivity.filter(assistant_id=assistant).delete()
    await AssistantActivity.bulk_create(
        AssistantActivity(assistant_id=assistant, activity_id=code) for code in codes
    )


async def write_qualities(assistant: UUID, codes: Iterable[str]) -> None:
    """What an assistant states, in place of what was; in the caller's transaction."""
    await AssistantQuality.filter(assistant_id=assistant).delete()
    await AssistantQuality.bulk_create(
        AssistantQuality(assistant_id=assistant, quality_id=code) for code in codes
    )


async def _provider(said: Mapping[str, Any]) -> UUID:
    """A provider of its own; it takes part once its first coordinator is released."""
    name = said["providerName"]
    await execute("SELECT pg_advisory_xact_lock(hashtextextended('provider|' || $1, 0))", name)
    if await Provider.filter(name=name).exists():
        raise NameTaken(field="providerName")
    provider = await Provider.create(
        id=uuid7(),
        name=name,
        introduction=said["providerIntroduction"],
        email=said["providerEmail"],
        phone=said["providerPhone"],
    )
    await ProviderActivity.bulk_create(
        ProviderActivity(provider_id=provider.id, activity_id=code) for code in said["activities"]
    )
    return provider.id
