"""Choosing through the graph: ways, quiet hours, the digest, devices."""

from dataclasses import replace
from typing import Any

import pytest
from tortoise.exceptions import IntegrityError

from domain.ids import uuid7
from domain.keys import Keys
from domain.push import encoded
from models.database import execute, transaction
from models.message import Message
from models.notification_setting import NotificationSetting, PushDevice
from models.user import User
from notifications.message import MailKind, announce
from notifications.push import public_key
from portal.asgi import Process
from services.notification_setting import MOST_DEVICES
from tests.graph import As, Client
from tests.people import Place, make_seeker

FIELDS = """... on NotificationPreferences {
  topics { topic topicLabel choices { channel channelLabel enabled changeable }
    kinds { kind title choices { channel enabled changeable } } }
  quietFrom quietUntil digestHour devices { id createdAt } pushKey }"""
READ = "{ notificationPreferences { " + FIELDS.replace("... on NotificationPreferences {", "") + "}"
P256DH, AUTH = encoded(b"\x04" + bytes(64)), encoded(bytes(16))


def enabled(preferences: dict[str, Any]) -> set[tuple[str, str]]:
    return {
        (each["topic"], choice["channel"])
        for each in preferences["topics"]
        for choice in each["choices"]
        if choice["enabled"]
    }


async def read(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = (await client.data(READ))["notificationPreferences"]
    return found


def browser() -> dict[str, str]:
    endpoint = f"https://web.push.apple.com/{uuid7().hex}"
    return {"endpoint": endpoint, "p256dh": P256DH, "auth": AUTH}


async def test_who_has_chosen_nothing_is_told_by_mail_and_on_devices(
    place: Place, as_: As, keys: Keys, anonymous: Client
) -> None:
    usual = await read(await as_(await make_seeker(place)))
    assert ("MATCHES", "EMAIL") in enabled(usual)
    assert ("MATCHES", "PUSH") in enabled(usual)
    assert not any(channel == "SMS" for _, channel in enabled(usual))
    fixed = [
        (each["topic"], choice["channel"])
        for each in usual["topics"]
        for choice in each["choices"]
        if not choice["changeable"]
    ]
    assert fixed == [("SECURITY", "EMAIL")]
    assert usual["topics"][1]["topicLabel"] == "Termine und Erinnerungen"
    assert usual["pushKey"] == public_key(keys)
    assert await read(anonymous) is None


async def test_a_portal_that_rings_nobody_has_no_key_to_subscribe_with(
    place: Place, as_: As, process: Process
) -> None:
    process.settings = replace(process.settings, push_contact="")
    assert (await read(await as_(await make_seeker(place))))["pushKey"] is None


async def test_what_is_chosen_holds_and_the_rest_stays(place: Place, as_: As) -> None:
    client = await as_(await make_seeker(place))
    usual = enabled(await read(client))
    wish = {
        "choices": [
            {"topic": "MATCHES", "channel": "EMAIL", "enabled": False},
            {"topic": "DATES", "channel": "SMS", "enabled": True},
        ],
        "quietHours": {"start": "22:00", "end": "07:00"},
        "digestHour": 18,
    }
    chosen = await client.do("setNotificationPreferences", wish, FIELDS)
    assert enabled(chosen) == usual - {("MATCHES", "EMAIL")} | {("DATES", "SMS")}
    assert (chosen["quietFrom"], chosen["quietUntil"], chosen["digestHour"]) == (
        "22:00",
        "07:00",
        18,
    )
    left = await client.do("setNotificationPreferences", {"digestHour": None}, FIELDS)
    assert (left["quietFrom"], left["digestHour"]) == ("22:00", None)
    assert enabled(left) == enabled(chosen)
    ended = await client.do("setNotificationPreferences", {"quietHours": None}, FIELDS)
    assert ended["quietFrom"] is None


def of_kind(preferences: dict[str, Any], kind: str) -> set[str]:
    """The ways that one kind goes."""
    (found,) = [
        each for topic in preferences["topics"] for each in topic["kinds"] if each["kind"] == kind
    ]
    return {choice["channel"] for choice in found["choices"] if choice["enabled"]}


async def test_a_single_kind_goes_other_ways_than_its_topic(place: Place, as_: As) -> None:
    user = await make_seeker(place)
    client = await as_(user)
    usual = await read(client)
    assert of_kind(usual, "ORDER_ACCEPTED") == {"EMAIL", "PUSH"}
    titles = [each["title"] for topic in usual["topics"] for each in topic["kinds"]]
    assert "Ihr Such-Auftrag endet bald" in titles

    def wish(enabled: bool, **more: Any) -> dict[str, Any]:
        each = {"kind": "ORDER_ACCEPTED", "channel": "EMAIL", "enabled": enabled}
        return {"kindChoices": [each], **more}

    chosen = await client.do("setNotificationPreferences", wish(enabled=False), FIELDS)
    assert of_kind(chosen, "ORDER_ACCEPTED") == {"PUSH"}
    assert of_kind(chosen, "MATCH_WAITING") == {"EMAIL", "PUSH"}
    assert enabled(chosen) == enabled(usual), "its topic stays"
    for kind, ways in ((MailKind.ORDER_ACCEPTED, 0), (MailKind.MATCH_WAITING, 1)):
        async with transaction():
            await announce(kind, user.id, version=1)
        assert await Message.filter(kind=kind.value).count() == ways
    off = {"choices": [{"topic": "MATCHES", "channel": "EMAIL", "enabled": False}]}
    topic = await client.do("setNotificationPreferences", wish(enabled=True, **off), FIELDS)
    assert of_kind(topic, "ORDER_ACCEPTED") == {"EMAIL", "PUSH"}
    assert of_kind(topic, "MATCH_WAITING") == {"PUSH"}
    again = await client.do("setNotificationPreferences", wish(enabled=False), FIELDS)
    assert of_kind(again, "ORDER_ACCEPTED") == {"PUSH"}
    with pytest.raises(IntegrityError, match="notification_settings_kinds"):
        await execute("UPDATE notification_settings SET kinds_on = $1, kinds_off = $1", ["X EMAIL"])
    setting = await NotificationSetting.get(id=user.id)
    assert (setting.kinds_on, setting.kinds_off) == (None, None), "as its topic is no exception"


async def test_what_cannot_be_chosen_is_refused_and_changes_nothing(
    place: Place, as_: As, anonymous: Client
) -> None:
    client = await as_(await make_seeker(place))
    off = {"topic": "SECURITY", "channel": "EMAIL", "enabled": False}
    password = {"kind": "PASSWORD_CHANGED", "channel": "EMAIL", "enabled": False}
    for wish, code in (
        ({"choices": [off]}, "TOPIC_STAYS_ON"),
        ({"kindChoices": [password]}, "TOPIC_STAYS_ON"),
        ({"kindChoices": [password | {"kind": "NO_SUCH_KIND"}]}, "NOT_FOUND"),
        ({"quietHours": {"start": "22:00", "end": "22:00"}}, "WINDOW_REFUSED"),
        ({"digestHour": 24}, "NUMBER_OUT_OF_RANGE"),
        ({"digestHour": -1}, "NUMBER_OUT_OF_RANGE"),
    ):
        refused = await client.do("setNotificationPreferences", wish, FIELDS)
        assert refused["code"] == code
    assert not await NotificationSetting.exists()
    refused = await anonymous.do("setNotificationPreferences", {}, FIELDS)
    assert refused["code"] == "SIGN_IN_REQUIRED"


async def test_a_browser_belongs_to_one_account_and_only_its_owner_removes_it(
    place: Place, as_: As
) -> None:
    user, other = await make_seeker(place), await make_seeker(place)
    client, stranger = await as_(user), await as_(other)
    mine = browser()
    for _ in range(2):
        found = await client.do("registerPushDevice", mine, FIELDS)
        assert len(found["devices"]) == 1
    device = {"deviceId": found["devices"][0]["id"]}
    assert (await stranger.do("removePushDevice", device, FIELDS))["code"] == "NOT_FOUND"
    await stranger.do("registerPushDevice", mine, FIELDS)
    assert [each.user_id for each in await PushDevice.all()] == [other.id]
    (theirs,) = (await read(stranger))["devices"]
    gone = await stranger.do("removePushDevice", {"deviceId": theirs["id"]}, FIELDS)
    assert gone["devices"] == []


async def test_addresses_and_keys_that_are_none_are_refused(place: Place, as_: As) -> None:
    client = await as_(await make_seeker(place))
    for wrong in ({"endpoint": "https://127.0.0.1/x"}, {"p256dh": "x"}, {"auth": "x"}):
        refused = await client.do("registerPushDevice", browser() | wrong, FIELDS)
        assert refused["code"] == "PUSH_DEVICE_REFUSED"
    assert not await PushDevice.exists()


async def test_the_oldest_of_too_many_browsers_goes(place: Place, as_: As) -> None:
    user = await make_seeker(place)
    client = await as_(user)
    first = browser()
    await client.do("registerPushDevice", first, FIELDS)
    for _ in range(MOST_DEVICES):
        await client.do("registerPushDevice", browser(), FIELDS)
    assert await PushDevice.filter(user_id=user.id).count() == MOST_DEVICES
    assert not await PushDevice.filter(endpoint=first["endpoint"]).exists()
    assert await User.filter(id=user.id).exists()
