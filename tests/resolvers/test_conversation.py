"""Conversations through the graph: both sides read what the other wrote, live."""

from models.conversation import Conversation
from models.user import User
from services.conversation import send_message
from services.match import accept_order
from tests.graph import As
from tests.people import Place
from tests.services.scenes import answering

SEEN = """query($id: ID!) { conversation(id: $id) {
  unreadCount open messages { totalCount nodes { mine text isRead warnings { code } } } } }"""


async def test_each_side_reads_its_own_view(as_: As, place: Place) -> None:
    seeker, _order, helpers, matches = await answering(place, 1)
    await accept_order(helpers[0], None, matches[0].id)
    talk = await Conversation.get(match_id=matches[0].id)
    await send_message(seeker, None, talk.id, "Rufen Sie 05551 123456 an.")
    key = f"conversation_03155_{talk.id.hex}"
    helper = await as_(await User.get(id=helpers[0].id))
    owner = await as_(await User.get(id=seeker.id))
    seen = (await helper.data(SEEN, id=key))["conversation"]
    assert (seen["unreadCount"], seen["open"]) == (1, True)
    (message,) = seen["messages"]["nodes"]
    assert message == {
        "mine": False,
        "text": "Rufen Sie 05551 123456 an.",
        "isRead": False,
        "warnings": [{"code": "PHONE"}],
    }
    await send_message(helpers[0], None, talk.id, "Mache ich.")
    seen = (await owner.data(SEEN, id=key))["conversation"]
    assert seen["unreadCount"] == 1
    assert [each["mine"] for each in seen["messages"]["nodes"]] == [False, True]
    assert (await (await as_(place.officer)).data(SEEN, id=key))["conversation"] is None


async def test_reading_is_a_mutation_and_counts_for_the_other_side(as_: As, place: Place) -> None:
    seeker, _order, helpers, matches = await answering(place, 1)
    await accept_order(helpers[0], None, matches[0].id)
    talk = await Conversation.get(match_id=matches[0].id)
    message = await send_message(seeker, None, talk.id, "Guten Tag")
    helper = await as_(await User.get(id=helpers[0].id))
    said = {
        "conversationId": f"conversation_03155_{talk.id.hex}",
        "messageId": f"message_03155_{message.id.hex}",
    }
    read = await helper.do("markRead", said, "... on Conversation { unreadCount }")
    assert read["unreadCount"] == 0
    answer = await helper.do(
        "sendMessage",
        {"conversationId": said["conversationId"], "text": " "},
        "... on Message { id }",
    )
    assert (answer["code"], answer["field"]) == ("FIELD_REQUIRED", "text")
