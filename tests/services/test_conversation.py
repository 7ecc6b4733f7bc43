"""Conversations: the two sides alone, while the match stands, and read marks that only grow."""

import asyncio
from datetime import timedelta

import pytest

from domain.conversation import KEPT_DAYS, MOST_PER_HOUR, TEXT_LIMIT
from domain.errors import (
    ConversationClosed,
    DomainError,
    FieldRequired,
    NotFound,
    RateLimited,
    RoleNotAllowed,
    TextTooLong,
)
from domain.report import ReportReason
from domain.viewer import Viewer
from models.conversation import Conversation, ConversationMessage
from models.database import execute, transaction
from models.match import Match
from models.report import Report
from models.user import User
from services import clock
from services.block import block_user
from services.conversation import forget_conversations, mark_read, send_message
from services.match import accept_order, decline_order
from services.report import report_message
from services.session import viewer_acting
from tests.models.test_walls_states import constraint
from tests.people import Place, viewer_for
from tests.services.delegating import acting
from tests.services.scenes import answering, seeker_of
from tests.services.test_commission import by_provider, mails


async def talking(place: Place) -> tuple[Viewer, Viewer, Match, Conversation]:
    """A seeker and an assistant who has said yes."""
    seeker, _order, helpers, matches = await answering(place, 1)
    assert not await Conversation.exists()
    await accept_order(helpers[0], None, matches[0].id)
    return seeker, helpers[0], matches[0], await Conversation.get(match_id=matches[0].id)


async def test_both_sides_write_from_the_first_yes_on_and_are_told_once(place: Place) -> None:
    seeker, helper, _match, talk = await talking(place)
    first = await send_message(seeker, None, talk.id, "  Guten Tag\n ")
    await send_message(seeker, None, talk.id, "Sind Sie da?")
    assert first.text == "Guten Tag"
    assert await mails("new_message") == {helper.id}
    await mark_read(helper, None, talk.id, first.id)
    assert (await ConversationMessage.get(id=first.id)).read_at is not None
    assert await ConversationMessage.filter(read_at__isnull=True).count() == 1
    answer = await send_message(helper, None, talk.id, "Ja.")
    assert await mails("new_message") == {helper.id, seeker.id}
    await mark_read(seeker, None, talk.id, first.id)  # one's own words need no mark
    assert (await ConversationMessage.get(id=answer.id)).read_at is None


async def test_a_read_mark_only_grows(place: Place) -> None:
    seeker, helper, _match, talk = await talking(place)
    sent = [await send_message(seeker, None, talk.id, str(number)) for number in range(3)]
    await mark_read(helper, None, talk.id, sent[1].id)
    at = (await ConversationMessage.get(id=sent[0].id)).read_at
    await mark_read(helper, None, talk.id, sent[0].id)
    await mark_read(helper, None, talk.id, sent[1].id)
    assert (await ConversationMessage.get(id=sent[0].id)).read_at == at
    assert (await ConversationMessage.get(id=sent[2].id)).read_at is None


async def test_nobody_else_reads_or_writes(place: Place) -> None:
    seeker, _helper, _match, talk = await talking(place)
    message = await send_message(seeker, None, talk.id, "Nur für Sie.")
    officer = await viewer_for(place.officer)
    with pytest.raises(RoleNotAllowed):
        await send_message(officer, None, talk.id, "Guten Tag")
    for stranger in (await seeker_of(place), officer):
        assert not await Conversation.visible_to(stranger).exists()
        assert not await ConversationMessage.visible_to(stranger).exists()
    stranger = await seeker_of(place)
    with pytest.raises(NotFound):
        await send_message(stranger, None, talk.id, "Guten Tag")
    with pytest.raises(NotFound):
        await mark_read(stranger, None, talk.id, message.id)


async def test_every_coordinator_of_the_provider_speaks_for_it(place: Place) -> None:
    seeker, _order, coordinator, match = await by_provider(place)
    talk = await Conversation.get(match_id=match.id)
    await send_message(coordinator, None, talk.id, "Wir melden uns.")
    await send_message(seeker, None, talk.id, "Gern.")
    assert await mails("new_message") == {seeker.id, coordinator.id}


async def test_whoever_acts_for_the_seeker_is_named_as_the_author(place: Place) -> None:
    seeker, _helper, _match, talk = await talking(place)
    relative, delegation, secret = await acting(place, await User.get(id=seeker.id))
    viewer = await viewer_acting(secret, delegation.id, clock.now())
    message = await send_message(viewer, None, talk.id, "Ich schreibe für sie.")
    assert (message.author_id, message.principal_id) == (relative.id, seeker.id)


@pytest.mark.parametrize(("text", "refusal"), [(" \n", FieldRequired), ("x" * 2001, TextTooLong)])
async def test_what_cannot_be_kept_is_refused(
    place: Place, text: str, refusal: type[DomainError]
) -> None:
    seeker, _helper, _match, talk = await talking(place)
    with pytest.raises(refusal):
        await send_message(seeker, None, talk.id, text)
    assert len((await send_message(seeker, None, talk.id, "x" * TEXT_LIMIT)).text) == TEXT_LIMIT


async def test_an_ended_match_is_read_but_not_written_in(place: Place) -> None:
    seeker, helper, match, talk = await talking(place)
    await send_message(seeker, None, talk.id, "Guten Tag")
    await decline_order(helper, None, match.id)
    for viewer in (seeker, helper):
        with pytest.raises(ConversationClosed):
            await send_message(viewer, None, talk.id, "Schade.")
        assert await ConversationMessage.visible_to(viewer).count() == 1


async def test_a_block_and_a_stopped_account_end_the_writing(place: Place) -> None:
    seeker, helper, _match, talk = await talking(place)
    await execute("UPDATE users SET state = 'SUSPENDED' WHERE id = $1", helper.id)
    with pytest.raises(ConversationClosed):
        await send_message(seeker, None, talk.id, "Guten Tag")
    seeker, helper, match, talk = await talking_again(place)
    await block_user(helper, None, match.id)
    with pytest.raises(ConversationClosed):
        await send_message(seeker, None, talk.id, "Guten Tag")


async def talking_again(place: Place) -> tuple[Viewer, Viewer, Match, Conversation]:
    seeker, _order, helpers, matches = await answering(place, 1)
    await accept_order(helpers[0], None, matches[0].id)
    return seeker, helpers[0], matches[0], await Conversation.get(match_id=matches[0].id)


async def test_sixty_in_an_hour_are_enough(place: Place) -> None:
    seeker, _helper, _match, talk = await talking(place)
    await execute(
        "INSERT INTO conversation_messages (id, conversation_id, side, author_id, text, sent_at) "
        "SELECT portal_uuid7(), $1, 'SEEKER', $2, 'x', now() FROM generate_series(1, $3)",
        talk.id,
        seeker.id,
        MOST_PER_HOUR,
    )
    with pytest.raises(RateLimited) as refused:
        await send_message(seeker, None, talk.id, "Noch eine.")
    assert 0 < int(refused.value.params["seconds"]) <= 3600


async def test_customer_service_reads_the_reported_message_and_no_other(place: Place) -> None:
    seeker, helper, _match, talk = await talking(place)
    await send_message(helper, None, talk.id, "Etwas Freundliches.")
    bad = await send_message(helper, None, talk.id, "Etwas Böses.")
    await report_message(seeker, None, bad.id, ReportReason.BEHAVIOUR, "")
    report = await Report.get().prefetch_related("message")
    assert (report.subject_id, report.message_id) == (helper.id, bad.id)
    with pytest.raises(NotFound):
        await report_message(helper, None, bad.id, ReportReason.BEHAVIOUR, "")


@pytest.mark.parametrize("attempt", range(4))
async def test_a_message_and_the_end_of_the_match_at_once_leave_no_message_behind_the_end(
    place: Place, attempt: int
) -> None:
    seeker, helper, match, talk = await talking(place)
    calls = [
        send_message(seeker, None, talk.id, "Guten Tag"),
        decline_order(helper, None, match.id),
    ]
    found = await asyncio.gather(
        *(calls if attempt % 2 else reversed(calls)), return_exceptions=True
    )
    assert all(isinstance(each, (ConversationMessage, Match, ConversationClosed)) for each in found)
    refused = any(isinstance(each, ConversationClosed) for each in found)
    assert await ConversationMessage.exists() is not refused


async def test_the_database_takes_no_message_of_an_ended_match_and_rewrites_none(
    place: Place,
) -> None:
    seeker, helper, match, talk = await talking(place)
    message = await send_message(seeker, None, talk.id, "Guten Tag")
    sql = "UPDATE conversation_messages SET text = 'anders' WHERE id = $1"
    assert await constraint(sql, message.id) == "append_only"
    await decline_order(helper, None, match.id)
    sql = (
        "INSERT INTO conversation_messages (id, conversation_id, side, text, sent_at) "
        "VALUES (portal_uuid7(), $1, 'SEEKER', 'x', now())"
    )
    assert await constraint(sql, talk.id) == "message_while_match_stands"


async def test_what_was_written_goes_six_months_after_the_end(place: Place) -> None:
    seeker, helper, match, talk = await talking(place)
    await send_message(seeker, None, talk.id, "Guten Tag")
    later = clock.now() + timedelta(days=KEPT_DAYS + 1)
    async with transaction():
        assert await forget_conversations(later) == 0
    await decline_order(helper, None, match.id)
    async with transaction():
        assert await forget_conversations(clock.now() + timedelta(days=KEPT_DAYS - 1)) == 0
        assert await forget_conversations(later) == 1
    assert not await ConversationMessage.exists()
