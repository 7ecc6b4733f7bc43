"""Who is asked: again, later, from both sides, and with a record of what was compared."""

import asyncio
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from domain.matching.snapshot import ALGORITHM
from domain.states import MatchState
from domain.viewer import Viewer
from domain.window import EMPTY_WEEK, FULL_WEEK
from models.database import execute, fetch, transaction
from models.match import Match
from models.outbox import Outbox
from models.run import MatchRun
from models.user import Assistant
from services import suggestion as services
from services.busy import report_absence
from services.match import accept_order, available
from services.offer import OFFER_JOB, forget_offers, offer_changed, offer_table
from services.order import release_order
from services.order_draft import Asked
from tests.people import (
    SHOPPING,
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    viewer_for,
)
from tests.services.scenes import answering, draft, history, released, seeker_of, suggest
from tests.staging import everything

COOKING, WASHING = "HAU_KOCHEN", "GRU_WASCHEN"


async def suggest_to(acceptor: Viewer) -> services.Changed:
    assert acceptor.id is not None
    async with transaction():
        return await services.suggest_to(acceptor.id)


async def pairs() -> set[tuple[object, object, str]]:
    return {(match.order_id, match.acceptor_id, match.state.value) for match in await Match.all()}


async def test_who_fits_again_is_asked_again(place: Place) -> None:
    _seeker, order, helpers, (match,) = await answering(place, 1)
    await Assistant.filter(id=helpers[0].id).update(week=EMPTY_WEEK)
    await suggest(order.id)
    assert (await Match.get(id=match.id)).state is MatchState.LAPSED
    await Assistant.filter(id=helpers[0].id).update(week=FULL_WEEK)
    assert await suggest(order.id) == 1
    assert (await Match.get(id=match.id)).state is MatchState.SUGGESTED
    assert await history(match.id) == ["SUGGEST", "LAPSE", "SUGGEST_AGAIN"]


@pytest.mark.parametrize("seed", range(4))
async def test_both_sides_of_matching_write_the_same(place: Place, seed: int) -> None:
    random = Random(seed)
    people = [await make_assistant(place, *random.sample([SHOPPING, COOKING], 1)) for _ in range(4)]
    house = await make_provider(place, SHOPPING)
    await make_coordinator(place, house)
    orders = [
        await released(await seeker_of(place), activities=(random.choice([SHOPPING, COOKING]),))
        for _ in range(4)
    ]
    whole = await pairs()
    await execute("DELETE FROM matches")
    for user in people:
        await suggest_to(await viewer_for(user))
    async with transaction():
        await services.suggest_to(house.id)
    assert await pairs() == whole
    before = await everything()
    for user in people:
        assert await suggest_to(await viewer_for(user)) == services.Changed(0, 0)
    for order in orders:
        assert await suggest(order.id) == 0
    assert await everything() == before


async def test_an_offer_that_shrinks_or_goes_lets_its_suggestions_lapse(place: Place) -> None:
    _seeker, _order, helpers, matches = await answering(place, 2)
    await execute("DELETE FROM assistant_activities WHERE assistant_id = $1", helpers[0].id)
    assert await suggest_to(helpers[0]) == services.Changed(0, 1)
    await execute("UPDATE users SET state = 'SUSPENDED' WHERE id = $1", helpers[1].id)
    assert await suggest_to(helpers[1]) == services.Changed(0, 1)
    assert {(await Match.get(id=each.id)).state for each in matches} == {MatchState.LAPSED}


async def test_an_order_of_a_suspended_seeker_is_shown_to_nobody(place: Place) -> None:
    seeker, order, helpers, matches = await answering(place, 2)
    await accept_order(helpers[0], None, matches[0].id)
    await execute("UPDATE users SET state = 'SUSPENDED' WHERE id = $1", seeker.id)
    assert await suggest(order.id) is None
    states = [(await Match.get(id=each.id)).state for each in matches]
    assert states == [MatchState.ACCEPTED, MatchState.LAPSED]


async def test_wishes_are_explained_and_protected_ones_are_named_to_nobody(place: Place) -> None:
    helper = await make_assistant(place, SHOPPING, WASHING)
    for code in ("ART_RUHIG", "GES_FRAU"):
        await execute(
            "INSERT INTO assistant_qualities VALUES (gen_random_uuid(), $1, $2)", helper.id, code
        )
    wishes = tuple(Asked(code, must=False) for code in ("ART_RUHIG", "GES_FRAU", "ALL_TIERE"))
    order = await released(await seeker_of(place), activities=(WASHING,), qualities=wishes)
    match = await Match.get(order_id=order.id)
    assert (match.met, match.unmet) == ("ART_RUHIG", "ALL_TIERE")
    assert match.score == 26  # two wishes of ten points, and the same town


async def test_a_run_says_what_it_compared_and_the_same_input_has_the_same_digest(
    place: Place,
) -> None:
    _seeker, order, helpers, _matches = await answering(place, 3)
    await suggest(order.id)
    first, second = await MatchRun.filter(order_id=order.id).order_by("id")
    assert (first.digest, first.found) == (second.digest, second.found)
    assert (second.algorithm, second.compared) == (ALGORITHM, 3)
    assert set(second.found) == {str(helper.id) for helper in helpers}
    await Assistant.filter(id=helpers[0].id).update(radius_km=21)
    await suggest(order.id)
    third = await MatchRun.filter(order_id=order.id).order_by("-id").first()
    assert third is not None
    assert third.digest != second.digest


async def test_an_absence_takes_somebody_out_for_its_time(place: Place) -> None:
    helper = await viewer_for(await make_assistant(place))
    seeker = await seeker_of(place)
    order = await draft(seeker)
    assert (await available(seeker, order.id)).count == 1
    begin = datetime.now(UTC) + timedelta(days=1)
    await report_absence(helper, None, begin, begin + timedelta(days=60))
    assert (await available(seeker, order.id)).count == 0


async def test_changes_of_an_offer_within_a_second_are_one_run(place: Place) -> None:
    helper = await make_assistant(place)
    await execute("DELETE FROM outbox")

    async def change() -> None:
        async with transaction():
            await offer_changed(helper.id)

    await asyncio.gather(*(change() for _ in range(20)))
    assert await Outbox.filter(kind=OFFER_JOB).count() == 1
    await execute("UPDATE outbox SET dispatch = 1 WHERE kind = $1", OFFER_JOB)
    await change()  # what is under way may have looked already: a further run follows
    assert await Outbox.filter(kind=OFFER_JOB).count() == 2


async def test_a_promise_that_is_being_made_keeps_the_job_from_being_handed_out(
    place: Place,
) -> None:
    """Else the job could run before what it is to look at can be seen."""
    helper = await make_assistant(place)
    async with transaction():
        await offer_changed(helper.id)
    await execute("UPDATE outbox SET available_at = now() WHERE kind = $1", OFFER_JOB)
    go, promised = asyncio.Event(), asyncio.Event()

    async def slowly() -> None:
        async with transaction():
            await offer_changed(helper.id)
            promised.set()
            await go.wait()

    promising = asyncio.create_task(slowly())
    await promised.wait()
    assert await _claimable() == 0
    go.set()
    await promising
    assert await _claimable() == 1


async def _claimable() -> int:
    rows = await fetch(
        "SELECT id FROM outbox WHERE kind = $1 AND state = 0 AND available_at <= now() "
        "FOR UPDATE SKIP LOCKED",
        OFFER_JOB,
    )
    return len(rows)


_NEW_QUALITY = """
INSERT INTO assistant_qualities SELECT gen_random_uuid(), id, 'ART_RUHIG' FROM assistants
WHERE id = $1 ON CONFLICT DO NOTHING
"""
_NEW_SPAN = """
INSERT INTO busy (id, assistant_id, kind, begins_at, ends_at, created_at)
SELECT gen_random_uuid(), id, 'MEETING', now(), now() + interval '40 days', now() FROM assistants
WHERE id = $1 ON CONFLICT DO NOTHING
"""
_ANOTHER_STATE = """
UPDATE users SET state = CASE state WHEN 'RELEASED' THEN 'SUSPENDED' ELSE 'RELEASED' END
WHERE id = $1
"""


@pytest.mark.parametrize("seed", range(3))
async def test_the_kept_table_is_the_table_read_anew_whatever_has_changed(
    place: Place, seed: int
) -> None:
    random = Random(seed)
    people = [await make_assistant(place) for _ in range(5)]
    house = await make_provider(place)
    await make_coordinator(place, house)
    changes = [
        "UPDATE assistants SET radius_km = radius_km + 1 WHERE id = $1",
        "DELETE FROM assistant_activities WHERE assistant_id = $1",
        _NEW_QUALITY,
        _NEW_SPAN,
        _ANOTHER_STATE,
        "DELETE FROM users WHERE id = $1",
    ]
    houses = ["provider_areas", "provider_activities", "provider_recognitions", "coordinators"]
    await offer_table()
    for _ in range(12):
        if random.random() < 0.3:
            table = random.choice(houses)
            await execute(f"DELETE FROM {table} WHERE provider_id = $1", house.id)  # noqa: S608  our own names
        else:
            await execute(random.choice(changes), random.choice(people).id)
        kept = await offer_table()
        forget_offers()
        anew = await offer_table()
        assert kept.fingerprints == anew.fingerprints
        assert set(kept.offers.ids) == set(anew.offers.ids)


async def test_a_span_that_ends_in_the_course_of_a_day_is_read_all_day(place: Place) -> None:
    """Else two processes would compare with different tables, and a run could not be repeated."""
    helper = await make_assistant(place)
    begin = datetime.now(UTC)
    await execute(
        "INSERT INTO busy (id, assistant_id, kind, begins_at, ends_at, created_at) "
        "VALUES (gen_random_uuid(), $1, 'MEETING', $2, $3, now())",
        helper.id,
        begin,
        begin + timedelta(seconds=1),
    )
    kept = await offer_table()
    await asyncio.sleep(1.1)
    forget_offers()
    assert (await offer_table()).fingerprints == kept.fingerprints


async def test_a_change_that_is_committed_late_is_not_missed(place: Place) -> None:
    """A slow transaction commits behind faster ones: reading on from the last number loses it."""
    slow, fast = await make_assistant(place), await make_assistant(place)
    await offer_table()
    go, wrote = asyncio.Event(), asyncio.Event()

    async def slowly() -> None:
        async with transaction():
            await Assistant.filter(id=slow.id).update(radius_km=77)
            wrote.set()
            await go.wait()

    writing = asyncio.create_task(slowly())
    await wrote.wait()
    await Assistant.filter(id=fast.id).update(radius_km=66)
    table = await offer_table()
    assert table.offers.radius_km[table.offers.column[fast.id]] == 66
    go.set()
    await writing
    table = await offer_table()
    assert table.offers.radius_km[table.offers.column[slow.id]] == 77


async def test_a_release_is_answered_by_the_job_at_once(place: Place) -> None:
    seeker = await seeker_of(place)
    order = await draft(seeker)
    await release_order(seeker, None, order.id)
    (job,) = await Outbox.filter(kind="order.match")
    assert job.available_at <= datetime.now(UTC)
