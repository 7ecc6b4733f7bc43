"""Makes people as the portal knows them: along the legal way, with as little as a test needs."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from domain.consent import VERSIONS, needed
from domain.evidence import FOREVER, EvidenceKind, required
from domain.evidence_rules import RULES
from domain.ids import uuid7
from domain.provider import CoordinatorRole
from domain.recognition import Recognition
from domain.user import DocumentKind, Employment, TalkChannel, TalkOutcome, Verdict
from domain.viewer import AccountState, Role, Viewer
from domain.window import FULL_WEEK
from models.database import execute, transaction
from models.district import District, Municipality
from models.evidence import Evidence
from models.provider import (
    Coordinator,
    Provider,
    ProviderActivity,
    ProviderArea,
    ProviderRecognition,
)
from models.talk import Talk
from models.user import Assistant, AssistantActivity, IdentityCheck, Need, Seeker, User
from notifications.language import Language
from services.clock import today
from services.consent import record

_number = count(1)
PROVEN = "QUA_ERSTE_HILFE"
SHOPPING = "HAU_EINKAUFEN"
CONSENTS = [{"kind": kind.value, "version": number} for kind, number in VERSIONS.items()]
NORTHEIM = (51.70662, 9.99997)


@dataclass(frozen=True, slots=True)
class Place:
    """A district with one municipality and an officer who releases people."""

    municipality: Municipality
    officer: User


async def make_place() -> Place:
    await District.get_or_create(key="03155", defaults={"name": "Northeim", "land": "NI"})
    municipality = await Municipality.create(
        district_id="03155",
        name="Northeim",
        postcodes=["37154"],
        latitude=NORTHEIM[0],
        longitude=NORTHEIM[1],
        population=30894,
    )
    return Place(municipality, await make_user(Role.CUSTOMER_SERVICE, None))


async def make_user(role: Role, place: Place | None, *, released: bool = True, **more: Any) -> User:
    number = next(_number)
    user = await User.create(
        **{
            "id": uuid7(),
            "email": f"person{number}@assistenz-portal.example",
            "role": role,
            "state": AccountState.REGISTERED,
            "first_name": f"Vorname{number}",
            "last_name": f"Nachname{number}",
            "phone": f"05551 {number:06}",
            "street": f"Geheimer Weg {number}",
            "postcode": "37154",
            "municipality_id": place.municipality.id if place else None,
            "email_confirmed_at": datetime.now(UTC),
            **more,
        }
    )
    await record(user.id, needed(role), Language.DE)
    if released:
        await release(user, place.officer.id if place else user.id)
    return await User.get(id=user.id)


async def release(user: User, officer: UUID) -> None:
    async with transaction():
        if user.role in (Role.SEEKER, Role.ASSISTANT):
            await Talk.create(
                user_id=user.id,
                officer_id=officer,
                channel=TalkChannel.PHONE,
                outcome=TalkOutcome.DONE,
                held_at=datetime.now(UTC),
            )
            await IdentityCheck.create(
                user_id=user.id,
                officer_id=officer,
                document=DocumentKind.IDENTITY_CARD,
                verdict=Verdict.CONFIRMED,
                checked_on=datetime.now(UTC).date(),
            )
        await execute("UPDATE users SET state = 'RELEASED' WHERE id = $1", user.id)


async def make_seeker(place: Place, *, released: bool = True) -> User:
    user = await make_user(Role.SEEKER, place, released=released)
    await Seeker.create(id=user.id, user_id=user.id, introduction="Ich lese gern.", week=FULL_WEEK)
    await Need.create(seeker_id=user.id, activity_id=SHOPPING)
    return user


async def make_provider(place: Place, *activities: str) -> Provider:
    provider = await Provider.create(
        name=f"Anbieter {next(_number)}", email="info@anbieter.example", phone="05551 1"
    )
    for kind in Recognition:
        await ProviderRecognition.create(
            provider_id=provider.id, kind=kind, valid_from=date(2020, 1, 1)
        )
    await ProviderArea.create(provider_id=provider.id, municipality_id=place.municipality.id)
    for code in activities or (SHOPPING,):
        await ProviderActivity.create(provider_id=provider.id, activity_id=code)
    return provider


async def make_coordinator(
    place: Place, provider: Provider, role: CoordinatorRole = CoordinatorRole.COORDINATOR
) -> User:
    user = await make_user(Role.COORDINATOR, place)
    await Coordinator.create(id=user.id, user_id=user.id, provider_id=provider.id, role=role)
    return user


async def make_assistant(
    place: Place,
    *activities: str,
    provider: Provider | None = None,
    released: bool = True,
    week: bytes = FULL_WEEK,
    radius_km: int = 20,
) -> User:
    user = await make_user(Role.ASSISTANT, place, released=False)
    await make_profile(user, place, provider=provider, week=week, radius_km=radius_km)
    for code in activities or (SHOPPING,):
        await AssistantActivity.create(assistant_id=user.id, activity_id=code)
    if released:
        await show_proofs(user, place.officer.id)
        await release(user, place.officer.id)
    return await User.get(id=user.id)


async def make_profile(
    user: User,
    place: Place,
    *,
    provider: Provider | None = None,
    week: bytes = FULL_WEEK,
    radius_km: int = 20,
) -> Assistant:
    return await Assistant.create(
        id=user.id,
        user_id=user.id,
        introduction="Ich helfe gern.",
        employment=Employment.EMPLOYED if provider else Employment.SELF_EMPLOYED,
        provider_id=provider.id if provider else None,
        week=week,
        latitude=place.municipality.latitude,
        longitude=place.municipality.longitude,
        radius_km=radius_km,
    )


async def show_proofs(user: User, officer: UUID, *, until: date | None = None) -> None:
    """Everything that somebody who assists has to show, holding for good or until a day."""
    assistant = await Assistant.get(id=user.id)
    seen = today() - timedelta(days=400)
    for kind in required(assistant.employment):
        needs_quality = kind is EvidenceKind.QUALIFICATION
        await Evidence.create(
            assistant_id=user.id,
            officer_id=officer,
            kind=kind,
            verdict=Verdict.CONFIRMED,
            seen_on=seen,
            dated_on=seen if kind is EvidenceKind.CERTIFICATE_OF_CONDUCT else None,
            valid_until=until if RULES[kind].ends else None,
            quality_id=PROVEN if needs_quality else None,
        )
    await Assistant.filter(id=user.id).update(proofs_until=until or FOREVER)


async def viewer_for(user: User) -> Viewer:
    coordinator = await Coordinator.get_or_none(id=user.id)
    return Viewer(
        id=user.id,
        role=user.role,
        state=user.state,
        provider_id=coordinator.provider_id if coordinator else None,
        leads=coordinator is not None and coordinator.role is CoordinatorRole.ADMIN,
    )
