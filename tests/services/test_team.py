"""Who speaks for a provider: invitations, who decides, and leaving at once."""

import asyncio
from uuid import uuid4

import pytest

from domain.errors import AdminRequired, EmailRefused, LastAdmin, NotFound, RateLimited
from domain.form import FormName
from domain.provider import CoordinatorRole
from domain.states import ApplicationState
from domain.viewer import ANONYMOUS, AccountState, Role
from models.application import Application
from models.message import Message
from models.provider import Coordinator, Provider
from models.session import Session
from models.user import Assistant, User
from services import clock
from services.application import attach_to_provider, withdraw_application
from services.registration import confirm_email, request_confirmation
from services.session import open_session, viewer_of
from services.team import invite_coordinator, remove_coordinator, set_coordinator_role
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
    make_user,
    viewer_for,
)
from tests.services.keyed import EMAIL
from tests.services.registering import mails, member, register, token
from tests.services.scenes import KEYS, gate, history
from tests.services.test_application import a_house
from tests.staging import everything

ADMIN, SPEAKER = CoordinatorRole.ADMIN, CoordinatorRole.COORDINATOR


async def test_whoever_is_invited_belongs_to_the_team_once_the_address_is_confirmed(
    place: Place,
) -> None:
    house, lead = await a_house(place)
    await invite_coordinator(lead, None, EMAIL.upper(), ADMIN, gate())
    drafted = await User.by_address(EMAIL)
    assert drafted is not None
    assert (drafted.state, drafted.password_hash) == (AccountState.DRAFT, None)
    assert await mails() == ["coordinator_invited"]
    await register(member(FormName.COORDINATOR, providerId=house.id))
    assert not await Coordinator.filter(id=drafted.id).exists()
    await confirm_email(ANONYMOUS, None, await token(), gate())
    user, found = await User.get(email=EMAIL), await Coordinator.get(id=drafted.id)
    assert (user.state, found.provider_id, found.role) == (
        AccountState.REGISTERED,
        house.id,
        ADMIN,
    )
    application = await Application.get(user_id=user.id)
    assert await history(application.id) == ["JOIN_PROVIDER"]


async def test_an_invitation_counts_for_its_provider_and_its_role_alone(place: Place) -> None:
    house, lead = await a_house(place)
    other, _ = await a_house(place)
    await invite_coordinator(lead, None, EMAIL, ADMIN, gate())
    await register(member(FormName.COORDINATOR, providerId=other.id))
    await confirm_email(ANONYMOUS, None, await token(), gate())
    user = await User.get(email=EMAIL)
    assert not await Coordinator.filter(id=user.id).exists()
    application = await Application.get(user_id=user.id)
    assert (application.provider_id, application.state) == (other.id, ApplicationState.WAITING)
    assert house.id != other.id


async def test_every_address_is_answered_alike_and_gets_a_mail(place: Place) -> None:
    _house, lead = await a_house(place)
    seeker = await make_seeker(place)
    free = await make_user(Role.COORDINATOR, place)
    for address in (seeker.email, free.email, "nobody@assistenz-portal.example"):
        await invite_coordinator(lead, None, address, SPEAKER, gate())
    assert await mails() == ["coordinator_invited"] * 3
    invited = await Application.all().values_list("user_id", flat=True)
    assert seeker.id not in invited
    assert free.id in invited
    assert len(invited) == 2


async def test_somebody_who_speaks_for_nobody_accepts_an_invitation_by_applying(
    place: Place,
) -> None:
    house, lead = await a_house(place)
    free = await make_user(Role.COORDINATOR, place)
    await invite_coordinator(lead, None, free.email, ADMIN, gate())
    application = await attach_to_provider(await viewer_for(free), None, house.id)
    assert application.state is ApplicationState.APPROVED
    assert (await Coordinator.get(id=free.id)).role is ADMIN


async def test_an_invitation_can_be_turned_down(place: Place) -> None:
    house, lead = await a_house(place)
    free = await make_user(Role.COORDINATOR, place)
    await invite_coordinator(lead, None, free.email, SPEAKER, gate())
    application = await Application.get(state=ApplicationState.INVITED)
    with pytest.raises(NotFound):
        await withdraw_application(lead, None, application.id)
    await withdraw_application(await viewer_for(free), None, application.id)
    again = await attach_to_provider(await viewer_for(free), None, house.id)
    assert again.state is ApplicationState.WAITING


async def test_nobody_learns_from_invitations_which_addresses_have_an_account(
    place: Place,
) -> None:
    _house, lead = await a_house(place)
    seeker = await make_seeker(place)
    for address in (seeker.email, "nobody@assistenz-portal.example"):
        await invite_coordinator(lead, None, address, SPEAKER, gate())
        assert not await Application.visible_to(lead).exists()
        assert not await User.visible_to(lead).exclude(id=lead.id).exists()


async def test_a_drafted_account_opens_nothing(place: Place) -> None:
    _house, lead = await a_house(place)
    await invite_coordinator(lead, None, EMAIL, SPEAKER, gate())
    await request_confirmation(ANONYMOUS, None, EMAIL, gate())
    assert await mails() == ["coordinator_invited"]


async def test_invitations_are_repeated_safely_and_not_without_end(place: Place) -> None:
    _house, lead = await a_house(place)
    door, key = gate(), str(uuid4())
    for _ in range(2):
        await invite_coordinator(lead, key, EMAIL, SPEAKER, door)
    assert await Message.all().count() == 1
    with pytest.raises(EmailRefused):
        await invite_coordinator(lead, None, "no address", SPEAKER, door)
    for _ in range(2):
        await invite_coordinator(lead, None, EMAIL, SPEAKER, door)
    with pytest.raises(RateLimited):
        await invite_coordinator(lead, None, EMAIL, SPEAKER, door)


async def test_only_those_who_lead_invite_and_give_roles(place: Place) -> None:
    house, lead = await a_house(place)
    speaker = await make_coordinator(place, house)
    colleague = await viewer_for(speaker)
    before = await everything()
    with pytest.raises(AdminRequired):
        await invite_coordinator(colleague, None, EMAIL, SPEAKER, gate())
    with pytest.raises(AdminRequired):
        await set_coordinator_role(colleague, None, speaker.id, ADMIN)
    with pytest.raises(AdminRequired):
        await remove_coordinator(colleague, None, lead.id or speaker.id)
    _other, stranger = await a_house(place)
    with pytest.raises(NotFound):
        await remove_coordinator(stranger, None, speaker.id)
    assert (await everything())["outbox"] == before["outbox"]
    await set_coordinator_role(lead, None, speaker.id, ADMIN)
    assert (await viewer_for(speaker)).decides_for == house.id


async def test_whoever_leaves_loses_access_at_once(place: Place) -> None:
    house, lead = await a_house(place)
    speaker = await make_coordinator(place, house)
    await make_assistant(place, provider=house)
    _session, secret = await open_session(speaker.id, KEYS, clock.now(), strong=True)
    before = await viewer_of(secret, clock.now())
    assert before.speaks_for == house.id
    assert await Assistant.visible_to(before).exists()
    await remove_coordinator(lead, None, speaker.id)
    assert await viewer_of(secret, clock.now()) == ANONYMOUS
    _session, secret = await open_session(speaker.id, KEYS, clock.now(), strong=True)
    after = await viewer_of(secret, clock.now())
    assert (after.provider_id, after.speaks_for) == (None, None)
    assert not await Assistant.visible_to(after).exists()
    assert [each.kind for each in await Message.filter(receiver_id=speaker.id)] == [
        "membership_ended"
    ]


async def test_leaving_by_oneself_keeps_the_session_that_asks(place: Place) -> None:
    house, _lead = await a_house(place)
    speaker = await make_coordinator(place, house)
    session, secret = await open_session(speaker.id, KEYS, clock.now(), strong=True)
    await remove_coordinator(await viewer_of(secret, clock.now()), None, speaker.id)
    assert (await Session.get(id=session.id)).revoked_at is None
    assert not await Message.filter(receiver_id=speaker.id).exists()


async def test_one_who_decides_always_stays_even_when_two_leave_at_once(place: Place) -> None:
    house, lead = await a_house(place)
    second = await viewer_for(await make_coordinator(place, house, ADMIN))
    ids = [each for each in (lead.id, second.id) if each is not None]
    outcomes = await asyncio.gather(
        *(
            remove_coordinator(viewer, None, key)
            for viewer, key in zip((lead, second), ids, strict=True)
        ),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in outcomes) == ["LastAdmin", "User"]
    assert await Coordinator.filter(provider_id=house.id, role=ADMIN).count() == 1
    officer = await viewer_for(place.officer)
    (left,) = await Coordinator.filter(provider_id=house.id)
    with pytest.raises(LastAdmin):
        await set_coordinator_role(officer, None, left.id, SPEAKER)
    with pytest.raises(LastAdmin):
        await remove_coordinator(officer, None, left.id)


async def test_a_provider_whose_only_speaker_is_suspended_is_led_again_by_staff(
    place: Place,
) -> None:
    house: Provider = await make_provider(place)
    speaker = await make_coordinator(place, house)
    officer = await viewer_for(place.officer)
    found = await set_coordinator_role(officer, None, speaker.id, ADMIN)
    assert found.role is ADMIN
