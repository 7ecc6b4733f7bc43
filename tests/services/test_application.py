"""Who belongs to a provider: applying, deciding, leaving, and who sees what meanwhile."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from tortoise.exceptions import IntegrityError

from domain.errors import (
    AdminRequired,
    DomainError,
    MemberAlready,
    NotFound,
    ProviderUnknown,
    RoleNotAllowed,
    SelfEmployed,
    Stale,
    StateRefused,
)
from domain.form import FormName
from domain.provider import CoordinatorRole
from domain.states import ApplicationState
from domain.user import Employment
from domain.viewer import ANONYMOUS, Role, Viewer
from models.application import Application
from models.database import execute
from models.message import Message
from models.provider import Coordinator, Provider
from models.user import Assistant, User
from services.application import (
    approve_application,
    attach_to_provider,
    reject_application,
    remove_assistant,
    withdraw_application,
)
from services.offer import offer_table
from services.registration import confirm_email
from services.user import release_account
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_user,
    viewer_for,
)
from tests.services.keyed import EMAIL
from tests.services.registering import member, register, token
from tests.services.scenes import gate, history
from tests.staging import everything

ADMIN = CoordinatorRole.ADMIN
HELPER: dict[str, Any] = {
    "employment": Employment.EMPLOYED,
    "activities": ["HAU_EINKAUFEN"],
    "languages": ["de"],
    "radiusKm": 20,
}


async def a_house(place: Place) -> tuple[Provider, Viewer]:
    """A provider, and who decides for it."""
    house = await make_provider(place)
    return house, await viewer_for(await make_coordinator(place, house, ADMIN))


async def applicant(place: Place, house: Provider) -> tuple[User, Application]:
    """Somebody who has registered as an assistant of a provider and confirmed the address."""
    await register(member(FormName.ASSISTANT, providerId=house.id, **HELPER))
    await confirm_email(ANONYMOUS, None, await token(), gate())
    user = await User.get(email=EMAIL)
    return user, await Application.get(user_id=user.id)


async def kinds(user_id: UUID) -> list[str]:
    return [each.kind for each in await Message.filter(receiver_id=user_id).order_by("created_at")]


async def test_an_applicant_is_nobodys_business_before_the_address_is_confirmed(
    place: Place,
) -> None:
    house, lead = await a_house(place)
    await register(member(FormName.ASSISTANT, providerId=house.id, **HELPER))
    user = await User.get(email=EMAIL)
    assert not await Application.visible_to(lead).exists()
    assert not await Assistant.visible_to(lead).exists()
    assert await kinds(lead.id or user.id) == []
    await confirm_email(ANONYMOUS, None, await token(), gate())
    assert [each.id for each in await Assistant.visible_to(lead)] == [user.id]
    assert await Application.open_ones(lead).count() == 1
    assert await kinds(lead.id or user.id) == ["team_application"]
    _other, stranger = await a_house(place)
    assert not await Application.visible_to(stranger).exists()
    assert not await Assistant.visible_to(stranger).exists()


async def test_nobody_is_released_before_the_provider_has_said_yes(place: Place) -> None:
    house, lead = await a_house(place)
    user, application = await applicant(place, house)
    officer = await viewer_for(place.officer)
    with pytest.raises(DomainError) as refused:
        await release_account(officer, None, user.id)
    assert "PROVIDER_MISSING" in [each.code for each in refused.value.problems]
    await approve_application(lead, None, application.id, 2)
    assert (await Assistant.get(id=user.id)).provider_id == house.id
    assert "application_approved" in await kinds(user.id)
    assert await history(application.id) == ["SUBMIT_APPLICATION", "APPROVE_APPLICATION"]
    with pytest.raises(DomainError) as refused:
        await release_account(officer, None, user.id)
    assert "PROVIDER_MISSING" not in [each.code for each in refused.value.problems]


async def test_the_database_releases_nobody_without_a_provider(place: Place) -> None:
    house = await make_provider(place)
    user = await make_assistant(place, provider=house, released=False)
    await Assistant.filter(id=user.id).update(provider_id=None)
    with pytest.raises(IntegrityError, match="release without"):
        await execute("UPDATE users SET state = 'RELEASED' WHERE id = $1", user.id)


async def test_whoever_is_rejected_is_out_of_sight_and_may_apply_elsewhere(place: Place) -> None:
    house, lead = await a_house(place)
    other, _ = await a_house(place)
    user, application = await applicant(place, house)
    with pytest.raises(Stale):
        await reject_application(lead, None, application.id, 1)
    await reject_application(lead, None, application.id)
    assert not await Assistant.visible_to(lead).exists()
    assert (await kinds(user.id))[-1] == "application_rejected"
    me = await viewer_for(await User.get(id=user.id))
    again = await attach_to_provider(me, None, other.id)
    assert again.state is ApplicationState.WAITING
    with pytest.raises(NotFound):
        await approve_application(lead, None, again.id)


async def test_applying_twice_is_once_and_applying_elsewhere_takes_the_first_back(
    place: Place,
) -> None:
    house, _ = await a_house(place)
    other, _ = await a_house(place)
    user, first = await applicant(place, house)
    me = await viewer_for(user)
    assert (await attach_to_provider(me, None, house.id)).id == first.id
    second = await attach_to_provider(me, None, other.id)
    await first.refresh_from_db()
    assert (first.state, second.state) == (ApplicationState.WITHDRAWN, ApplicationState.WAITING)
    await withdraw_application(me, None, second.id)
    assert not await Application.open_ones(me).exists()


async def test_a_released_assistant_stays_where_it_is_until_the_other_says_yes(
    place: Place,
) -> None:
    house, _ = await a_house(place)
    other, lead = await a_house(place)
    helper = await make_assistant(place, provider=house)
    await Application.create(
        user_id=helper.id, provider_id=house.id, state=ApplicationState.APPROVED
    )
    me = await viewer_for(helper)
    application = await attach_to_provider(me, None, other.id)
    assert (await Assistant.get(id=helper.id)).provider_id == house.id
    await approve_application(lead, None, application.id)
    assert (await Assistant.get(id=helper.id)).provider_id == other.id
    states = await Application.filter(user_id=helper.id).order_by("id").values_list("state")
    assert states == [(ApplicationState.ENDED,), (ApplicationState.APPROVED,)]


async def test_either_side_may_part_and_then_nobody_is_asked(place: Place) -> None:
    house, lead = await a_house(place)
    for leaves in (True, False):
        helper = await make_assistant(place, provider=house)
        assert helper.id in (await offer_table()).offers.column
        viewer = await viewer_for(helper) if leaves else lead
        await remove_assistant(viewer, None, helper.id)
        assert helper.id not in (await offer_table()).offers.column
        assert not await Assistant.visible_to(lead).filter(id=helper.id).exists()
        assert await kinds(helper.id) == ([] if leaves else ["membership_ended"])
    _other, stranger = await a_house(place)
    with pytest.raises(NotFound):
        await remove_assistant(stranger, None, helper.id)


async def test_coordinators_decide_about_assistants_and_those_who_lead_about_coordinators(
    place: Place,
) -> None:
    house, lead = await a_house(place)
    colleague = await viewer_for(await make_coordinator(place, house))
    user = await make_user(Role.COORDINATOR, place, released=False)
    me = await viewer_for(user)
    application = await attach_to_provider(me, None, house.id)
    with pytest.raises(AdminRequired):
        await approve_application(colleague, None, application.id)
    await approve_application(lead, None, application.id)
    found = await Coordinator.get(id=user.id)
    assert (found.provider_id, found.role) == (house.id, CoordinatorRole.COORDINATOR)
    with pytest.raises(MemberAlready):
        await attach_to_provider(await viewer_for(user), None, house.id)


async def test_what_cannot_be_applied_for_is_refused_and_changes_nothing(place: Place) -> None:
    house, _ = await a_house(place)
    silent = await make_provider(place)
    alone = await viewer_for(await make_assistant(place))
    member = await viewer_for(await make_assistant(place, provider=house))
    before = await everything()
    with pytest.raises(SelfEmployed):
        await attach_to_provider(alone, None, house.id)
    with pytest.raises(MemberAlready):
        await attach_to_provider(member, None, house.id)
    with pytest.raises(ProviderUnknown):
        await attach_to_provider(member, None, silent.id)
    with pytest.raises(RoleNotAllowed):
        await attach_to_provider(await viewer_for(place.officer), None, house.id)
    assert await everything() == before


async def test_two_decisions_at_once_are_one(place: Place) -> None:
    house, lead = await a_house(place)
    _user, application = await applicant(place, house)
    outcomes = await asyncio.gather(
        approve_application(lead, None, application.id),
        reject_application(lead, None, application.id),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in outcomes) == ["Application", "StateRefused"]
    assert len(await history(application.id)) == 2


async def test_nobody_decides_about_an_account_that_is_being_erased(
    place: Place,
) -> None:
    house, lead = await a_house(place)
    user, application = await applicant(place, house)
    await execute("UPDATE users SET state = 'DELETION_REQUESTED' WHERE id = $1", user.id)
    with pytest.raises(StateRefused):
        await approve_application(lead, None, application.id)
