"""News through the graph: what was told, whether it arrived, and what comes live."""

from typing import Any

from domain.ids import uuid7
from domain.viewer import Role
from models.database import transaction
from models.message import Message, MessageState, finish
from models.notification import Notification
from models.user import User
from notifications.message import MailKind, announce, announce_again
from services import clock
from services.commission import award_order
from services.match import accept_order, decline_order
from tests.graph import As, Client
from tests.people import Place, make_seeker, make_user
from tests.resolvers.test_live import Open, _next, follow
from tests.services.scenes import answering

__all__ = ["follow"]

LIST = """query($where: NotificationFilter) { unreadNotifications
  notifications(where: $where) { totalCount nodes {
    id kind topic topicLabel title text state createdAt readAt
    deliveries { channel channelLabel state stateLabel at } } } }"""
ABOUT = """query($kind: String!) { notifications(where: {kind: [$kind]}) { nodes {
    order { id } match { id state } meeting { id } contract { id } appointment { id } } } }"""
LIVE = """subscription($after: String) { notificationAdded(after: $after) { __typename
  ... on UnreadNotifications { eventId unread }
  ... on NotificationAdded { eventId unread notification { kind title state } }
  ... on ResyncRequired { eventId } } }"""


async def tell(user: User, kind: MailKind) -> None:
    async with transaction():
        await announce_again(kind, user.id)


async def shown(client: Client, **where: Any) -> list[dict[str, Any]]:
    data = await client.data(LIST, where=where)
    assert data["notifications"]["totalCount"] == len(data["notifications"]["nodes"])
    found: list[dict[str, Any]] = data["notifications"]["nodes"]
    return found


async def test_what_was_told_is_a_list_with_what_became_of_it(place: Place, as_: As) -> None:
    user, other = await make_seeker(place), await make_seeker(place)
    await Notification.all().delete()
    for kind in (MailKind.ORDER_EXPIRES, MailKind.PASSWORD_CHANGED):
        await tell(user, kind)
    await tell(other, MailKind.ORDER_EXPIRED)
    mail = await Message.get(kind="order_expires")
    await finish(mail.id, MessageState.SENT, clock.now())
    client = await as_(user)
    newest, oldest = await shown(client)
    assert newest["kind"] == "PASSWORD_CHANGED"
    assert newest["topic"] == "SECURITY"
    assert newest["deliveries"][0]["state"] == "WAITING"
    assert oldest["title"] == "Ihr Such-Auftrag endet bald"
    assert oldest["deliveries"][0]["channelLabel"] == "E-Mail"
    assert (oldest["deliveries"][0]["state"], oldest["deliveries"][0]["stateLabel"]) == (
        "SENT",
        "Gesendet",
    )
    assert oldest["deliveries"][0]["at"] is not None
    assert [each["kind"] for each in await shown(client, topic=["MATCHES"])] == ["ORDER_EXPIRES"]
    assert [each["kind"] for each in await shown(client, kind=["ORDER_EXPIRES"])]
    assert not await shown(client, state=["READ"])


async def test_news_leads_to_what_it_is_about_as_long_as_one_may_see_it(
    place: Place, as_: As
) -> None:
    seeker, _order, (helper, *_), (match, *_) = await answering(place, 1)
    await accept_order(helper, None, match.id)
    await award_order(seeker, None, match.id)
    clients = [await as_(await User.get(id=each.id)) for each in (seeker, helper)]

    async def about(client: Client, kind: str) -> Any:
        (news,) = (await client.data(ABOUT, kind=kind))["notifications"]["nodes"]
        assert news["order"] is news["meeting"] is news["contract"] is news["appointment"] is None
        return news["match"]

    for client, kind in zip(clients, ("ORDER_ACCEPTED", "ORDER_AWARDED"), strict=True):
        found = await about(client, kind)
        assert found["id"] == f"match_03155_{match.id.hex}"
        assert found["state"] == "AWARDED"
    await decline_order(helper, None, match.id)
    assert [
        await about(clients[0], "ORDER_ACCEPTED"),
        await about(clients[1], "ORDER_AWARDED"),
    ] == [
        None,
        None,
    ]


async def test_the_reader_s_language_counts(place: Place, as_: As) -> None:
    user = await make_seeker(place)
    await Notification.all().delete()
    await tell(user, MailKind.ORDER_EXPIRES)
    client = await as_(user)
    english = Client(client.http, {**client.headers, "Accept-Language": "en"})
    (news,) = await shown(english)
    assert news["title"] == "Your order ends soon"
    assert news["text"].startswith("One of your orders ends in a few days.")


async def test_marking_ends_being_unread_and_never_touches_another_s(place: Place, as_: As) -> None:
    user, other = await make_seeker(place), await make_seeker(place)
    await Notification.all().delete()
    for each in (user, user, other):
        await tell(each, MailKind.ORDER_EXPIRES)
    client, stranger = await as_(user), await as_(other)
    first, _second = await shown(client)
    foreign = (await shown(stranger))[0]["id"]
    ids = {"notificationIds": [first["id"], foreign]}
    fields = "... on NotificationsMarked { message unread }"
    payload = await client.do("markNotificationsRead", ids, fields)
    assert (payload["message"], payload["unread"]) == ("Als gelesen markiert.", 1)
    (read,) = await shown(client, state=["READ"])
    assert read["id"] == first["id"]
    assert read["readAt"] is not None
    assert (await shown(stranger))[0]["state"] == "UNREAD"
    assert (await client.do("markNotificationsRead", {}, fields))["unread"] == 0
    refused = await client.do("markNotificationsRead", {"notificationIds": []}, fields)
    assert refused["code"] == "NUMBER_OUT_OF_RANGE"


async def test_nobody_has_no_news_and_marks_none(anonymous: Client, place: Place) -> None:
    await tell(await make_seeker(place), MailKind.ORDER_EXPIRES)
    assert (await anonymous.data("{ unreadNotifications }"))["unreadNotifications"] == 0
    assert not await shown(anonymous)
    refused = await anonymous.do("markNotificationsRead", {}, "")
    assert refused["code"] == "SIGN_IN_REQUIRED"


async def test_news_comes_live_and_a_resume_misses_none(place: Place, follow: Open) -> None:
    user, other = await make_seeker(place), await make_seeker(place)
    await Notification.all().delete()
    async with follow(user, LIVE) as events:
        first = await _next(events)
        assert (first["__typename"], first["unread"]) == ("UnreadNotifications", 0)
        await tell(other, MailKind.ORDER_EXPIRED)
        await tell(user, MailKind.ORDER_EXPIRES)
        added = await _next(events)
        assert added["notification"]["kind"] == "ORDER_EXPIRES"
        assert added["unread"] == 1
    await tell(user, MailKind.PASSWORD_CHANGED)
    async with follow(user, LIVE, after=added["eventId"]) as events:
        missed = await _next(events)
        assert missed["notification"]["kind"] == "PASSWORD_CHANGED"


async def test_two_officers_of_one_role_hear_their_own_numbers(place: Place, follow: Open) -> None:
    other = await make_user(Role.CUSTOMER_SERVICE, None)
    await tell(place.officer, MailKind.ACCOUNT_RELEASED)
    async with follow(place.officer, LIVE) as mine, follow(other, LIVE) as theirs:
        assert (await _next(mine))["unread"] == 1
        assert (await _next(theirs))["unread"] == 0


async def test_reading_on_one_device_is_told_to_another(
    place: Place, follow: Open, as_: As
) -> None:
    user = await make_seeker(place)
    await tell(user, MailKind.ORDER_EXPIRES)
    async with follow(user, LIVE) as events:
        before = (await _next(events))["unread"]
        await (await as_(user)).do("markNotificationsRead", {}, "")
        after = await _next(events)
        while after["__typename"] == "NotificationAdded":  # the news of before
            after = await _next(events)
    assert before > 0
    assert after["unread"] == 0


async def test_the_same_news_is_written_once(place: Place) -> None:
    user, about = await make_seeker(place), uuid7()
    async with transaction():
        assert await announce(MailKind.ORDER_EXPIRES, user.id, version=1, reference=about)
    async with transaction():
        assert not await announce(MailKind.ORDER_EXPIRES, user.id, version=1, reference=about)
    assert await Notification.filter(reference=about).count() == 1
    assert await Message.filter(reference=about).count() == 1
