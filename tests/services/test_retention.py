"""What is forgotten once its time is over, and what stays."""

from datetime import timedelta
from uuid import UUID

from domain.ids import uuid7
from domain.report import ReportReason
from models.contract import Contract
from models.conversation import Conversation
from models.database import transaction
from models.found_count import FoundCount
from models.match import Match
from models.message import Message, MessageState
from models.notification import Notification
from models.order import Order
from notifications.message import MailKind, announce_again
from services import clock
from services.block import block_user
from services.commission import award_order
from services.contract import draft_contract
from services.conversation import forget_conversations, send_message
from services.match import accept_order, decline_order
from services.order import update_order, withdraw_order
from services.replay import found_between
from services.report import handle_report, report_message
from services.retention import (
    DRAFT_KEPT,
    KEPT,
    forget_counts,
    forget_drafts,
    forget_matches,
    forget_news,
    forget_orders,
)
from tests.people import Place, make_assistant, viewer_for
from tests.services.contracting import agreed, met, terms
from tests.services.scenes import answering, draft, seeker_of

DAY = timedelta(days=1)


async def left() -> set[UUID]:
    return set(await Match.all().values_list("id", flat=True))  # type: ignore[arg-type]  # of one column


async def test_an_order_that_ended_goes_with_all_that_hung_on_it(
    owner_url: str, place: Place
) -> None:
    both = await met(owner_url, place)
    await draft_contract(both.seeker, None, both.match, terms())
    await withdraw_order(both.seeker, None, both.order)
    async with transaction():
        before = clock.now() + KEPT - DAY
        assert await forget_matches(before) == await forget_orders(before) == 0
        after = clock.now() + KEPT + DAY
        assert await forget_orders(after) == 0, "its matches go first"
        assert await forget_matches(after) == 1
        assert await forget_orders(after) == 1
    assert not await Contract.exists()
    assert not await Conversation.exists()


async def test_whoever_said_no_is_remembered_as_long_as_the_order_asks(place: Place) -> None:
    _seeker, _order, (helper, *_), (match, *_) = await answering(place, 1)
    await accept_order(helper, None, match.id)
    await decline_order(helper, None, match.id)
    after = clock.now() + KEPT + DAY
    async with transaction():
        assert await forget_matches(after) == 0
        assert await forget_conversations(after) == 1, "what was written goes all the same"
    assert await left() == {match.id}


async def test_a_contract_stays_and_the_others_go_from_the_end_on(
    owner_url: str, place: Place
) -> None:
    waiting = await make_assistant(place)
    both, contract = await agreed(owner_url, place)
    other = await Match.create(order_id=both.order, kind="ASSISTANT", assistant_id=waiting.id)
    await Match.filter(id=other.id).update(state="LAPSED")
    async with transaction():
        after = clock.now() + KEPT + DAY
        assert await forget_matches(after) == 1
        assert await forget_orders(after) == 0
    assert await left() == {both.match}
    assert await Contract.exists(id=contract.id)


async def test_the_end_counts_and_not_the_yes_before_it(place: Place) -> None:
    seeker, _order, (helper, *_), (match, *_) = await answering(place, 1)
    await accept_order(helper, None, match.id)
    await award_order(seeker, None, match.id)
    long_ago = clock.now() - KEPT - DAY
    await Match.filter(id=match.id).update(decided_at=long_ago, created_at=long_ago)
    await Conversation.filter(match_id=match.id).update(created_at=long_ago)
    await block_user(seeker, None, match.id)
    async with transaction():
        assert await forget_conversations(clock.now()) == 0
        assert await forget_conversations(clock.now() + KEPT + DAY) == 1


async def test_the_report_of_the_year_still_counts_what_is_gone(place: Place) -> None:
    seeker, order, (helper, *_), (match, *_) = await answering(place, 2)
    await accept_order(helper, None, match.id)
    await withdraw_order(seeker, None, order.id)
    # Whole months are known of what is gone, so the report is one of whole months.
    begins, ends = clock.now().replace(month=1, day=1) - 2 * DAY, clock.now() + 400 * DAY
    before = await found_between(begins, ends)
    assert {(each.found, each.accepted) for each in before} == {(1, 1), (1, 0)}
    async with transaction():
        assert await forget_matches(clock.now() + KEPT + DAY) == 2
    assert await found_between(begins, ends) == before
    assert await forget_counts(clock.now()) == 0
    assert await forget_counts(clock.now() + timedelta(days=800)) == 2
    assert not await FoundCount.exists()


async def test_drafts_go_ninety_days_after_somebody_touched_them(place: Place) -> None:
    seeker = await seeker_of(place)
    untouched, touched = await draft(seeker), await draft(seeker)
    long_ago = clock.now() - DRAFT_KEPT - DAY
    await Order.all().update(edited_at=long_ago, created_at=long_ago)
    await update_order(seeker, None, touched.id, {"description": "Hilfe"})
    async with transaction():
        assert await forget_drafts(clock.now()) == 1
    assert not await Order.exists(id=untouched.id)
    assert await Order.exists(id=touched.id)


async def test_old_news_goes_unless_it_waits_to_be_told(place: Place) -> None:
    seeker = await seeker_of(place)
    assert seeker.id is not None
    await Notification.all().delete()
    states = (MessageState.SENT, MessageState.CANCELLED, MessageState.TO_TELL, MessageState.WAITING)
    for state in states:
        async with transaction():
            news = await announce_again(MailKind.ORDER_EXPIRES, seeker.id, reference=uuid7())
        sent = {"sent_at": clock.now()} if state is MessageState.SENT else {}
        await Message.filter(notification_id=news).update(state=state, **sent)
    digest = await Message.create(
        kind="daily_digest", receiver_id=seeker.id, version=1, channel="EMAIL", state="CANCELLED"
    )
    async with transaction():
        assert await forget_news(clock.now() + KEPT - DAY) == 0
        assert await forget_news(clock.now() + KEPT + DAY) == 3
    assert not await Message.exists(id=digest.id)
    assert {each.state for each in await Message.all()} == {*states[2:]}
    assert await Notification.all().count() == 2


async def test_what_a_report_is_about_stays_until_it_is_handled(place: Place) -> None:
    seeker, order, (helper, *_), (match, *_) = await answering(place, 1)
    await accept_order(helper, None, match.id)
    talk = await Conversation.get(match_id=match.id)
    bad = await send_message(helper, None, talk.id, "Etwas Böses.")
    report = await report_message(seeker, None, bad.id, ReportReason.BEHAVIOUR, "")
    await withdraw_order(seeker, None, order.id)
    after = clock.now() + KEPT + DAY
    async with transaction():
        assert await forget_conversations(after) == await forget_matches(after) == 0
    await handle_report(await viewer_for(place.officer), None, report.id)
    async with transaction():
        assert await forget_matches(after) == 1
