"""Registering by telephone: the code, what holds before and after it, and who may act then."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.consent import VERSIONS, Consent, ConsentKind, needed
from domain.errors import (
    ActingRefused,
    AddressTaken,
    ConsentMissing,
    DomainError,
    NotForAnother,
    NotFound,
    PhoneCodeRefused,
    RoleNotAllowed,
    SignInRequired,
    StateRefused,
)
from domain.states import DelegationState
from domain.viewer import ANONYMOUS, DelegationKind, Role, Viewer
from models.consent import Consent as ConsentRow
from models.delegation import Delegation
from models.order import Order
from models.user import Need, Seeker, User
from notifications.language import Language
from services import clock
from services.account_upkeep import KEPT, forget_unconfirmed
from services.consent import give_consents, withdraw_consent
from services.delegation import revoke_delegation
from services.order import create_order
from services.password_reset import request_password_reset
from services.phone_registration import (
    Call,
    confirm_by_phone,
    letter_of,
    phone_code,
    register_by_phone,
    send_phone_code,
)
from services.registration import request_confirmation
from services.session import IDLE, open_session, viewer_acting, viewers_now
from services.user import missing_for_release
from tests.people import SHOPPING, Place, make_assistant, make_seeker, release, viewer_for
from tests.services.registering import mails
from tests.services.scenes import KEYS, gate, weekly
from tests.staging import everything

CALL = Call(
    {
        "firstName": "Erna",
        "lastName": "Telefonistin",
        "street": "Markt 3",
        "postcode": "37154",
        "phone": "05551 12",
        "needs": [SHOPPING],
        "windows": (),
    },
    "03155",
)
AGREED = [Consent(kind, VERSIONS[kind]) for kind in needed(Role.SEEKER)]


def saying(**said: Any) -> Call:
    return replace(CALL, said={**CALL.said, **said})


@pytest.fixture
async def desk(place: Place) -> Viewer:
    return await viewer_for(place.officer)


async def confirmed(desk: Viewer, call: Call = CALL) -> User:
    user = await register_by_phone(desk, None, call)
    code = phone_code(user.id, KEYS)
    return await confirm_by_phone(desk, None, user.id, code, AGREED, KEYS)


async def test_somebody_without_an_address_gets_a_letter_and_nothing_holds_before_the_code(
    desk: Viewer,
) -> None:
    user = await register_by_phone(desk, None, CALL)
    assert (user.email, user.password_hash, user.email_confirmed_at) == (None, None, None)
    assert await Need.filter(seeker_id=user.id).exists()
    assert await Seeker.filter(id=user.id).exists()
    letter = await letter_of(user, KEYS)
    for part in ("Erna Telefonistin", "Markt 3", "37154", phone_code(user.id, KEYS)):
        assert part in letter
    assert await mails() == []
    assert not await ConsentRow.filter(user_id=user.id).exists()
    assert not await Delegation.all().exists()


async def test_somebody_with_an_address_gets_a_mail_and_may_sign_in_with_a_password_later(
    desk: Viewer,
) -> None:
    address = "erna@anderswo.example"
    user = await confirmed(desk, saying(email=address, street=""))
    assert await mails() == ["phone_code"]
    await request_password_reset(ANONYMOUS, None, address, gate())
    assert await mails() == ["phone_code", "reset_password"]
    assert user.email == address


async def test_the_code_and_the_consents_make_the_account_and_let_the_desk_act(
    desk: Viewer, place: Place
) -> None:
    user = await confirmed(desk)
    found = await ConsentRow.filter(user_id=user.id, withdrawn_at__isnull=True)
    assert {each.kind for each in found} == set(needed(Role.SEEKER))
    assert {each.actor_id for each in found} == {place.officer.id}
    delegation = await Delegation.get(principal_id=user.id)
    assert (delegation.kind, delegation.state, delegation.officer_id) == (
        DelegationKind.CUSTOMER_SERVICE,
        DelegationState.ACTIVE,
        place.officer.id,
    )
    _session, token = await open_session(place.officer.id, KEYS, clock.now(), strong=True)
    viewer = await viewer_acting(token, delegation.id, clock.now())
    assert (viewer.id, viewer.role, viewer.actor_id) == (user.id, Role.SEEKER, place.officer.id)
    await release(user, place.officer.id)
    viewer = await viewer_acting(token, delegation.id, clock.now())
    order = await create_order(viewer, None, weekly())
    assert (await Order.get(id=order.id)).seeker_id == user.id
    with pytest.raises(NotForAnother):
        await revoke_delegation(viewer, None, delegation.id)


async def test_the_desk_notes_what_somebody_without_an_address_says_about_the_texts(
    desk: Viewer, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await confirmed(desk)
    delegation = await Delegation.get(principal_id=user.id)
    _session, token = await open_session(place.officer.id, KEYS, clock.now(), strong=True)
    viewer = await viewer_acting(token, delegation.id, clock.now())
    await withdraw_consent(viewer, None, ConsentKind.HEALTH_DATA)
    assert (await viewer_acting(token, delegation.id, clock.now())).owes
    said = (Consent(ConsentKind.HEALTH_DATA, VERSIONS[ConsentKind.HEALTH_DATA]),)
    await give_consents(viewer, None, said, Language.DE)
    assert not (await viewer_acting(token, delegation.id, clock.now())).owes
    rows = await ConsentRow.filter(user_id=user.id, kind=ConsentKind.HEALTH_DATA).order_by("id")
    assert [row.withdrawn_by_id for row in rows] == [place.officer.id, None]
    assert {row.actor_id for row in rows} == {place.officer.id}


async def test_a_link_by_mail_does_not_take_the_place_of_the_code(desk: Viewer) -> None:
    user = await register_by_phone(
        desk, None, replace(CALL, said={**CALL.said, "email": "anruf@anderswo.example"})
    )
    await request_confirmation(ANONYMOUS, None, "anruf@anderswo.example", gate())
    assert "confirm_email" not in str(await mails())
    await User.filter(id=user.id).update(email_confirmed_at=clock.now())
    lacking = await missing_for_release(await User.get(id=user.id))
    assert "CONSENTS_MISSING" in [each.code for each in lacking]


async def test_the_desk_acts_with_a_second_factor_and_as_long_as_it_is_awake(
    desk: Viewer, place: Place
) -> None:
    user = await confirmed(desk)
    delegation = await Delegation.get(principal_id=user.id)
    now = clock.now()
    _weak, weak = await open_session(place.officer.id, KEYS, now)
    with pytest.raises(ActingRefused):
        await viewer_acting(weak, delegation.id, now)
    _session, token = await open_session(place.officer.id, KEYS, now, strong=True)
    viewer = await viewer_acting(token, delegation.id, now)
    assert await viewers_now([viewer], now) == [viewer]
    with pytest.raises(SignInRequired):
        await viewer_acting(token, delegation.id, now + IDLE)
    assert await viewers_now([viewer], now + IDLE) == [ANONYMOUS]


async def test_nobody_else_acts_by_it_and_the_person_ends_it(desk: Viewer, place: Place) -> None:
    user = await confirmed(desk)
    delegation = await Delegation.get(principal_id=user.id)
    for other in (await make_seeker(place), await make_assistant(place)):
        _session, token = await open_session(other.id, KEYS, clock.now(), strong=True)
        with pytest.raises(ActingRefused):
            await viewer_acting(token, delegation.id, clock.now())
    await revoke_delegation(await viewer_for(user), None, delegation.id)
    _session, token = await open_session(place.officer.id, KEYS, clock.now(), strong=True)
    with pytest.raises(ActingRefused):
        await viewer_acting(token, delegation.id, clock.now())


@pytest.mark.parametrize(
    ("code", "consents", "refusal"),
    [
        ("0000 0000", AGREED, PhoneCodeRefused),
        ("", AGREED, PhoneCodeRefused),
        (None, AGREED[1:], ConsentMissing),
        (None, [], ConsentMissing),
    ],
)
async def test_without_the_code_or_a_consent_nothing_changes(
    desk: Viewer, code: str | None, consents: list[Consent], refusal: type[DomainError]
) -> None:
    user = await register_by_phone(desk, None, CALL)
    said = phone_code(user.id, KEYS) if code is None else code
    before = await everything()
    with pytest.raises(refusal):
        await confirm_by_phone(desk, None, user.id, said, consents, KEYS)
    assert await everything() == before


async def test_the_code_is_the_accounts_own_and_may_be_said_in_any_grouping(desk: Viewer) -> None:
    first, second = [await register_by_phone(desk, None, CALL) for _ in range(2)]
    with pytest.raises(PhoneCodeRefused):
        await confirm_by_phone(desk, None, first.id, phone_code(second.id, KEYS), AGREED, KEYS)
    spoken = "-".join(phone_code(first.id, KEYS).replace(" ", ""))
    await confirm_by_phone(desk, None, first.id, spoken, AGREED, KEYS)
    with pytest.raises(StateRefused):
        await confirm_by_phone(desk, None, first.id, spoken, AGREED, KEYS)
    with pytest.raises(StateRefused):
        await send_phone_code(desk, None, first.id)


async def test_what_lacks_an_address_for_the_code_or_a_telephone_is_refused_with_all_of_it(
    desk: Viewer,
) -> None:
    with pytest.raises(DomainError) as refused:
        await register_by_phone(desk, None, saying(street="", phone="", lastName="", postcode="1"))
    assert {(each.code, each.field) for each in refused.value.problems} == {
        ("FIELD_REQUIRED", "lastName"),
        ("GROUP_REQUIRED", "phone"),
        ("GROUP_REQUIRED", "email"),
        ("POSTCODE_REFUSED", "postcode"),
    }
    assert not await User.filter(last_name="Telefonistin").exists()


async def test_an_address_that_has_an_account_is_told_to_staff(desk: Viewer, place: Place) -> None:
    known = (await make_seeker(place)).email
    with pytest.raises(AddressTaken):
        await register_by_phone(desk, None, saying(email=known.upper()))


async def test_the_code_is_sent_again_and_only_to_whom_it_was_sent_before(
    desk: Viewer, place: Place
) -> None:
    user = await register_by_phone(desk, None, saying(email="erna@anderswo.example"))
    await send_phone_code(desk, None, user.id)
    assert await mails() == ["phone_code"] * 2
    with pytest.raises(StateRefused):
        await send_phone_code(desk, None, (await make_seeker(place)).id)
    with pytest.raises(NotFound):
        await send_phone_code(desk, None, (await make_assistant(place)).id)


async def test_all_of_it_is_for_staff(place: Place, desk: Viewer) -> None:
    user = await register_by_phone(desk, None, CALL)
    seeker = await viewer_for(await make_seeker(place))
    with pytest.raises(RoleNotAllowed):
        await register_by_phone(seeker, None, CALL)
    with pytest.raises(RoleNotAllowed):
        await send_phone_code(seeker, None, user.id)
    with pytest.raises(RoleNotAllowed):
        await confirm_by_phone(seeker, None, user.id, phone_code(user.id, KEYS), AGREED, KEYS)


async def test_whoever_never_calls_back_is_forgotten(desk: Viewer) -> None:
    user = await register_by_phone(desk, None, CALL)
    later = clock.now() + KEPT + timedelta(minutes=1)
    assert await forget_unconfirmed(later) == 1
    assert not await User.filter(id=user.id).exists()


@pytest.mark.parametrize("language", list(Language))
async def test_the_letter_is_in_the_callers_language(desk: Viewer, language: Language) -> None:
    user = await register_by_phone(desk, None, replace(CALL, language=language))
    greeting = "Hello Erna" if language is Language.EN else "Guten Tag Erna"
    assert greeting in await letter_of(user, KEYS)
