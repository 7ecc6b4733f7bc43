"""Acting for somebody else: who may ask whom, what holds when, and what stays personal."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from tortoise.exceptions import IntegrityError

from domain.delegation import MOST
from domain.errors import (
    AccountNotReleased,
    ActingRefused,
    DateInPast,
    DelegationsFull,
    DelegationToOneself,
    DomainError,
    EmailRefused,
    GuardianUnseen,
    InputRefused,
    NotFound,
    RateLimited,
    RoleNotAllowed,
    StateRefused,
)
from domain.form import FormName
from domain.states import DelegationState
from domain.viewer import ANONYMOUS, AccountState, DelegationKind, Role
from models.database import execute
from models.delegation import Delegation
from models.message import Message
from models.notification import Notification
from models.user import User
from notifications.language import Language
from services import clock
from services.account_upkeep import forget_unconfirmed
from services.delegation import Grant, accept_delegation, grant_delegation, revoke_delegation
from services.delegation_letter import values_of
from services.limiter import MAIL_ADDRESS, MAIL_SENDER, count_mail, count_sent_mail
from services.registration import confirm_email
from services.session import (
    open_session,
    viewer_acting,
)
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
    viewer_for,
)
from tests.services.delegating import GUARDIAN, RELATIVE, acting, ask
from tests.services.keyed import EMAIL
from tests.services.registering import mails, member, register, token
from tests.services.scenes import KEYS, gate
from tests.staging import everything


async def test_whoever_is_asked_registers_agrees_and_acts(place: Place) -> None:
    seeker = await make_seeker(place)
    delegation = await ask(await viewer_for(seeker), EMAIL.upper())
    assert (delegation.state, await mails()) == (DelegationState.INVITED, ["delegation_asked"])
    await register(member(FormName.REPRESENTATIVE))
    await confirm_email(ANONYMOUS, None, await token(), gate())
    helper = await User.get(email=EMAIL)
    assert (helper.id, helper.role) == (delegation.delegate_id, Role.REPRESENTATIVE)
    _session, secret = await open_session(helper.id, KEYS, clock.now())
    with pytest.raises(ActingRefused):
        await viewer_acting(secret, delegation.id, clock.now())
    await accept_delegation(await viewer_for(helper), None, delegation.id)
    found = await viewer_acting(secret, delegation.id, clock.now())
    assert (found.id, found.role, found.actor_id) == (seeker.id, Role.SEEKER, helper.id)
    assert "delegation_accepted" in await mails()


async def test_the_answer_is_the_same_for_every_address(place: Place) -> None:
    viewer = await viewer_for(await make_seeker(place))
    known = (await make_assistant(place)).email
    for address in (known, "niemand@anderswo.example"):
        found = await ask(viewer, address)
        assert (found.state, found.email, found.version) == (DelegationState.INVITED, address, 1)
    assert await mails() == ["delegation_asked"] * 2


async def test_who_is_signed_in_sends_by_account_and_not_by_network(place: Place) -> None:
    door = gate()
    for number in range(MAIL_ADDRESS.tries):  # strangers of the same network
        await count_mail(door.limiter, f"f{number}@anderswo.example", door.address, clock.now())
    seeker = await make_seeker(place)
    viewer = await viewer_for(seeker)
    grant = Grant(EMAIL, DelegationKind.RELATIVE)
    await grant_delegation(viewer, None, grant, door)
    for number in range(MAIL_SENDER.tries - 1):
        address = f"g{number}@anderswo.example"
        await count_sent_mail(door.limiter, address, seeker.id, clock.now())
    with pytest.raises(RateLimited) as refused:
        await grant_delegation(viewer, None, replace(grant, email="h@anderswo.example"), door)
    assert refused.value.params["what"] == "MAIL"


async def test_asking_again_sends_another_mail_and_nothing_else(place: Place) -> None:
    viewer = await viewer_for(await make_seeker(place))
    first, second = await ask(viewer), await ask(viewer, EMAIL.upper())
    assert first.id == second.id
    assert await mails() == ["delegation_asked"] * 2


async def test_another_reason_takes_the_place_of_the_first_once_it_is_agreed_to(
    place: Place,
) -> None:
    seeker = await make_seeker(place)
    helper, first, secret = await acting(place, seeker)
    desk = await viewer_for(place.officer)
    second = await ask(desk, helper.email, GUARDIAN, principal_id=seeker.id)
    assert (second.kind, second.state) == (GUARDIAN, DelegationState.INVITED)
    assert (await viewer_acting(secret, first.id, clock.now())).id == seeker.id, "it goes on"
    again = await ask(desk, helper.email, GUARDIAN, principal_id=seeker.id)
    assert again.id == second.id
    assert "delegation_ended" not in await mails()
    await accept_delegation(await viewer_for(helper), None, second.id)
    assert (await Delegation.get(id=first.id)).state is DelegationState.ENDED
    assert (await viewer_acting(secret, second.id, clock.now())).id == seeker.id
    with pytest.raises(ActingRefused):
        await viewer_acting(secret, first.id, clock.now())
    assert (await Notification.get(kind="DELEGATION_ENDED")).receiver_id == seeker.id


async def test_asking_otherwise_before_the_answer_takes_the_first_question_back(
    place: Place,
) -> None:
    viewer = await viewer_for(await make_seeker(place))
    first = await ask(viewer)
    second = await ask(viewer, valid_until=clock.today() + timedelta(days=9))
    found = {each.id: each.state for each in await Delegation.all()}
    assert found == {first.id: DelegationState.ENDED, second.id: DelegationState.INVITED}


async def test_asking_for_what_holds_already_takes_another_question_back(place: Place) -> None:
    seeker = await make_seeker(place)
    helper, holds, secret = await acting(place, seeker)
    viewer = await viewer_for(seeker)
    second = await ask(viewer, helper.email, valid_until=clock.today() + timedelta(days=9))
    again = await ask(viewer, helper.email)
    assert again.id == holds.id
    with pytest.raises(StateRefused):
        await accept_delegation(await viewer_for(helper), None, second.id)
    assert (await viewer_acting(secret, holds.id, clock.now())).id == seeker.id


async def test_of_two_answers_at_once_one_counts_and_one_holds(place: Place) -> None:
    seeker = await make_seeker(place)
    helper, first, _secret = await acting(place, seeker)
    desk = await viewer_for(place.officer)
    second = await ask(desk, helper.email, GUARDIAN, principal_id=seeker.id)
    viewer = await viewer_for(helper)
    found = await asyncio.gather(
        *(accept_delegation(viewer, None, second.id) for _ in range(2)),
        ask(await viewer_for(seeker), helper.email, valid_until=clock.today()),
        return_exceptions=True,
    )
    accepted = [each for each in found[:2] if isinstance(each, Delegation)]
    assert len(accepted) <= 1
    assert all(isinstance(each, Delegation | StateRefused) for each in found), found
    states = [each.state for each in await Delegation.filter(delegate_id=helper.id)]
    assert states.count(DelegationState.ACTIVE) == 1
    assert states.count(DelegationState.INVITED) <= 1
    ended = (await Delegation.get(id=first.id)).state is DelegationState.ENDED
    assert ended is bool(accepted), "only an answer ends what holds"


async def test_the_database_keeps_one_that_holds(place: Place) -> None:
    seeker = await make_seeker(place)
    helper, _first, _secret = await acting(place, seeker)
    second = await ask(
        await viewer_for(place.officer), helper.email, GUARDIAN, principal_id=seeker.id
    )
    with pytest.raises(IntegrityError, match="delegations_one_per_state"):
        await execute("UPDATE delegations SET state = 'ACTIVE' WHERE id = $1", second.id)


async def test_whoever_is_asked_again_has_another_fortnight_to_come(place: Place) -> None:
    viewer = await viewer_for(await make_seeker(place))
    await ask(viewer)
    await User.filter(email=EMAIL).update(created_at=clock.now() - timedelta(days=13))
    await ask(viewer)
    assert await forget_unconfirmed(clock.now() + timedelta(days=2)) == 0


async def test_a_mail_is_not_sent_for_what_has_ended_before(place: Place) -> None:
    viewer = await viewer_for(await make_seeker(place))
    delegation = await ask(viewer)
    message = await Message.get(kind="delegation_asked")
    assert await values_of(message, Language.DE) == {}
    await revoke_delegation(viewer, None, delegation.id)
    assert await values_of(message, Language.DE) is None
    assert await mails() == ["delegation_asked"], "nobody agreed, nobody is told of the end"


@pytest.mark.parametrize(
    ("grant", "refusal"),
    [
        (Grant("keine-adresse", RELATIVE), EmailRefused),
        (Grant(EMAIL, GUARDIAN), GuardianUnseen),
        (Grant(EMAIL, RELATIVE, clock.today() - timedelta(days=1)), DateInPast),
        (Grant(EMAIL, RELATIVE, None, UUID(int=7)), NotFound),
    ],
)
async def test_what_cannot_be_granted_changes_nothing(
    place: Place, grant: Grant, refusal: type[DomainError]
) -> None:
    viewer = await viewer_for(await make_seeker(place))
    before = await everything()
    with pytest.raises(refusal):
        await grant_delegation(viewer, None, grant, gate())
    assert await everything() == before


async def test_nobody_acts_for_oneself(place: Place) -> None:
    seeker = await make_seeker(place)
    with pytest.raises(DelegationToOneself):
        await ask(await viewer_for(seeker), seeker.email.upper())


async def test_a_handful_of_people_is_enough(place: Place) -> None:
    viewer = await viewer_for(await make_seeker(place))
    found = [await ask(viewer, f"a{number}@anderswo.example") for number in range(MOST)]
    with pytest.raises(DelegationsFull):
        await ask(viewer, "zuviel@anderswo.example")
    await revoke_delegation(viewer, None, found[0].id)
    await ask(viewer, "zuviel@anderswo.example")


async def test_whoever_is_asked_otherwise_is_no_further_person(place: Place) -> None:
    seeker = await make_seeker(place)
    viewer = await viewer_for(seeker)
    helper, _holds, _secret = await acting(place, seeker)
    another_day = clock.today() + timedelta(days=9)
    await ask(viewer, helper.email, valid_until=another_day)
    for number in range(MOST - 1):
        await ask(viewer, f"a{number}@anderswo.example")
    with pytest.raises(DelegationsFull):
        await ask(viewer, "zuviel@anderswo.example")
    await ask(viewer, helper.email, valid_until=another_day + timedelta(days=1))
    await ask(viewer, "a0@anderswo.example", valid_until=another_day)


async def test_assistants_coordinators_and_staff_neither_ask_nor_act(place: Place) -> None:
    seeker = await make_seeker(place)
    house = await make_provider(place)
    people = [await make_assistant(place), await make_coordinator(place, house), place.officer]
    for user in people:
        viewer = await viewer_for(user)
        delegation = await ask(await viewer_for(seeker), user.email)
        with pytest.raises(RoleNotAllowed):
            await accept_delegation(viewer, None, delegation.id)
        if user is not place.officer:
            with pytest.raises(RoleNotAllowed):
                await ask(viewer)


async def test_staff_asks_for_others_and_records_guardians(place: Place) -> None:
    desk, seeker = await viewer_for(place.officer), await make_seeker(place)
    delegation = await ask(desk, kind=GUARDIAN, principal_id=seeker.id)
    assert (delegation.officer_id, delegation.principal_id) == (place.officer.id, seeker.id)
    for nobody in (None, (await make_assistant(place)).id):
        with pytest.raises(NotFound):
            await ask(desk, principal_id=nobody)


async def test_only_who_was_asked_agrees(place: Place) -> None:
    seeker, other = await make_seeker(place), await make_seeker(place)
    delegation = await ask(await viewer_for(seeker), (await make_seeker(place)).email)
    for stranger in (seeker, other):
        with pytest.raises(NotFound):
            await accept_delegation(await viewer_for(stranger), None, delegation.id)
    with pytest.raises(NotFound):
        await revoke_delegation(await viewer_for(other), None, delegation.id)


async def test_nobody_agrees_for_an_account_that_is_about_to_go(place: Place) -> None:
    seeker, helper = await make_seeker(place), await make_seeker(place)
    delegation = await ask(await viewer_for(seeker), helper.email)
    await User.filter(id=seeker.id).update(state=AccountState.DELETION_REQUESTED)
    with pytest.raises(AccountNotReleased):
        await accept_delegation(await viewer_for(helper), None, delegation.id)


async def test_customer_service_is_not_asked_this_way(place: Place) -> None:
    seeker = await make_seeker(place)
    for viewer, principal in (
        (await viewer_for(seeker), None),
        (await viewer_for(place.officer), seeker.id),
    ):
        with pytest.raises(InputRefused) as refused:
            await ask(viewer, kind=DelegationKind.CUSTOMER_SERVICE, principal_id=principal)
        assert refused.value.field == "kind"
