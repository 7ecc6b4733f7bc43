"""Suspending: out at once, nothing agreed is lost, and back as before."""

import pytest

from domain.errors import CredentialsRefused, Stale, StateRefused
from domain.permissions import Doer
from domain.states import MatchState
from domain.suspension import SuspensionReason
from domain.viewer import ANONYMOUS, STAFF, AccountState, Role, Viewer
from models.database import fetch
from models.match import Match
from models.outbox import Outbox
from models.session import Session
from models.suspension import Suspension
from models.user import User
from services import clock
from services.match import accept_order
from services.offer import OFFER_JOB
from services.order import MATCH_JOB
from services.password import hash_password
from services.session import open_session, viewer_of
from services.suspension import reinstate_account, suspend_account
from services.user import sign_in
from tests.doers import refused_for
from tests.people import Place, make_coordinator, make_provider, make_seeker, make_user, viewer_for
from tests.services.scenes import KEYS, answering, gate, history, suggest
from tests.staging import everything

REASON = SuspensionReason.REPORTED
PASSWORD = "sieben-blaue-Regenschirme"


async def officer(place: Place) -> Viewer:
    return await viewer_for(place.officer)


async def test_a_suspended_account_is_out_at_once_and_back_as_before(place: Place) -> None:
    user = await make_seeker(place)
    await User.filter(id=user.id).update(password_hash=await hash_password(PASSWORD))
    _session, token = await open_session(user.id, KEYS, clock.now(), strong=True)
    desk = await officer(place)
    assert (await suspend_account(desk, None, user.id, REASON)).state is AccountState.SUSPENDED
    assert await viewer_of(token, clock.now()) == ANONYMOUS
    assert not await Session.filter(user_id=user.id, revoked_at__isnull=True).exists()
    with pytest.raises(CredentialsRefused):
        await sign_in(ANONYMOUS, None, user.email, PASSWORD, gate())
    assert (await reinstate_account(desk, None, user.id)).state is AccountState.RELEASED
    assert (await sign_in(ANONYMOUS, None, user.email, PASSWORD, gate())).user_id == user.id
    assert (await history(user.id))[-2:] == ["SUSPEND_ACCOUNT", "REINSTATE_ACCOUNT"]
    (record,) = await Suspension.all()
    assert (record.user_id, record.officer_id, record.reason) == (user.id, desk.id, REASON)
    kinds = [row["kind"] for row in await fetch("SELECT kind FROM messages ORDER BY created_at")]
    assert kinds == ["account_suspended", "account_reinstated"]


async def test_orders_of_a_suspended_seeker_are_shown_to_nobody_and_what_is_agreed_stays(
    place: Place,
) -> None:
    seeker, order, helpers, matches = await answering(place, 2)
    await accept_order(helpers[0], None, matches[0].id)
    assert seeker.id is not None
    await Outbox.filter(kind=MATCH_JOB).update(state=1, finished_at=clock.now())
    desk = await officer(place)
    await suspend_account(desk, None, seeker.id, REASON)
    assert await Outbox.filter(kind=MATCH_JOB, aggregate=order.id, state=0).count() == 1
    await suggest(order.id)
    states = [(await Match.get(id=each.id)).state for each in matches]
    assert states == [MatchState.ACCEPTED, MatchState.LAPSED]
    await reinstate_account(desk, None, seeker.id)
    assert await suggest(order.id) == 1


async def test_matching_looks_again_at_assistants_and_at_providers(place: Place) -> None:
    _seeker, _order, helpers, _matches = await answering(place, 1)
    house = await make_provider(place)
    coordinator = await make_coordinator(place, house)
    await Outbox.filter(kind=OFFER_JOB).delete()
    for user_id in (helpers[0].id, coordinator.id):
        assert user_id is not None
        await suspend_account(await officer(place), None, user_id, REASON)
    found = await Outbox.filter(kind=OFFER_JOB).values_list("aggregate", flat=True)
    assert set(found) == {helpers[0].id, house.id}


async def test_nobody_suspends_the_own_account_and_only_staff_suspends(place: Place) -> None:
    user = await make_seeker(place)
    desk = await officer(place)
    before = await everything()
    with refused_for(Doer.COLLEAGUE):
        await suspend_account(desk, None, place.officer.id, REASON)
    with refused_for(*STAFF):
        await suspend_account(await viewer_for(user), None, place.officer.id, REASON)
    with pytest.raises(Stale):
        await suspend_account(desk, None, user.id, REASON, user.version + 1)
    with pytest.raises(StateRefused):
        await reinstate_account(desk, None, user.id)
    assert await everything() == before


async def test_another_officer_can_be_suspended(place: Place) -> None:
    other = await make_user(Role.ADMINISTRATION, place)
    boss = await viewer_for(await make_user(Role.ADMINISTRATION, place))
    await suspend_account(boss, None, other.id, SuspensionReason.INACTIVE)
    assert not (await viewer_for(await User.get(id=other.id))).is_staff


async def test_customer_service_does_not_stop_its_own_administration(place: Place) -> None:
    boss = await make_user(Role.ADMINISTRATION, place)
    with refused_for(Role.ADMINISTRATION):
        await suspend_account(
            await viewer_for(place.officer), None, boss.id, SuspensionReason.REPORTED
        )
    stopped = await suspend_account(
        await viewer_for(boss), None, place.officer.id, SuspensionReason.REPORTED
    )
    assert stopped.state is AccountState.SUSPENDED
