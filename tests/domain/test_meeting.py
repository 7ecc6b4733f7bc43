"""Who has to come to a meeting, whose turn it is, and when one can be held."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import BERLIN
from domain.match import AcceptorKind
from domain.meeting import (
    MOST_DATES,
    MeetingAction,
    MeetingKind,
    MeetingParty,
    MeetingSide,
    Span,
    blocked_reason,
    can_be_arranged,
    clashes,
    date_problems,
    may_open,
    next_step,
    required,
    shortens_rest,
)
from domain.states import AGREED_MATCH, MatchState, MeetingState, OrderState

NOW = datetime(2027, 5, 3, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
KINDS, SIDES = list(MeetingKind), list(MeetingSide)
VIDEO, INTRODUCTION = MeetingKind.VIDEO, MeetingKind.INTRODUCTION
IN_PERSON, PROVIDER = AcceptorKind.ASSISTANT, AcceptorKind.PROVIDER


@pytest.mark.parametrize(
    ("kind", "acceptor", "flags", "who"),
    [
        (INTRODUCTION, IN_PERSON, "attached with", "SEEKER ASSISTANT COORDINATOR"),
        (INTRODUCTION, IN_PERSON, "attached", "SEEKER ASSISTANT"),
        (INTRODUCTION, IN_PERSON, "with", "SEEKER ASSISTANT"),
        (INTRODUCTION, PROVIDER, "with", "SEEKER COORDINATOR"),
        (INTRODUCTION, PROVIDER, "", "SEEKER COORDINATOR"),
        (INTRODUCTION, PROVIDER, "nominated with", "SEEKER ASSISTANT COORDINATOR"),
        (INTRODUCTION, PROVIDER, "nominated", "SEEKER ASSISTANT"),
        (VIDEO, IN_PERSON, "attached with", "SEEKER ASSISTANT"),
        (VIDEO, PROVIDER, "nominated with", "SEEKER COORDINATOR"),
    ],
)
def test_who_comes_follows_from_kind_acceptor_and_policy(
    kind: MeetingKind, acceptor: AcceptorKind, flags: str, who: str
) -> None:
    found = required(
        kind,
        acceptor,
        attached="attached" in flags,
        nominated="nominated" in flags,
        with_coordinator="with" in flags,
    )
    assert found == {MeetingSide(each) for each in who.split()}


def test_a_provider_that_was_asked_proposes_first() -> None:
    refused = {
        (kind, acceptor, side)
        for kind in KINDS
        for acceptor in AcceptorKind
        for side in SIDES
        if not may_open(kind, acceptor, side)
    }
    assert refused == {
        (INTRODUCTION, PROVIDER, MeetingSide.SEEKER),
        (INTRODUCTION, PROVIDER, MeetingSide.ASSISTANT),
    }


def test_people_meet_in_person_between_commission_and_meeting_and_by_video_from_a_yes_on() -> None:
    found = {
        (kind.value, match.value)
        for kind in KINDS
        for match in MatchState
        if can_be_arranged(kind, match, OrderState.REQUESTED)
    }
    by_video = {("VIDEO", each.value) for each in AGREED_MATCH - {MatchState.ON_HOLD}}
    assert found == by_video | {
        ("INTRODUCTION", "REQUESTED"),
        ("INTRODUCTION", "AWARDED"),
        ("INTRODUCTION", "MEETING"),
    }
    for order in OrderState:
        wanted = order.value in {"REQUESTED", "AWARDED", "MEETING_SET"}
        assert can_be_arranged(INTRODUCTION, MatchState.MEETING, order) is wanted
        assert can_be_arranged(VIDEO, MatchState.MEETING, order)


def codes(*starts: datetime, minutes: int = 60) -> list[tuple[str, str | None]]:
    found = date_problems(starts, minutes, NOW, 60)
    return [(each.code, each.field) for each in found]


def test_each_date_that_cannot_be_is_named() -> None:
    good = NOW + timedelta(days=1)
    assert codes(good) == []
    assert codes(good, NOW, good.replace(hour=3)) == [
        ("DATE_IN_PAST", "dates.1"),
        ("MEETING_HOUR_REFUSED", "dates.2"),
    ]
    assert codes(good.replace(tzinfo=None)) == [("DATE_REFUSED", "dates.0")]
    assert codes(NOW + timedelta(days=60, hours=1)) == [("DATE_TOO_FAR", "dates.0")]
    assert codes() == codes(*[good] * (MOST_DATES + 1)) == [("NUMBER_OUT_OF_RANGE", "dates")]
    for minutes in (14, 241):
        assert codes(good, minutes=minutes) == [("NUMBER_OUT_OF_RANGE", "minutes")]


@pytest.mark.parametrize(
    ("day", "early", "late"),
    [
        (datetime(2027, 3, 28, tzinfo=BERLIN), 4, 20),  # summer time begins
        (datetime(2027, 10, 31, tzinfo=BERLIN), 5, 21),  # and ends
    ],
)
def test_fair_hours_are_those_of_the_clocks_on_the_wall(
    day: datetime, early: int, late: int
) -> None:
    now = day.astimezone(UTC) - timedelta(days=2)
    for hour in range(24):
        start = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        problems = [each.code for each in date_problems([start], 60, now, 60)]
        assert problems == ([] if early <= hour < late else ["MEETING_HOUR_REFUSED"]), hour


@given(st.integers(-300, 300), st.integers(15, 240), st.integers(15, 240), st.integers(0, 120))
def test_two_spans_clash_unless_the_way_lies_between(
    offset: int, first: int, second: int, travel: int
) -> None:
    begins = NOW + timedelta(minutes=offset)
    one = Span(NOW, NOW + timedelta(minutes=first))
    other = Span(begins, begins + timedelta(minutes=second))
    way = timedelta(minutes=travel)
    apart = other.begins - one.ends >= way or one.begins - other.ends >= way
    assert clashes(one, [other], way) is clashes(other, [one], way) is not apart


@pytest.mark.parametrize(("hours", "short"), [(10.9, True), (11, False), (2, False), (30, False)])
def test_eleven_hours_lie_between_two_days_of_work(hours: float, short: bool) -> None:
    evening = datetime(2027, 5, 3, 19, tzinfo=UTC)
    work = Span(evening - HOUR, evening)  # until nine in Berlin
    begins = evening + timedelta(hours=hours)
    meeting = Span(begins, begins + HOUR)
    assert shortens_rest(meeting, [work], BERLIN) is short
    assert shortens_rest(work, [meeting], BERLIN) is short
    assert not shortens_rest(meeting, [], BERLIN)


def step(
    state: str,
    side: str | None,
    waits: str = "",
    *,
    chosen: bool = False,
    begun: bool = False,
) -> str:
    return next_step(
        MeetingState(state),
        chosen=chosen,
        proposed_by=MeetingParty.ACCEPTOR,
        side=MeetingSide(side) if side else None,
        waits_for=frozenset(MeetingSide(each) for each in waits.split()),
        begun=begun,
    )


def test_everybody_is_told_what_is_theirs_to_do() -> None:
    assert step("PROPOSED", "SEEKER", "SEEKER COORDINATOR") == "CHOOSE"
    assert step("PROPOSED", "SEEKER") == "OTHERS_CHOOSE", "who does not come chooses nothing"
    assert step("PROPOSED", "ASSISTANT") == step("PROPOSED", "COORDINATOR") == "OTHERS_CHOOSE"
    assert step("PROPOSED", None) == "OTHERS_CHOOSE"
    assert step("PROPOSED", "COORDINATOR", "COORDINATOR", chosen=True) == "CONFIRM"
    assert step("PROPOSED", "SEEKER", "COORDINATOR", chosen=True) == "OTHERS_CONFIRM"
    for state in ("CONFIRMED", "HELD", "MISSED", "CANCELLED"):
        assert step(state, "SEEKER", chosen=True) == state
    assert step("CONFIRMED", "SEEKER", chosen=True, begun=True) == "RECORD"
    assert step("CONFIRMED", None, chosen=True, begun=True) == "OTHERS_RECORD"


@pytest.mark.parametrize("begun", [True, False])
@pytest.mark.parametrize("state", list(MeetingState))
def test_buttons_are_blocked_by_the_first_thing_in_the_way(
    state: MeetingState, *, begun: bool
) -> None:
    def reasons(side: str, waits: str, *, chosen: bool) -> dict[str, str | None]:
        return {
            each.value: blocked_reason(
                each,
                state,
                chosen=chosen,
                proposed_by=MeetingParty.ACCEPTOR,
                side=MeetingSide(side),
                waits_for=frozenset(MeetingSide(one) for one in waits.split()),
                begun=begun,
            )
            for each in MeetingAction
        }

    proposed, confirmed = state is MeetingState.PROPOSED, state is MeetingState.CONFIRMED
    is_open = None if proposed or confirmed else "STATE"
    recording = ("STATE", "MEETING_NOT_BEGUN", None)[confirmed + (confirmed and begun)]
    rest = {"MOVE_MEETING": is_open, "CANCEL_MEETING": is_open, "RECORD_MEETING": recording}

    def when_proposed(choose: str | None, confirm: str | None) -> dict[str, str | None]:
        found = {"CHOOSE_MEETING": choose, "CONFIRM_MEETING": confirm}
        return {name: why if proposed else "STATE" for name, why in found.items()} | rest

    assert reasons("SEEKER", "SEEKER", chosen=False) == when_proposed(None, "DATE_NOT_CHOSEN")
    assert reasons("ASSISTANT", "", chosen=False) == when_proposed(
        "OTHERS_CHOOSE", "DATE_NOT_CHOSEN"
    )
    assert reasons("COORDINATOR", "COORDINATOR", chosen=True) == when_proposed("DATE_CHOSEN", None)
    assert reasons("SEEKER", "", chosen=True) == when_proposed("DATE_CHOSEN", "CONFIRMED_ALREADY")
