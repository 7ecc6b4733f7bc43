"""Use case of people who say something else of themselves: what is left out stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.errors import DomainError, PostcodeUnknown, ProfileFieldForeign, StateRefused
from domain.form import FORMS, PROFILES, Form
from domain.form_check import check
from domain.permissions import demand_role
from domain.states import APPLICATION, OPEN_APPLICATION
from domain.user import Employment
from domain.version import demand_version
from domain.viewer import REGISTERING, STAYING, Viewer
from models.application import Application
from models.district import Municipality
from models.user import Assistant, Seeker, User
from notifications.language import Language
from services.application import end_membership
from services.evidence import refresh
from services.order_draft import move_drafts
from services.profile import write_activities, write_needs, write_qualities
from services.transition import transition_many
from services.use_case import for_another, use_case
from services.user import touched

_USER = ("street", "postcode", "phone", "mobile")
_SEEKER = {"introduction": "introduction", "windows": "week"}
_ASSISTANT = {
    "introduction": "introduction",
    "windows": "week",
    "languages": "languages",
    "radiusKm": "radius_km",
    "hasCar": "has_car",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody says: the values by the names of the form's fields; `language` is of mails."""

    said: Mapping[str, Any]
    district: str
    language: Language | None = None


@use_case
@for_another()
async def update_profile(viewer: Viewer, change: Change, if_version: int | None = None) -> User:
    """Change what the viewer says of the own person; matching looks at it again.

    Names stay: they were compared with a document. Whoever works self-employed from now on leaves
    the provider; whoever does no longer is suggested to nobody before a provider says yes.

    Raises:
        DomainError: everything wrong with the values, listed as its problems.
        StateRefused: the account is being erased. Stale: it is not at `if_version`.
    """
    person = demand_role(viewer, *REGISTERING, released=False)
    user = await User.select_for_update(no_key=True).get(id=person)
    if user.state not in STAYING:
        raise StateRefused(state=user.state.value, action="UPDATE_PROFILE")
    demand_version(user.version, if_version)
    stored, place = await _checked(FORMS[PROFILES[user.role]], user, change)
    await _account(user, stored, change, place)
    await _seeker(user.id, stored, change.said, place)
    await _assistant(viewer, user.id, stored, change.said, place)
    return await touched(user)


async def _checked(
    form: Form, user: User, change: Change
) -> tuple[dict[str, Any], Municipality | None]:
    """What is to be stored, and the municipality of another postcode."""
    names = {field.name for field in form.fields}
    found: list[DomainError] = [
        ProfileFieldForeign(field=name) for name in change.said if name not in names
    ]
    kept = {"phone": user.phone, "mobile": user.mobile}
    stored, refused = check(form, change.said, kept=kept)
    found += refused
    place = None
    if "postcode" in change.said and not any(each.field == "postcode" for each in refused):
        place = await Municipality.by_postcode(change.district, stored["postcode"])
        if place is None:
            found.append(PostcodeUnknown(field="postcode"))
    if found:
        raise DomainError.of(found)
    return stored, place


async def _account(
    user: User, stored: Mapping[str, Any], change: Change, place: Municipality | None
) -> None:
    values = {name: stored[name] or None for name in _USER if name in change.said}
    if change.language is not None:
        values["language"] = change.language.value
    if place is not None:
        values["municipality_id"] = place.id
    if values:
        await User.filter(id=user.id).update(**values)


async def _seeker(
    identity: UUID,
    stored: Mapping[str, Any],
    said: Mapping[str, Any],
    place: Municipality | None,
) -> None:
    if not await Seeker.filter(id=identity).exists():
        return
    if place is not None:
        await move_drafts(identity, place.id)
    values = {column: stored[name] for name, column in _SEEKER.items() if name in said}
    if values:
        await Seeker.filter(id=identity).update(**values)
    if "needs" in said:
        await write_needs(identity, stored["needs"])


async def _assistant(
    viewer: Viewer,
    identity: UUID,
    stored: Mapping[str, Any],
    said: Mapping[str, Any],
    place: Municipality | None,
) -> None:
    assistant = await Assistant.filter(id=identity).select_for_update(no_key=True).first()
    if assistant is None:
        return
    values = {column: stored[name] for name, column in _ASSISTANT.items() if name in said}
    if place is not None:
        values |= {"latitude": place.latitude, "longitude": place.longitude}
    if "employment" in said:
        values |= await _work(viewer, assistant, Employment(stored["employment"]))
    if values:
        await Assistant.filter(id=identity).update(**values)
    if "activities" in said:
        await write_activities(identity, stored["activities"])
    if "qualities" in said:
        await write_qualities(identity, stored["qualities"])
    await refresh(await Assistant.get(id=identity))


async def _work(viewer: Viewer, assistant: Assistant, employment: Employment) -> dict[str, Any]:
    """Another employment; the self-employed are nobody's people and apply to nobody."""
    if employment is Employment.SELF_EMPLOYED and assistant.employment is not employment:
        await end_membership(viewer, assistant.id)
        applied = Application.filter(user_id=assistant.id, state__in=sorted(OPEN_APPLICATION))
        ids: Sequence[UUID] = await applied.values_list("id", flat=True)  # type: ignore[assignment]  # of one column
        await transition_many(APPLICATION, ids, "WITHDRAW_APPLICATION", viewer)
        return {"employment": employment, "provider_id": None}
    return {"employment": employment}
