"""The walls around meetings, with the services bypassed: every promise broken once."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from tortoise.exceptions import IntegrityError

from domain.ids import uuid7
from models.database import execute, transaction
from models.meeting import Meeting, MeetingDate, MeetingPerson
from tests.meeting_rows import put_meeting
from tests.models.test_walls_states import constraint
from tests.people import Place, make_assistant, make_seeker
from tests.staging import guards_asleep, put_match, put_order

SOON = datetime.now(UTC) + timedelta(days=2)
PAST = datetime.now(UTC) - timedelta(hours=1)


async def agreed(  # noqa: PLR0913  each by its name
    owner_url: str,
    place: Place,
    state: str,
    *,
    starts_at: datetime = SOON,
    people: Mapping[str, UUID] | None = None,
    match_state: str = "AWARDED",
    kind: str = "INTRODUCTION",
) -> Meeting:
    seeker, helper = (await make_seeker(place)).id, (await make_assistant(place)).id
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker, place, "AWARDED")
        match = await put_match(connection, order, match_state, assistant=helper)
        who = people if people is not None else {"SEEKER": seeker, "ASSISTANT": helper}
        meeting = await put_meeting(connection, match, state, who, kind=kind, starts_at=starts_at)
    return await Meeting.get(id=meeting)


CONFIRM = "UPDATE meetings SET state = 'CONFIRMED' WHERE id = $1"


async def test_a_meeting_is_confirmed_by_all_who_come(owner_url: str, place: Place) -> None:
    meeting = await agreed(owner_url, place, "PROPOSED")
    person = await MeetingPerson.get(meeting_id=meeting.id, side="SEEKER")
    await MeetingPerson.filter(id=person.id).update(confirmed_at=None, begins_at=None, ends_at=None)
    assert await constraint(CONFIRM, meeting.id) == "meeting_confirmed_by_all"
    await MeetingPerson.filter(id=person.id).update(confirmed_at=SOON)
    assert await constraint(CONFIRM, meeting.id) == "meeting_confirmed_by_all", "no time taken"
    await person.save()
    assert await execute(CONFIRM, meeting.id) == 1


@pytest.mark.parametrize("missing", ["SEEKER", "ASSISTANT"])
async def test_nobody_meets_alone(owner_url: str, place: Place, missing: str) -> None:
    meeting = await agreed(owner_url, place, "PROPOSED")
    await MeetingPerson.filter(meeting_id=meeting.id, side=missing).delete()
    assert await constraint(CONFIRM, meeting.id) == "meeting_confirmed_by_all"


@pytest.mark.parametrize("state", ["HELD", "MISSED"])
async def test_nothing_is_said_of_a_meeting_before_it_began(
    owner_url: str, place: Place, state: str
) -> None:
    sql = "UPDATE meetings SET state = $2 WHERE id = $1"
    ahead = await agreed(owner_url, place, "CONFIRMED")
    assert await constraint(sql, ahead.id, state) == "meeting_has_begun"
    begun = await agreed(owner_url, place, "CONFIRMED", starts_at=PAST)
    assert await execute(sql, begun.id, state) == 1


async def test_the_date_is_one_of_this_meeting_that_was_chosen(
    owner_url: str, place: Place
) -> None:
    meeting = await agreed(owner_url, place, "PROPOSED")
    later = SOON + timedelta(days=1)
    sql = "UPDATE meetings SET starts_at = $2, ends_at = $3 WHERE id = $1"
    span = (later, later + timedelta(hours=1))
    other = await agreed(owner_url, place, "PROPOSED", starts_at=later)
    assert (await MeetingDate.get(meeting_id=other.id)).chosen
    assert await constraint(sql, meeting.id, *span) == "meeting_date_was_chosen"
    date = await MeetingDate.create(meeting_id=meeting.id, starts_at=span[0], ends_at=span[1])
    assert await constraint(sql, meeting.id, *span) == "meeting_date_was_chosen"
    choose = "UPDATE meeting_dates SET chosen = true WHERE id = $1"
    assert await constraint(choose, date.id) == "meeting_dates_one_chosen"


async def test_one_meeting_of_a_kind_is_open_per_match(owner_url: str, place: Place) -> None:
    meeting = await agreed(owner_url, place, "CONFIRMED")
    sql = (
        "INSERT INTO meetings (id, match_id, kind, state, version, proposed_by, minutes, place, "
        "short_rest, created_at) VALUES ($1, $2, $3, 'PROPOSED', 1, 'SEEKER', 60, '', false, now())"
    )
    assert await constraint(sql, uuid7(), meeting.match_id, "INTRODUCTION") == "meetings_one_open"
    assert await execute(sql, uuid7(), meeting.match_id, "VIDEO") == 1


@pytest.mark.parametrize("column", ["SEEKER", "ASSISTANT"])
async def test_nobody_is_in_two_places(owner_url: str, place: Place, column: str) -> None:
    seeker, helper = (await make_seeker(place)).id, (await make_assistant(place)).id
    other = {"SEEKER": await make_assistant(place), "ASSISTANT": await make_seeker(place)}[column]
    people = {"SEEKER": seeker, "ASSISTANT": helper}
    await agreed(owner_url, place, "CONFIRMED", people=people)
    rest = {each: other.id for each in people if each != column}
    half = SOON + timedelta(minutes=30)
    with pytest.raises(Exception, match="meeting_people_no_double_booking"):
        await agreed(
            owner_url,
            place,
            "CONFIRMED",
            people={column: people[column]} | rest,
            starts_at=half,
        )


async def dangling(sql: str, *values: object) -> None:
    with pytest.raises(IntegrityError, match="open meeting of a match"):
        async with transaction():
            await execute(sql, *values)


@pytest.mark.parametrize("state", ["DECLINED", "WITHDRAWN"])
@pytest.mark.parametrize("meeting_state", ["PROPOSED", "CONFIRMED"])
async def test_no_match_ends_and_leaves_a_meeting_open(
    owner_url: str, place: Place, state: str, meeting_state: str
) -> None:
    meeting = await agreed(owner_url, place, meeting_state)
    sql = "UPDATE matches SET state = $2 WHERE id = $1"
    await dangling(sql, meeting.match_id, state)
    async with transaction():
        await execute(sql, meeting.match_id, state)
        await execute(
            "UPDATE meetings SET state = 'CANCELLED', reason = 'OTHER' WHERE id = $1", meeting.id
        )


@pytest.mark.parametrize(
    ("match_state", "kind", "legal"),
    [
        ("ACCEPTED", "VIDEO", True),
        ("ACCEPTED", "INTRODUCTION", False),
        ("ON_HOLD", "INTRODUCTION", False),
        ("SUGGESTED", "VIDEO", False),
        ("DECLINED", "VIDEO", False),
        ("AWARDED", "INTRODUCTION", True),
    ],
)
async def test_meetings_are_of_those_who_have_come_so_far(
    owner_url: str,
    place: Place,
    match_state: str,
    kind: str,
    legal: bool,
) -> None:
    meeting = await agreed(owner_url, place, "PROPOSED", match_state=match_state, kind=kind)
    if legal:
        assert await execute(CONFIRM, meeting.id) == 1
    else:
        await dangling(CONFIRM, meeting.id)
