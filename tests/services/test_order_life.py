"""What becomes of an order besides its release: needs, amendments, copies, renewal and its end."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import (
    DateInPast,
    NotFound,
    OrderIncomplete,
    QualityNeedsReason,
    RenewalUseless,
    Stale,
    StateRefused,
)
from domain.states import MatchState, OrderState
from domain.window import Window
from models.database import fetch, transaction
from models.district import District
from models.match import Match
from models.order import Order, parts_of
from models.outbox import Outbox
from models.user import Need
from services import clock
from services.match import accept_order, decline_order
from services.order import (
    MATCH_JOB,
    REMIND_JOB,
    amend_order,
    copy_order,
    create_order,
    release_order,
    renew_order,
    take_over_needs,
    update_order,
    withdraw_order,
)
from services.order_draft import Asked, OrderPatch
from services.order_end import expire_orders, remind
from tests.people import SHOPPING, Place
from tests.services.scenes import answering, draft, history, once, released, seeker_of, suggest
from tests.staging import everything

COOKING, WASHING = "HAU_KOCHEN", "GRU_WASCHEN"
Jobs = Callable[[], Awaitable[int]]


def must(code: str) -> Asked:
    return Asked(code, must=True)


def wish(code: str) -> Asked:
    return Asked(code, must=False)


async def mails() -> list[str]:
    return [row["kind"] for row in await fetch("SELECT kind FROM messages ORDER BY created_at")]


async def test_somebody_else_s_order_is_not_there(place: Place) -> None:
    order = await draft(await seeker_of(place))
    stranger = await seeker_of(place)
    before = await everything()
    by_id = (release_order, withdraw_order, take_over_needs, copy_order, renew_order)
    with_patch = (update_order, amend_order)
    for call in (
        *(each(stranger, None, order.id, {}) for each in with_patch),
        *(each(stranger, None, order.id) for each in by_id),
    ):
        with pytest.raises(NotFound) as refused:
            await call
        assert refused.value.field == "orderId"
    assert await everything() == before


async def test_needs_are_added_to_what_was_chosen_and_twice_is_as_once(place: Place) -> None:
    seeker = await seeker_of(place)
    await Need.create(seeker_id=seeker.id, activity_id=WASHING)
    order = await draft(seeker, activities=(COOKING,))
    order = await take_over_needs(seeker, None, order.id, 1)
    assert (await parts_of(order.id)).activities == {COOKING, SHOPPING, WASHING}
    assert order.version == 2
    assert (await take_over_needs(seeker, None, order.id)).version == 2
    assert await Need.filter(seeker_id=seeker.id).count() == 2  # the profile stays as it is
    with pytest.raises(Stale):
        await take_over_needs(seeker, None, order.id, 1)
    await release_order(seeker, None, order.id)
    with pytest.raises(StateRefused):
        await take_over_needs(seeker, None, order.id)


async def test_qualities_are_kept_as_they_are_said_last(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await draft(
        seeker, qualities=(Asked("SPR_EN", must=True), Asked("ART_RUHIG", must=False))
    )
    parts = await parts_of(order.id)
    assert parts.must == {"SPR_EN"}
    assert parts.wishes == {"ART_RUHIG"}
    said = (
        Asked("SPR_EN", must=False),
        Asked("ALL_TIERE", must=True),
        Asked("ALL_TIERE", must=False),
    )
    await update_order(seeker, None, order.id, {"qualities": said})
    parts = await parts_of(order.id)
    assert parts.must == {"ALL_TIERE"}
    assert parts.wishes == {"SPR_EN"}


async def test_a_gender_is_asked_for_with_body_near_help_or_a_reason(place: Place) -> None:
    seeker = await seeker_of(place)
    woman = (must("GES_FRAU"),)
    order = await draft(seeker)
    before = await everything()
    with pytest.raises(QualityNeedsReason):
        await update_order(seeker, None, order.id, {"qualities": woman})
    assert await everything() == before
    await update_order(seeker, None, order.id, {"qualities": woman, "personal_reason": True})
    body_near: OrderPatch = {"activities": (WASHING,), "personal_reason": False}
    await update_order(seeker, None, order.id, body_near)
    with pytest.raises(QualityNeedsReason):
        await update_order(seeker, None, order.id, {"activities": (SHOPPING,)})


async def test_an_amendment_of_the_words_leaves_every_answer_as_it_is(place: Place) -> None:
    seeker, order, helpers, matches = await answering(place, 3)
    await accept_order(helpers[0], None, matches[0].id)
    await decline_order(helpers[1], None, matches[1].id)
    amended = await amend_order(seeker, None, order.id, {"description": "Hilfe am Vormittag"})
    assert (amended.state, amended.description) == (OrderState.IN_PROGRESS, "Hilfe am Vormittag")
    await suggest(order.id)
    states = [(await Match.get(id=each.id)).state for each in matches]
    assert states == [MatchState.ACCEPTED, MatchState.DECLINED, MatchState.SUGGESTED]


async def test_other_times_ask_everybody_again(place: Place) -> None:
    seeker, order, helpers, matches = await answering(place, 3)
    await accept_order(helpers[0], None, matches[0].id)
    await decline_order(helpers[1], None, matches[1].id)
    windows = (Window(2, "08:00", "12:00"), Window(4, "08:00", "12:00"))
    amended = await amend_order(seeker, None, order.id, {"windows": windows})
    assert amended.state is OrderState.RELEASED  # nobody is held to a yes to other times
    assert (await Match.get(id=matches[0].id)).state is MatchState.SUGGESTED
    assert await suggest(order.id) == 1
    assert {(await Match.get(id=each.id)).state for each in matches} == {MatchState.SUGGESTED}
    assert await history(matches[1].id) == ["SUGGEST", "DECLINE_ORDER", "SUGGEST_AGAIN"]
    await decline_order(helpers[1], None, matches[1].id)
    await suggest(order.id)  # the same times: not asked a third time
    assert (await Match.get(id=matches[1].id)).state is MatchState.DECLINED


async def test_an_amendment_that_could_not_be_released_changes_nothing(place: Place) -> None:
    seeker, order, _helpers, _matches = await answering(place, 1)
    before = await everything()
    with pytest.raises(OrderIncomplete):
        await amend_order(seeker, None, order.id, {"activities": ()})
    with pytest.raises(Stale):
        await amend_order(seeker, None, order.id, {}, order.version + 1)
    assert await everything() == before
    unfinished = await draft(seeker)
    with pytest.raises(StateRefused):
        await amend_order(seeker, None, unfinished.id, {"description": "Hilfe"})


async def test_who_changes_nothing_leaves_the_version_for_another_tab(place: Place) -> None:
    seeker, order, _helpers, _matches = await answering(place, 1)
    begun = await draft(seeker)
    before = await everything()
    await amend_order(seeker, None, order.id, {"description": order.description}, order.version)
    await update_order(seeker, None, begun.id, {}, begun.version)
    assert await everything() == before


async def test_twenty_amendments_in_a_second_are_one_run(place: Place, run_jobs: Jobs) -> None:
    seeker = await seeker_of(place)
    order = await released(seeker)
    await run_jobs()
    for number in range(20):
        await amend_order(seeker, None, order.id, {"description": f"Hilfe {number}"})
    waiting = await Outbox.filter(kind=MATCH_JOB, state=0)
    assert len(waiting) == 1
    assert waiting[0].available_at > datetime.now(UTC)


async def test_a_copy_is_a_draft_of_its_own_without_dates_that_are_over(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await released(seeker, qualities=(must("SPR_EN"),))
    await Order.filter(id=order.id).update(start_date=clock.today())
    assert (await copy_order(seeker, None, order.id)).start_date == clock.today(), "not over"
    await Order.filter(id=order.id).update(start_date=clock.today() - timedelta(days=1))
    await withdraw_order(seeker, None, order.id)
    copy = await copy_order(seeker, None, order.id)
    assert (copy.state, copy.version, copy.start_date) == (OrderState.DRAFT, 1, None)
    assert (copy.description, copy.count) == (order.description, order.count)
    assert await parts_of(copy.id) == await parts_of(order.id)
    await update_order(seeker, None, copy.id, {"description": "anders"})
    assert (await Order.get(id=order.id)).description == order.description


async def test_an_order_ends_by_itself_with_all_its_matches(place: Place) -> None:
    _seeker, order, helpers, matches = await answering(place, 2)
    await accept_order(helpers[0], None, matches[0].id)
    assert order.expires_at is not None
    later = order.expires_at + timedelta(minutes=1)
    try:
        clock.use(lambda: later)
        async with transaction():
            assert await expire_orders() == 1
        async with transaction():
            assert await expire_orders() == 0
    finally:
        clock.use(None)
    assert (await Order.get(id=order.id)).state is OrderState.EXPIRED
    states = [(await Match.get(id=each.id)).state for each in matches]
    assert states == [MatchState.WITHDRAWN, MatchState.LAPSED]
    assert sorted(await mails()) == ["order_accepted", "order_closed", "order_expired"]


async def test_renewing_moves_the_end_and_the_reminder_of_the_old_one_is_void(
    place: Place,
) -> None:
    seeker = await seeker_of(place)
    order = await released(seeker)
    ends = order.expires_at
    assert ends is not None
    assert ends == (order.released_at or ends) + timedelta(days=60)
    await District.filter(key=place.municipality.district_id).update(order_days=90)
    renewed = await renew_order(seeker, None, order.id)
    assert renewed.expires_at is not None
    assert renewed.expires_at > ends + timedelta(days=30)
    assert renewed.version == order.version + 1
    async with transaction():
        assert not await remind(order.id, ends)
        assert await remind(order.id, renewed.expires_at)
    assert await mails() == ["order_expires"]
    due = [row.available_at for row in await Outbox.filter(kind=REMIND_JOB)]
    assert sorted(due) == [each - timedelta(days=7) for each in (ends, renewed.expires_at)]
    await withdraw_order(seeker, None, order.id)
    async with transaction():
        assert not await remind(order.id, renewed.expires_at)
    with pytest.raises(StateRefused):
        await renew_order(seeker, None, order.id)


async def test_a_single_date_is_the_end_of_its_order(place: Place) -> None:
    seeker = await seeker_of(place)
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)
    order = await create_order(seeker, None, once(starts_at=at))
    order = await release_order(seeker, None, order.id)
    assert order.expires_at == at
    assert not await Outbox.filter(kind=REMIND_JOB).exists()  # nobody is reminded of tomorrow
    before = await everything()
    with pytest.raises(RenewalUseless):
        await renew_order(seeker, None, order.id)
    assert await everything() == before
    with pytest.raises(DateInPast):
        await amend_order(seeker, None, order.id, {"starts_at": at - timedelta(days=5)})
