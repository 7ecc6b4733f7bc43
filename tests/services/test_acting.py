"""Acting for somebody else: what holds for how long, and what stays personal."""

from datetime import timedelta

import pytest

from domain.consent import VERSIONS, ConsentKind
from domain.consent import Consent as Agreed
from domain.errors import (
    ActingRefused,
    ConsentOwed,
    NotForAnother,
    SignInRequired,
    StateRefused,
)
from domain.viewer import ANONYMOUS, AccountState, DelegationKind, Role
from models.consent import Consent
from models.database import fetch
from models.delegation import Delegation
from models.message import Message
from models.order import Order
from models.user import User
from notifications.language import Language
from services import clock
from services.consent import give_consents, withdraw_consent
from services.delegation import revoke_delegation
from services.order import create_order, release_order
from services.session import (
    demand_same_rights,
    open_session,
    sessions_of,
    viewer_acting,
    viewer_of,
    viewers_now,
)
from services.use_case import _FOR_ANOTHER
from tests.people import (
    Place,
    make_seeker,
    viewer_for,
)
from tests.services.delegating import GUARDIAN, acting, ask
from tests.services.scenes import KEYS, weekly
from tests.staging import everything


async def test_history_names_who_did_it_and_for_whom(place: Place) -> None:
    seeker = await make_seeker(place)
    helper, delegation, secret = await acting(place, seeker)
    viewer = await viewer_acting(secret, delegation.id, clock.now())
    order = await create_order(viewer, None, weekly())
    await release_order(viewer, None, order.id)
    mine = await viewer_for(seeker)
    own = await create_order(mine, None, weekly())
    await release_order(mine, None, own.id)
    assert (await Order.get(id=order.id)).seeker_id == seeker.id
    rows = await fetch(
        "SELECT actor_id, principal_id FROM transitions WHERE machine = 'ORDER' ORDER BY at"
    )
    assert rows == [
        {"actor_id": helper.id, "principal_id": seeker.id},
        {"actor_id": seeker.id, "principal_id": None},
    ]


async def test_it_ends_at_once_from_either_side_and_by_staff(place: Place) -> None:
    seeker = await make_seeker(place)
    for ends in ("principal", "delegate", "staff"):
        helper, delegation, secret = await acting(place, seeker)
        viewer = await viewer_acting(secret, delegation.id, clock.now())
        assert await viewers_now([viewer], clock.now()) == [viewer]
        by = {"principal": seeker, "delegate": helper, "staff": place.officer}[ends]
        await revoke_delegation(await viewer_for(by), None, delegation.id)
        with pytest.raises(ActingRefused):
            await viewer_acting(secret, delegation.id, clock.now())
        (now,) = await viewers_now([viewer], clock.now())
        assert now == ANONYMOUS
        with pytest.raises(SignInRequired):
            demand_same_rights(now, viewer)
        with pytest.raises(StateRefused):
            await revoke_delegation(await viewer_for(by), None, delegation.id)
    told = await Message.filter(kind="delegation_ended").values_list("receiver_id", flat=True)
    assert len(told) == 1 + 1 + 2, "everybody but who did it"


async def test_it_holds_up_to_its_last_day(place: Place) -> None:
    _helper, delegation, secret = await acting(place, await make_seeker(place))
    for days, holds in ((0, True), (-1, False)):
        day = clock.today() + timedelta(days=days)
        await Delegation.filter(id=delegation.id).update(valid_until=day)
        if holds:
            viewer = await viewer_acting(secret, delegation.id, clock.now())
            continue
        with pytest.raises(ActingRefused):
            await viewer_acting(secret, delegation.id, clock.now())
        assert await viewers_now([viewer], clock.now()) == [ANONYMOUS]


async def test_another_ones_delegation_opens_nothing(place: Place) -> None:
    _helper, delegation, secret = await acting(place, await make_seeker(place))
    _other, _delegation, another = await acting(place, await make_seeker(place))
    for wrong, refusal in ((another, ActingRefused), (None, SignInRequired), ("x", SignInRequired)):
        with pytest.raises(refusal):
            await viewer_acting(wrong, delegation.id, clock.now())
    own = await viewer_of(secret, clock.now())
    assert own.acting is None
    assert own.role is Role.REPRESENTATIVE


async def test_whose_own_account_is_about_to_go_acts_for_nobody(place: Place) -> None:
    helper, delegation, secret = await acting(place, await make_seeker(place))
    viewer = await viewer_acting(secret, delegation.id, clock.now())
    await User.filter(id=helper.id).update(state=AccountState.DELETION_REQUESTED)
    with pytest.raises(ActingRefused):
        await viewer_acting(secret, delegation.id, clock.now())
    assert await viewers_now([viewer], clock.now()) == [ANONYMOUS]


async def test_sessions_stay_with_their_owner(place: Place) -> None:
    seeker = await make_seeker(place)
    await open_session(seeker.id, KEYS, clock.now())
    _helper, delegation, secret = await acting(place, seeker)
    viewer = await viewer_acting(secret, delegation.id, clock.now())
    assert await sessions_of(viewer, clock.now()) == []
    assert len(await sessions_of(await viewer_for(seeker), clock.now())) == 1


async def test_what_is_personal_cannot_be_done_for_another(place: Place) -> None:
    _helper, delegation, secret = await acting(place, await make_seeker(place))
    viewer = await viewer_acting(secret, delegation.id, clock.now())
    before = await everything()
    with pytest.raises(NotForAnother):
        await ask(viewer)
    with pytest.raises(NotForAnother):
        await revoke_delegation(viewer, None, delegation.id)
    assert await everything() == before


@pytest.mark.parametrize("state", ["SUSPENDED", "DELETION_REQUESTED"])
async def test_nobody_acts_for_an_account_that_is_stopped_or_about_to_go(
    place: Place, state: str
) -> None:
    seeker = await make_seeker(place)
    _helper, delegation, secret = await acting(place, seeker)
    viewer = await viewer_acting(secret, delegation.id, clock.now())
    await fetch("UPDATE users SET state = $2 WHERE id = $1", seeker.id, state)
    with pytest.raises(ActingRefused):
        await viewer_acting(secret, delegation.id, clock.now())
    assert await viewers_now([viewer], clock.now()) == [ANONYMOUS]


def test_what_may_be_done_for_another_is_this_and_nothing_else() -> None:
    for_everybody = {
        body.__name__ for body, kinds in _FOR_ANOTHER.items() if kinds == set(DelegationKind)
    }
    assert for_everybody == {
        "agree_appointment",
        "agree_plan",
        "amend_order",
        "ask_stand_in",
        "award_order",
        "block_user",
        "book_talk",
        "cancel_meeting",
        "cancel_appointment",
        "cancel_talk",
        "choose_meeting",
        "choose_nominee",
        "confirm_meeting",
        "confirm_appointment",
        "copy_order",
        "correct_talk_answers",
        "create_order",
        "draft_contract",
        "end_plan",
        "mark_notifications_read",
        "move_meeting",
        "propose_meetings",
        "record_meeting",
        "mark_read",
        "move_appointment",
        "plan_appointments",
        "propose_appointment",
        "release_order",
        "renew_order",
        "report_message",
        "report_user",
        "send_inquiry",
        "send_message",
        "take_over_needs",
        "unblock_user",
        "update_order",
        "update_profile",
        "withdraw_order",
        "approve_funding_source",
        "change_funding_source",
        "end_funding_source",
        "fund_contract",
        "record_funding_source",
        "refuse_funding_source",
        "withdraw_funding_source",
    }
    for_guardians = {body.__name__ for body, kinds in _FOR_ANOTHER.items() if kinds == {GUARDIAN}}
    assert for_guardians == {"consent_to_contract", "end_contract"}
    said = {GUARDIAN, DelegationKind.CUSTOMER_SERVICE}
    for_the_desk = {body.__name__ for body, kinds in _FOR_ANOTHER.items() if kinds == said}
    assert for_the_desk == {"give_consents", "withdraw_consent"}
    assert len(_FOR_ANOTHER) == len(for_everybody) + len(for_guardians) + len(for_the_desk)


async def test_both_have_to_agree_to_the_present_texts(place: Place) -> None:
    seeker = await make_seeker(place)
    helper, delegation, secret = await acting(place, seeker)
    for person in (seeker, helper):
        texts = await Consent.filter(user_id=person.id, withdrawn_at__isnull=True)
        await Consent.filter(user_id=person.id).update(withdrawn_at=clock.now())
        viewer = await viewer_acting(secret, delegation.id, clock.now())
        with pytest.raises(ConsentOwed):
            await create_order(viewer, None, weekly())
        for row in texts:
            await Consent.filter(id=row.id).update(withdrawn_at=None)
    viewer = await viewer_acting(secret, delegation.id, clock.now())
    assert not viewer.owes


async def test_the_same_key_of_another_actor_is_another_request(place: Place) -> None:
    seeker, other = await make_seeker(place), await make_seeker(place)
    _helper, delegation, secret = await acting(place, seeker)
    second, for_other, _ = await acting(place, other)
    viewer = await viewer_acting(secret, delegation.id, clock.now())
    mine = await create_order(viewer, "key-1", weekly())
    again = await create_order(viewer, "key-1", weekly())
    own = await create_order(await viewer_for(seeker), "key-1", weekly())
    assert mine.id == again.id != own.id
    _session, token_of_second = await open_session(second.id, KEYS, clock.now())
    theirs = await create_order(
        await viewer_acting(token_of_second, for_other.id, clock.now()), "key-1", weekly()
    )
    assert theirs.seeker_id == other.id


async def test_a_guardian_agrees_and_withdraws_and_both_are_written_down(place: Place) -> None:
    seeker = await make_seeker(place)
    helper, delegation, secret = await acting(place, seeker, GUARDIAN)
    viewer = await viewer_acting(secret, delegation.id, clock.now())
    await withdraw_consent(viewer, None, ConsentKind.HEALTH_DATA)
    viewer = await viewer_acting(secret, delegation.id, clock.now())
    assert viewer.owes
    given = [Agreed(ConsentKind.HEALTH_DATA, VERSIONS[ConsentKind.HEALTH_DATA])]
    await give_consents(viewer, None, given, Language.DE)
    rows = await Consent.filter(user_id=seeker.id, kind=ConsentKind.HEALTH_DATA).order_by("id")
    assert [(each.actor_id, each.withdrawn_by_id) for each in rows] == [
        (None, helper.id),
        (helper.id, None),
    ]
