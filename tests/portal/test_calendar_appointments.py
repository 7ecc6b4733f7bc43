"""Appointments in the calendar feed: fixed ones, and crossed out when they do not hold."""

from typing import Any

import httpx

from domain.appointment import CancelReason
from models.user import User
from services.appointment import move_appointment, propose_appointment
from services.appointment_end import cancel_appointment
from tests.graph import As
from tests.people import Place
from tests.portal.test_calendar import address, events
from tests.services.contracting import agreed
from tests.services.dating import at, fixed


async def dates(http: httpx.AsyncClient, feed: str) -> list[Any]:
    """What the feed shows besides the meeting that came before the contract."""
    return [each for each in await events(http, feed) if str(each["summary"]) == "Termin"]


async def test_fixed_dates_are_shown_to_both_and_crossed_out_when_they_do_not_hold(
    http: httpx.AsyncClient, as_: As, owner_url: str, place: Place
) -> None:
    both, contract = await agreed(owner_url, place)
    feeds = [
        await address(as_, await User.get(id=viewer.id)) for viewer in (both.seeker, both.helper)
    ]
    await propose_appointment(both.helper, None, contract.id, at("15:00"))
    row = await fixed(both, contract, at("09:00"))
    for feed in feeds:
        (event,) = await dates(http, feed)
        assert str(event["uid"]) == f"{row.id}@127.0.0.1"
        assert (str(event["status"]), str(event["summary"])) == ("CONFIRMED", "Termin")
        assert event["dtstart"].dt == at("09:00").begins
    moved = await move_appointment(both.helper, None, row.id, at("11:00"))
    (event,) = await dates(http, feeds[0])
    assert (str(event["status"]), event["dtstart"].dt) == ("CANCELLED", at("09:00").begins)
    await cancel_appointment(both.helper, None, moved.id, CancelReason.NO_TIME)
    (event,) = await dates(http, feeds[0])
    assert str(event["status"]) == "CANCELLED"
    assert int(event["sequence"]) > row.version
