"""One key, one effect, one answer."""

from dataclasses import replace
from uuid import UUID

import pytest

from domain.errors import DomainError, IdempotencyConflict, NotFound
from domain.states import MatchState, OrderState
from domain.viewer import ANONYMOUS, Viewer
from models.idempotency import IdempotencyKey
from models.match import Match
from models.order import Order
from models.session import Session
from services.match import accept_order, withdraw_acceptance
from services.order import create_order, release_order, update_order, withdraw_order
from services.session import token_of
from services.use_case import kept_answer, use_case
from services.user import sign_in, sign_out
from tests.people import Place, make_assistant, viewer_for
from tests.services.keyed import KEY, PASSWORD, Prepare, account, by_case, told
from tests.services.scenes import KEYS, asked, draft, gate, released, seeker_of, weekly
from tests.staging import everything


@by_case
async def test_the_same_key_and_input_have_one_effect_and_one_answer(
    place: Place, prepare: Prepare
) -> None:
    viewer, call, _other = await prepare(place)
    first = told(await call(viewer, KEY))
    after = await everything()
    for _ in range(3):
        assert told(await call(viewer, KEY)) == first
    assert await everything() == after
    assert await IdempotencyKey.all().count() == 1


@by_case
async def test_the_same_key_with_another_input_is_a_conflict(
    place: Place, prepare: Prepare
) -> None:
    viewer, call, other = await prepare(place)
    await call(viewer, KEY)
    after = await everything()
    with pytest.raises(IdempotencyConflict) as refused:
        await other(viewer, KEY)
    assert refused.value.field == "idempotencyKey"
    assert await everything() == after
    await other(viewer, KEY + "2")
    assert await everything() != after


async def test_the_same_key_for_another_use_case_is_a_conflict(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await draft(seeker)
    await release_order(seeker, KEY, order.id)
    with pytest.raises(IdempotencyConflict):
        await withdraw_order(seeker, KEY, order.id)
    assert (await Order.get(id=order.id)).state is OrderState.RELEASED


async def test_the_same_key_of_another_person_is_another_request(place: Place) -> None:
    first, second = await seeker_of(place), await seeker_of(place)
    made = {told(await create_order(who, KEY, weekly())) for who in (first, second, first)}
    assert len(made) == 2
    assert await Order.filter(seeker_id=second.id).count() == 1


async def test_without_a_key_every_request_has_its_effect(place: Place) -> None:
    seeker = await seeker_of(place)
    made = {told(await create_order(seeker, None, weekly())) for _ in range(3)}
    assert len(made) == 3
    assert not await IdempotencyKey.exists()


async def test_arguments_by_position_by_name_and_by_default_are_one_input(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await draft(seeker)
    first = told(await release_order(seeker, KEY, order.id))
    assert told(await release_order(seeker, KEY, order.id, None)) == first
    assert told(await release_order(seeker, KEY, order_id=order.id, if_version=None)) == first
    with pytest.raises(IdempotencyConflict):
        await release_order(seeker, KEY, order.id, 1)


async def test_a_refusal_is_repeated_with_all_its_problems(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await create_order(seeker, None, {"description": ""})
    before = await everything()
    seen = []
    for _ in range(2):
        with pytest.raises(DomainError) as refused:
            await release_order(seeker, KEY, order.id)
        seen.append([(each.code, each.field, each.params) for each in refused.value.problems])
    assert seen[0] == seen[1]
    assert len(seen[0]) > 3
    assert await everything() == before
    await update_order(seeker, None, order.id, weekly())
    with pytest.raises(DomainError):  # what was answered stays answered
        await release_order(seeker, KEY, order.id)
    assert (await release_order(seeker, KEY + "2", order.id)).state is OrderState.RELEASED


async def test_a_refusal_undoes_what_was_written_before_it(place: Place) -> None:
    seeker = await seeker_of(place)

    @use_case
    async def change_and_refuse(viewer: Viewer, order_id: UUID) -> None:
        await Order.filter(id=order_id).update(description="halb getan")
        raise NotFound(field="half")

    order = await draft(seeker)
    for key in (KEY, KEY, None):
        with pytest.raises(NotFound) as refused:
            await change_and_refuse(seeker, key, order.id)
        assert refused.value.field == "half"
    assert (await Order.get(id=order.id)).description != "halb getan"


async def test_the_anonymous_leave_no_refusal_behind(place: Place) -> None:
    for number in range(3):
        with pytest.raises(DomainError):
            await create_order(ANONYMOUS, f"{KEY}{number}", weekly())
    assert not await IdempotencyKey.exists()


async def test_a_repeat_gives_state_and_version_of_the_first_answer(place: Place) -> None:
    helper, seeker = await make_assistant(place), await seeker_of(place)
    order = await draft(seeker)
    first = told(await release_order(seeker, KEY, order.id))
    await withdraw_order(seeker, None, order.id)
    assert told(await release_order(seeker, KEY, order.id)) == first
    assert first[1:] == (OrderState.RELEASED, 2)
    other = await released(seeker)
    (match,) = await asked(other.id, helper)
    viewer = await viewer_for(helper)
    accepted = await accept_order(viewer, KEY, match.id)
    await withdraw_acceptance(viewer, None, match.id)
    again = await accept_order(viewer, KEY, match.id)
    assert told(again) == told(accepted)
    assert again.state is MatchState.ACCEPTED
    assert (await Match.get(id=match.id)).state is MatchState.WITHDRAWN


async def test_a_repeat_about_something_deleted_is_not_found(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await create_order(seeker, KEY, weekly())
    await Order.filter(id=order.id).delete()
    with pytest.raises(NotFound):
        await create_order(seeker, KEY, weekly())


async def test_a_repeated_sign_in_gives_the_same_token_whatever_came_with_it(
    place: Place,
) -> None:
    user = await account(place)
    first = await sign_in(ANONYMOUS, KEY, user.email, PASSWORD, gate())
    token = token_of(first.id, KEYS)
    signed_in = replace(await viewer_for(user), session_id=first.id)
    for viewer in (ANONYMOUS, signed_in):
        again = await sign_in(viewer, KEY, user.email.upper(), PASSWORD, gate())
        assert token_of(again.id, KEYS) == token
    assert await Session.all().count() == 1
    other = await sign_in(signed_in, KEY + "2", user.email, PASSWORD, gate())
    assert other.id != first.id
    assert await Session.filter(revoked_at=None).values_list("id", flat=True) == [other.id]


async def test_a_sign_in_key_is_the_account_s_own(place: Place) -> None:
    first, second = await account(place), await account(place)
    sessions = [
        await sign_in(ANONYMOUS, KEY, user.email, PASSWORD, gate()) for user in (first, second)
    ]
    assert [each.user_id for each in sessions] == [first.id, second.id]


async def test_signing_out_twice_with_one_key_is_one_end(place: Place) -> None:
    user = await account(place)
    session = await sign_in(ANONYMOUS, None, user.email, PASSWORD, gate())
    viewer = replace(await viewer_for(user), session_id=session.id)
    for _ in range(2):
        await sign_out(viewer, KEY)
    assert (await Session.get()).revoked_at is not None


async def test_a_sign_out_key_ends_no_later_session(place: Place) -> None:
    user = await account(place)
    first, second = [await sign_in(ANONYMOUS, None, user.email, PASSWORD, gate()) for _ in range(2)]
    await sign_out(replace(await viewer_for(user), session_id=first.id), KEY)
    with pytest.raises(IdempotencyConflict):
        await sign_out(replace(await viewer_for(user), session_id=second.id), KEY)


async def test_only_a_repeat_finds_what_was_answered(place: Place) -> None:
    seeker, other = await seeker_of(place), await seeker_of(place)
    order = await draft(seeker)
    first = await release_order(seeker, KEY, order.id)
    found = await kept_answer(release_order, seeker, KEY, order.id)
    assert found is not None
    assert told(found.outcome) == told(first)
    assert await kept_answer(release_order, seeker, None, order.id) is None
    assert await kept_answer(release_order, seeker, KEY + "2", order.id) is None
    assert await kept_answer(release_order, seeker, KEY, order.id, 1) is None
    assert await kept_answer(release_order, other, KEY, order.id) is None
    assert await kept_answer(withdraw_order, seeker, KEY, order.id) is None


async def test_a_refusal_that_was_answered_is_found_as_one(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await create_order(seeker, None, {"description": ""})
    with pytest.raises(DomainError) as first:
        await release_order(seeker, KEY, order.id)
    with pytest.raises(DomainError) as again:
        await kept_answer(release_order, seeker, KEY, order.id)
    assert [each.code for each in again.value.problems] == [
        each.code for each in first.value.problems
    ]
