"""Consents: stored with text, version and time; asked again when a text changes; withdrawable."""

import asyncio
import hashlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from domain import consent as rules
from domain.consent import VERSIONS, Consent, ConsentKind, needed, owed
from domain.errors import (
    ConsentKept,
    ConsentMissing,
    ConsentOutdated,
    ConsentOwed,
)
from domain.states import MatchState, OrderState
from domain.viewer import ANONYMOUS, Role, Viewer
from models.consent import Consent as Row
from models.consent import ConsentText
from models.match import Match
from models.order import Order, OrderActivity
from models.talk import Talk, TalkAnswer
from models.user import Need, User
from notifications.language import Language, text
from services import clock
from services.consent import give_consents, shown, withdraw_consent
from services.delegation import revoke_delegation
from services.match import accept_order, withdraw_acceptance
from services.offer import offer_table
from services.order import create_order, withdraw_order
from services.registration import register_account
from services.session import open_session, viewer_of
from services.use_case import _UNASKED
from tests.people import Place, make_assistant, make_coordinator, make_provider, make_seeker
from tests.services.delegating import acting
from tests.services.keyed import EMAIL, PERSON
from tests.services.scenes import KEYS, answering, gate, weekly
from tests.staging import everything, guards_asleep, put_order

HEALTH = ConsentKind.HEALTH_DATA
TERMS = ConsentKind.TERMS


@pytest.fixture
def newer_terms(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The terms have changed since everybody agreed to them."""
    monkeypatch.setattr(rules, "VERSIONS", {**VERSIONS, TERMS: 2})
    monkeypatch.setattr("services.consent.VERSIONS", {**VERSIONS, TERMS: 2})
    shown.cache_clear()
    yield
    shown.cache_clear()


async def viewer_now(user: User) -> Viewer:
    _session, token = await open_session(user.id, KEYS, clock.now(), strong=True)
    return await viewer_of(token, clock.now())


@pytest.mark.usefixtures("place")
async def test_a_registration_keeps_each_text_with_its_hash_version_and_time() -> None:

    await register_account(ANONYMOUS, None, replace(PERSON, language=Language.EN), gate())
    user = await User.get(email=EMAIL)
    rows = await Row.filter(user_id=user.id).prefetch_related("text")
    assert {row.kind for row in rows} == set(needed(Role.SEEKER))
    for row in rows:
        title = text(f"consents.{row.kind.value}.title", Language.EN)
        body = text(f"consents.{row.kind.value}.text", Language.EN)
        assert (row.text.title, row.text.text, row.text.language) == (title, body, "en")
        assert row.text_id == hashlib.sha256(f"{title}\n\n{body}".encode()).hexdigest()
        assert row.version == VERSIONS[row.kind]
        assert abs((clock.now() - row.given_at).total_seconds()) < 60


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("left_out", needed(Role.SEEKER))
async def test_each_acceptance_that_is_left_out_is_asked_for(left_out: ConsentKind) -> None:

    some = tuple(each for each in PERSON.consents if each.kind is not left_out)
    before = await everything()
    with pytest.raises(ConsentMissing) as refused:
        await register_account(ANONYMOUS, None, replace(PERSON, consents=some), gate())
    assert (refused.value.field, refused.value.params["kind"]) == ("consents", left_out.value)
    older = (*some, Consent(left_out, 7))
    with pytest.raises(ConsentOutdated):
        await register_account(ANONYMOUS, None, replace(PERSON, consents=older), gate())
    assert await everything() == before


async def test_a_new_version_is_asked_for_before_the_next_write(
    place: Place, newer_terms: None
) -> None:
    user = await make_seeker(place)
    await Row.filter(user_id=user.id, kind=TERMS).update(version=1)
    viewer = await viewer_now(user)
    assert viewer.owes
    before = await everything()
    with pytest.raises(ConsentOwed):
        await create_order(viewer, None, weekly())
    with pytest.raises(ConsentOwed):
        await create_order(viewer, "key", weekly())
    assert await everything() == before
    with pytest.raises(ConsentOutdated):
        await give_consents(viewer, None, (Consent(TERMS, 1),), Language.DE)
    await give_consents(viewer, None, (Consent(TERMS, 2),), Language.DE)
    viewer = await viewer_now(user)
    assert not viewer.owes
    await create_order(viewer, "key", weekly())
    assert await Row.filter(user_id=user.id, kind=TERMS).count() == 2  # the older one is kept


async def test_an_order_can_be_withdrawn_whatever_is_owed(place: Place) -> None:
    user = await make_seeker(place)
    order = await create_order(await viewer_now(user), None, weekly())
    await Row.filter(user_id=user.id, kind=TERMS).delete()
    viewer = await viewer_now(user)
    assert viewer.owes
    assert (await withdraw_order(viewer, None, order.id)).state is OrderState.WITHDRAWN


async def test_agreeing_twice_at_once_is_one_agreement(place: Place) -> None:
    user = await make_seeker(place)
    await Row.filter(user_id=user.id).delete()
    viewer = await viewer_now(user)
    said = tuple(Consent(kind, VERSIONS[kind]) for kind in needed(Role.SEEKER))
    await asyncio.gather(*(give_consents(viewer, None, said, Language.DE) for _ in range(4)))
    assert await Row.filter(user_id=user.id).count() == len(said)
    assert owed(Role.SEEKER, [row.given for row in await Row.filter(user_id=user.id)]) == []


async def test_the_consent_to_health_data_is_withdrawn_and_what_it_allowed_stops(
    place: Place,
) -> None:
    seeker, order, _helpers, matches = await answering(place, 1)
    user = await User.get(id=seeker.id)
    await withdraw_consent(seeker, None, HEALTH)
    assert (await Order.get(id=order.id)).state is OrderState.WITHDRAWN
    assert (await Match.get(id=matches[0].id)).state is MatchState.LAPSED
    assert not await Need.filter(seeker_id=seeker.id).exists()
    (row,) = await Row.filter(user_id=seeker.id, kind=HEALTH)
    assert row.withdrawn_at is not None
    viewer = await viewer_now(user)
    assert viewer.owes
    await withdraw_consent(viewer, None, HEALTH)  # once more changes nothing
    await give_consents(viewer, None, (Consent(HEALTH, 1),), Language.LEICHT)
    assert await Row.filter(user_id=seeker.id, kind=HEALTH).count() == 2
    assert not (await viewer_now(user)).owes


async def test_with_the_consent_goes_what_was_said_about_needs(place: Place) -> None:
    seeker = await make_seeker(place)
    talk = await Talk.get(user_id=seeker.id)
    await TalkAnswer.create(talk_id=talk.id, care_grade=3)
    viewer = await viewer_now(seeker)
    draft = await create_order(viewer, None, weekly())
    await withdraw_consent(viewer, None, HEALTH)
    assert not await TalkAnswer.filter(talk_id=talk.id).exists()
    assert not await OrderActivity.filter(order_id=draft.id).exists()
    assert (await Order.get(id=draft.id)).description == "–"


async def test_what_only_ends_something_is_possible_whatever_is_owed(place: Place) -> None:
    seeker, _order, helpers, matches = await answering(place, 1)
    await accept_order(helpers[0], None, matches[0].id)
    user = await User.get(id=seeker.id)
    _helper, delegation, _secret = await acting(place, user)
    await Row.filter(user_id__in=[seeker.id, helpers[0].id], kind=TERMS).delete()
    viewer = await viewer_now(user)
    assert viewer.owes
    await revoke_delegation(viewer, None, delegation.id)
    helper = await viewer_now(await User.get(id=helpers[0].id))
    assert helper.owes
    assert (await withdraw_acceptance(helper, None, matches[0].id)).state is MatchState.WITHDRAWN


@pytest.mark.parametrize("state", OrderState)
async def test_of_orders_only_contracts_and_what_was_never_released_outlive_the_consent(
    owner_url: str, place: Place, state: OrderState
) -> None:
    user = await make_seeker(place)
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, user.id, place, state)
    await withdraw_consent(await viewer_now(user), None, HEALTH)
    stays = {OrderState.DRAFT, OrderState.CONTRACTED, OrderState.COMPLETED}
    ended = state not in stays | {OrderState.WITHDRAWN, OrderState.EXPIRED}
    assert (await Order.get(id=order)).state is (OrderState.WITHDRAWN if ended else state)


async def test_what_may_be_done_while_a_text_is_owed_is_this_and_no_more() -> None:
    assert {body.__name__ for body in _UNASKED} == {
        "give_consents",
        "withdraw_consent",
        "withdraw_order",
        "withdraw_acceptance",
        "withdraw_application",
        "decline_order",
        "decline_nomination",
        "mark_read",
        "revoke_delegation",
        "block_user",
        "cancel_talk",
        "end_contract",
        "end_session",
        "end_other_sessions",
        "_end",
        "_set_up",
        "_confirm",
        "_renew",
        "_remove",
    }


async def test_an_assistant_who_withdraws_it_is_out_of_matching(place: Place) -> None:
    user = await make_assistant(place)
    assert user.id in (await offer_table()).offers.ids
    await withdraw_consent(await viewer_now(user), None, HEALTH)
    assert user.id not in (await offer_table()).offers.ids


@pytest.mark.parametrize("kind", [kind for kind in ConsentKind if kind is not HEALTH])
async def test_the_others_hold_as_long_as_the_account(place: Place, kind: ConsentKind) -> None:
    user = await make_seeker(place)
    with pytest.raises(ConsentKept):
        await withdraw_consent(await viewer_now(user), None, kind)


async def test_coordinators_agree_to_four_and_staff_to_none(place: Place) -> None:
    coordinator = await make_coordinator(place, await make_provider(place))
    assert {row.kind for row in await Row.filter(user_id=coordinator.id)} == (
        set(ConsentKind) - {HEALTH}
    )
    assert not await Row.filter(user_id=place.officer.id).exists()
    assert not (await viewer_now(place.officer)).owes


async def test_texts_are_kept_as_they_were_agreed_to(place: Place) -> None:
    await make_seeker(place)
    with pytest.raises(Exception, match="append-only"):
        await ConsentText.all().update(text="something else")
