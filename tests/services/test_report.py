"""Reports: customer service learns of it, the other side does not, and nothing is kept for ever."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import DomainError, NotFound, RateLimited, RoleNotAllowed
from domain.report import KEPT, PER_DAY, ReportReason
from models.database import transaction
from models.event import Event
from models.message import Message
from models.report import Report
from services import clock
from services.match import accept_order
from services.report import forget_reports, handle_report, report_user
from tests.people import Place, make_assistant, make_coordinator, make_provider, viewer_for
from tests.services.scenes import answering, released, seeker_of
from tests.staging import everything

REASON = ReportReason.BEHAVIOUR


@pytest.fixture(autouse=True)
async def own_clock() -> AsyncIterator[None]:
    yield
    clock.use(None)


async def test_each_side_reports_the_other_which_learns_nothing(place: Place) -> None:
    seeker, _order, helpers, matches = await answering(place, 1)
    await accept_order(helpers[0], None, matches[0].id)
    await Event.all().delete()
    mails = await Message.all().count()
    by_helper = await report_user(helpers[0], None, matches[0].id, REASON, " Grob.\n ")
    by_seeker = await report_user(seeker, None, matches[0].id, REASON, "")
    assert (by_helper.reporter_id, by_helper.subject_id) == (helpers[0].id, seeker.id)
    assert (by_seeker.reporter_id, by_seeker.subject_id) == (seeker.id, helpers[0].id)
    assert by_helper.note == "Grob."
    assert await Message.all().count() == mails
    assert not await Event.all().exists()
    for viewer in (seeker, helpers[0]):
        assert not await Report.visible_to(viewer).exists()
    assert await Report.waiting(await viewer_for(place.officer)).count() == 2


async def test_a_provider_is_reported_as_one_and_reports_by_its_coordinator(place: Place) -> None:
    house = await make_provider(place)
    coordinator = await viewer_for(await make_coordinator(place, house))
    seeker = await seeker_of(place)
    order = await released(seeker)
    match = (await order.matches.all())[0]  # type: ignore[attr-defined]  # the relation's other end
    report = await report_user(coordinator, None, match.id, REASON, "")
    assert (report.subject_id, report.provider_id) == (seeker.id, None)
    await accept_order(coordinator, None, match.id)
    report = await report_user(seeker, None, match.id, REASON, "")
    assert (report.subject_id, report.provider_id) == (None, house.id)


async def test_only_what_one_sees_can_be_reported(place: Place) -> None:
    seeker, _order, helpers, matches = await answering(place, 1)
    stranger = await viewer_for(await make_assistant(place))
    before = await everything()
    for viewer in (stranger, seeker):  # the seeker does not see a suggestion
        with pytest.raises(NotFound):
            await report_user(viewer, None, matches[0].id, REASON, "")
    with pytest.raises(RoleNotAllowed):
        await report_user(await viewer_for(place.officer), None, matches[0].id, REASON, "")
    for note in ("x" * 2001, "a\0"):
        with pytest.raises(DomainError):
            await report_user(helpers[0], None, matches[0].id, REASON, note)
    assert await everything() == before


async def test_reports_of_one_person_are_limited_even_at_once(place: Place) -> None:
    _seeker, _order, helpers, matches = await answering(place, 1)
    calls = [report_user(helpers[0], None, matches[0].id, REASON, "") for _ in range(PER_DAY + 3)]
    found = await asyncio.gather(*calls, return_exceptions=True)
    assert sum(isinstance(each, Report) for each in found) == PER_DAY
    assert sum(isinstance(each, RateLimited) for each in found) == 3
    clock.use(lambda: datetime.now(UTC) + timedelta(days=1, minutes=1))
    await report_user(helpers[0], None, matches[0].id, REASON, "")


async def test_a_report_is_handled_once_and_forgotten_after_its_time(place: Place) -> None:
    _seeker, _order, helpers, matches = await answering(place, 1)
    report = await report_user(helpers[0], None, matches[0].id, REASON, "")
    desk = await viewer_for(place.officer)
    with pytest.raises(RoleNotAllowed):
        await handle_report(helpers[0], None, report.id)
    handled = await handle_report(desk, None, report.id)
    assert handled.officer_id == desk.id
    assert (await handle_report(desk, None, report.id)).handled_at == handled.handled_at
    assert not await Report.waiting(desk).exists()
    assert handled.handled_at is not None
    for late, left in ((KEPT - timedelta(seconds=1), 1), (KEPT + timedelta(seconds=1), 0)):
        async with transaction():
            await forget_reports(handled.handled_at + late)
        assert await Report.all().count() == left
    await report_user(helpers[0], None, matches[0].id, REASON, "")
    async with transaction():
        await forget_reports(datetime.now(UTC) + timedelta(days=10_000))
    assert await Report.all().count() == 1  # what waits is not forgotten
