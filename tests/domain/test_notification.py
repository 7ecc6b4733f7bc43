"""Quiet hours by the clock on the wall, which ways news goes, and what a browser's address is."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import BERLIN
from domain.errors import WindowRefused
from domain.notification import USUAL, Channel, NotificationTopic, Quiet, Reach
from domain.push import are_keys, decoded, encoded, is_endpoint

NIGHT = Quiet("22:00", "07:00")
NOON = Quiet("12:00", "14:00")


def at(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (NIGHT, at("2026-06-01T21:59"), None),
        (NIGHT, at("2026-06-01T22:00"), at("2026-06-02T07:00")),
        (NIGHT, at("2026-06-02T06:59"), at("2026-06-02T07:00")),
        (NIGHT, at("2026-06-02T07:00"), None),
        (NOON, at("2026-06-02T11:59"), None),
        (NOON, at("2026-06-02T13:59"), at("2026-06-02T14:00")),
        (NOON, at("2026-06-02T14:00"), None),
        # An hour is missing, and one comes twice: the night ends by the clock all the same.
        (NIGHT, at("2026-03-28T23:00"), at("2026-03-29T07:00")),
        (NIGHT, at("2026-10-24T23:00"), at("2026-10-25T07:00")),
        (NIGHT, at("2026-10-25T02:30", 1), at("2026-10-25T07:00")),
        # An end that comes twice is the second one; one that never comes is where it would be.
        (Quiet("22:00", "02:30"), at("2026-10-25T02:45"), at("2026-10-25T02:30", 1)),
        (Quiet("22:00", "02:30"), at("2026-10-25T02:30", 1), None),
        (Quiet("22:00", "02:30"), at("2026-03-29T01:59"), at("2026-03-29T03:30")),
    ],
)
def test_quiet_hours_follow_the_clock_on_the_wall(
    quiet: Quiet, now: datetime, until: datetime | None
) -> None:
    found = quiet.until(now.astimezone(UTC))
    assert found == (until and until.astimezone(UTC))


TIMES = st.sampled_from([f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 15, 30)])


@given(TIMES, TIMES, st.integers(0, 366 * 24 * 60))
def test_the_end_of_quiet_hours_lies_ahead_and_is_not_quiet(
    begins: str, ends: str, minutes: int
) -> None:
    quiet = Quiet(begins, ends)
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    if next(iter(quiet.problems()), None) is not None:
        assert begins == ends
        return
    until = quiet.until(now)
    if until is not None:
        assert now < until <= now + timedelta(hours=25)
        following = quiet.until(until)
        assert following is None or following - until > timedelta(minutes=1)


@pytest.mark.parametrize(
    "times", [("22:00", "22:00"), ("22:10", "07:00"), ("24:00", "07:00"), ("", "x")]
)
def test_what_is_no_span_of_quarter_hours_is_refused(times: tuple[str, str]) -> None:
    (problem,) = Quiet(*times).problems()
    assert isinstance(problem, WindowRefused)


def test_news_goes_the_ways_that_are_chosen_and_possible() -> None:
    everything = dict.fromkeys(Channel, frozenset(NotificationTopic))
    dates = NotificationTopic.DATES
    assert list(Reach(everything).ways(dates, urgent=False)) == [(Channel.EMAIL, False)]
    whole = Reach(everything, has_mobile=True, has_device=True)
    assert [way for way, _ in whole.ways(dates, urgent=False)] == list(Channel)
    assert list(Reach(USUAL, has_mobile=True).ways(dates, urgent=True)) == [(Channel.EMAIL, False)]
    nothing = Reach(dict.fromkeys(Channel, frozenset()), has_mobile=True, has_device=True)
    assert not list(nothing.ways(dates, urgent=True))


def test_what_is_chosen_for_a_kind_counts_more_than_for_its_topic() -> None:
    dates, off = NotificationTopic.DATES, ("MEETING_MOVED", Channel.EMAIL)
    reach = Reach(USUAL, {off: False, ("MEETING_MOVED", Channel.SMS): True}, has_mobile=True)
    assert [way for way, _ in reach.ways(dates, "MEETING_MOVED", urgent=True)] == [Channel.SMS]
    assert [way for way, _ in reach.ways(dates, "TALK_MOVED", urgent=True)] == [Channel.EMAIL]


def test_mails_about_security_go_whatever_is_chosen() -> None:
    security = NotificationTopic.SECURITY
    nothing = Reach(
        dict.fromkeys(Channel, frozenset()), {("PASSWORD_CHANGED", Channel.EMAIL): False}
    )
    for kind in ("", "PASSWORD_CHANGED"):
        assert list(nothing.ways(security, kind, urgent=True)) == [(Channel.EMAIL, False)]


def test_only_mails_that_can_wait_wait_for_the_digest() -> None:
    reach = Reach(USUAL, has_device=True, digest=True)
    dates = NotificationTopic.DATES
    assert list(reach.ways(dates, urgent=False)) == [(Channel.EMAIL, True), (Channel.PUSH, False)]
    assert list(reach.ways(dates, urgent=True)) == [(Channel.EMAIL, False), (Channel.PUSH, False)]


@pytest.mark.parametrize(
    "address",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc",
    ],
)
def test_addresses_of_push_services_are_taken(address: str) -> None:
    assert is_endpoint(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://127.0.0.1/abc",
        "https://internal/abc",
        "https://fcm.googleapis.com.evil.example/abc",
        "https://evilfcm.googleapis.com/abc",
        "https://user@fcm.googleapis.com/abc",
        "https://fcm.googleapis.com:8443/abc",
        "https://fcm.googleapis.com:port/abc",
        "https://fcm.googleapis.com/" + "a" * 1_000,
        "https://fcm.googleapis.com/a b\n",
        "",
    ],
)
def test_other_addresses_are_no_way_into_the_network(address: str) -> None:
    assert not is_endpoint(address)


def test_keys_are_a_point_and_a_secret() -> None:
    point, secret = b"\x04" + bytes(64), bytes(16)
    assert are_keys(encoded(point), encoded(secret))
    assert not are_keys(encoded(b"\x02" + bytes(64)), encoded(secret))
    assert not are_keys(encoded(point[:-1]), encoded(secret))
    assert not are_keys(encoded(point), encoded(secret + b"x"))
    assert not are_keys("!", "ü")
    assert decoded(encoded(b"\xff\xfe")) == b"\xff\xfe" != base64.b64encode(b"\xff\xfe")
