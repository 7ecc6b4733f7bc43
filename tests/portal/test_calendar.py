"""The calendar feed: a secret address, neutral words, dates that are crossed out."""

from datetime import timedelta
from typing import Any

import httpx
import icalendar
import pytest

from domain.keys import Keys
from domain.meeting import MeetingOutcome, MeetingReason
from domain.viewer import Role
from models.calendar_feed import CalendarFeed
from models.database import execute
from models.meeting import Meeting
from models.user import User
from services import clock
from services.limiter import CALENDAR_ADDRESS
from services.meeting_end import cancel_meeting, record_meeting
from services.meeting_proposal import Proposal, move_meeting
from tests.graph import As
from tests.meetings import Pair, awarded, begin, choose, confirmed
from tests.people import Place, make_user

FIELDS = "... on CalendarFeed { address message nextStep }"
REVOKED = "... on CalendarFeedRevoked { message }"
START = clock.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=3)


async def address(as_: As, user: User) -> str:
    payload = await (await as_(user)).do("createCalendarFeed", {}, FIELDS)
    found: str = payload["address"]
    return found


async def person(pair: Pair) -> User:
    return await User.get(id=pair.seeker.id)


async def events(http: httpx.AsyncClient, feed: str) -> list[Any]:
    answer = await http.get(feed)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-store"
    read = icalendar.Calendar.from_ical(answer.content)
    assert [str(each["tzid"]) for each in read.walk("VTIMEZONE")] in ([], ["Europe/Berlin"])
    return list(read.walk("VEVENT"))


async def test_a_feed_shows_what_one_comes_to_in_neutral_words(
    http: httpx.AsyncClient, as_: As, owner_url: str, place: Place
) -> None:
    pair, other = await awarded(owner_url, place), await awarded(owner_url, place)
    feed = await address(as_, await person(pair))
    assert feed.startswith("http://127.0.0.1:8000/calendar/")
    assert await events(http, feed) == []
    meeting = await confirmed(pair, START)
    await confirmed(other, START)
    (event,) = await events(http, feed)
    assert str(event["uid"]) == f"{meeting.id}@127.0.0.1"
    assert str(event["summary"]) == "Kennenlern-Treffen"
    assert event["dtstart"].dt == START
    assert event["dtstart"].params["TZID"] == "Europe/Berlin"
    assert event["dtend"].dt == START + timedelta(hours=1)
    assert str(event["status"]) == "CONFIRMED"
    assert str(event["location"]) == "Rathaus"
    text = (await http.get(feed)).text
    assert "BEGIN:VTIMEZONE" in text
    for each in await User.all():
        assert each.first_name not in text
        assert each.last_name not in text


async def test_what_does_not_hold_any_more_is_crossed_out(
    http: httpx.AsyncClient, as_: As, owner_url: str, place: Place
) -> None:
    pair = await awarded(owner_url, place)
    assert pair.helper is not None
    feed = await address(as_, await person(pair))
    meeting = await confirmed(pair, START)
    (first,) = await events(http, feed)
    later = START + timedelta(days=1)
    await move_meeting(pair.seeker, None, meeting.id, Proposal([later], 60))
    (moved,) = await events(http, feed)
    assert (str(moved["status"]), moved["dtstart"].dt) == ("CANCELLED", START)
    await choose(pair.helper, await Meeting.get(id=meeting.id))
    (again,) = await events(http, feed)
    assert (str(again["status"]), again["dtstart"].dt) == ("CONFIRMED", later)
    await cancel_meeting(pair.seeker, None, meeting.id, MeetingReason.OTHER)
    (ended,) = await events(http, feed)
    assert str(ended["status"]) == "CANCELLED"
    assert "location" not in ended
    found = [first, moved, again, ended]
    assert len({str(each["uid"]) for each in found}) == 1
    numbers = [int(each["sequence"]) for each in found]
    assert numbers == sorted(set(numbers)), "every change has a higher number"


async def test_a_meeting_that_did_not_come_about_is_crossed_out_too(
    http: httpx.AsyncClient, as_: As, owner_url: str, place: Place
) -> None:
    pair = await awarded(owner_url, place)
    feed = await address(as_, await person(pair))
    meeting = await confirmed(pair, START)
    await begin(meeting)
    await record_meeting(pair.seeker, None, meeting.id, MeetingOutcome.MISSED)
    (event,) = await events(http, feed)
    assert str(event["status"]) == "CANCELLED"


async def test_a_feed_speaks_the_language_of_its_person(
    http: httpx.AsyncClient, as_: As, owner_url: str, place: Place
) -> None:
    pair = await awarded(owner_url, place)
    await User.filter(id=pair.seeker.id).update(language="en")
    feed = await address(as_, await person(pair))
    await confirmed(pair, START)
    (event,) = await events(http, feed)
    assert str(event["summary"]) == "Introductory meeting"


async def test_an_address_is_the_same_until_it_is_revoked(
    http: httpx.AsyncClient, as_: As, owner_url: str, place: Place
) -> None:
    user = await person(await awarded(owner_url, place))
    feed = await address(as_, user)
    assert await address(as_, user) == feed
    assert await CalendarFeed.all().count() == 1
    payload = await (await as_(user)).do("revokeCalendarFeed", {}, REVOKED)
    assert payload["__typename"] == "CalendarFeedRevoked"
    assert (await http.get(feed)).status_code == 404
    another = await address(as_, user)
    assert another != feed
    assert (await http.get(another)).status_code == 200
    assert (await http.get(feed)).status_code == 404


@pytest.mark.parametrize("state", ["SUSPENDED", "DELETION_REQUESTED"])
async def test_a_feed_ends_with_the_account(
    http: httpx.AsyncClient, as_: As, owner_url: str, place: Place, state: str
) -> None:
    user = await person(await awarded(owner_url, place))
    feed = await address(as_, user)
    await execute("UPDATE users SET state = $2 WHERE id = $1", user.id, state)
    assert (await http.get(feed)).status_code == 404


async def test_nothing_but_the_whole_address_opens_it(
    http: httpx.AsyncClient, as_: As, owner_url: str, place: Place, keys: Keys
) -> None:
    pair = await awarded(owner_url, place)
    feed = await address(as_, await person(pair))
    row = await CalendarFeed.get()
    token = feed.removeprefix("http://127.0.0.1:8000/calendar/").removesuffix(".ics")
    swapped = token[:-2] + ("AA" if token[-2:] != "AA" else "BB")
    forged = Keys(b"another secret of another portal").sign("calendar-feed", row.id.bytes)
    assert row.id.hex not in feed
    for wrong in (swapped, token[:-1], "x", "%00", row.id.hex, forged.hex(), "A" * 64):
        answer = await http.get(f"/calendar/{wrong}.ics")
        assert answer.status_code == 404, wrong
        assert answer.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_guessing_is_counted(http: httpx.AsyncClient, database: object) -> None:
    for _ in range(CALENDAR_ADDRESS.tries):
        assert (await http.get("/calendar/x.ics")).status_code == 404
    answer = await http.get("/calendar/x.ics")
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


async def test_whoever_has_no_dates_has_no_calendar(as_: As, place: Place) -> None:
    client = await as_(place.officer)
    assert (await client.do("createCalendarFeed", {}, FIELDS))["code"] == "ROLE_NOT_ALLOWED"
    waiting = await as_(await make_user(Role.SEEKER, place, released=False))
    refused = await waiting.do("createCalendarFeed", {}, FIELDS)
    assert refused["code"] == "ACCOUNT_NOT_RELEASED"
    assert await CalendarFeed.all().count() == 0
