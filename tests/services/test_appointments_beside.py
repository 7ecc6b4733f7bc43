"""Two with one client at once: told to both, also where they come and go in the same instant."""

import asyncio
from contextvars import copy_context
from uuid import UUID

import pytest

from domain.appointment import CancelReason
from domain.appointment_state import AppointmentState
from domain.viewer import Viewer
from models.appointment import Appointment
from models.database import transaction
from services import appointment, appointment_end
from services.appointment import agree_appointment, move_appointment, propose_appointment
from services.appointment_end import cancel_appointment
from services.appointment_time import mark_beside_another, unmark_beside
from tests.locks import blocked
from tests.people import Place, make_assistant, viewer_for
from tests.services.contracting import agreed
from tests.services.dating import NOBODY, at, contract_of, fixed
from tests.services.scenes import seeker_of


async def proposed(owner_url: str, place: Place, seeker: Viewer) -> tuple[Viewer, Appointment]:
    """A date at nine o'clock with another assistant, whose yes is all that it needs."""
    helper = await viewer_for(await make_assistant(place))
    own = await contract_of(owner_url, place, seeker.id or NOBODY, helper.id or NOBODY)
    return helper, await propose_appointment(seeker, None, own, at("09:00"))


async def beside_each_other(owner_url: str, place: Place, seeker: Viewer) -> list[Appointment]:
    """Three at once."""
    dates = [await proposed(owner_url, place, seeker) for _ in range(3)]
    return [await agree_appointment(who, None, row.id, row.version) for who, row in dates]


async def marks(rows: list[Appointment]) -> list[bool]:
    return [(await Appointment.get(id=each.id)).beside_another for each in rows]


async def test_two_with_the_client_at_once_are_told_to_both_and_not_refused(
    owner_url: str, place: Place
) -> None:
    both, contract = await agreed(owner_url, place)
    first = await fixed(both, contract, at("09:00"))
    assert not first.beside_another
    second = await viewer_for(await make_assistant(place))
    other = await contract_of(owner_url, place, both.seeker.id or NOBODY, second.id or NOBODY)
    row = await propose_appointment(second, None, other, at("10:00"))
    done = await agree_appointment(both.seeker, None, row.id, row.version)
    assert done.beside_another
    assert (await Appointment.get(id=first.id)).beside_another
    moved = await move_appointment(both.seeker, None, done.id, at("15:00"), done.version)
    assert not (await Appointment.get(id=first.id)).beside_another
    await move_appointment(second, None, moved.id, at("10:00"), moved.version)
    row = await Appointment.get(id=done.id)
    await agree_appointment(both.seeker, None, row.id, row.version)
    assert (await Appointment.get(id=first.id)).beside_another
    await cancel_appointment(both.seeker, None, row.id, CancelReason.NOT_NEEDED)
    for gone in (first.id, row.id):
        assert not (await Appointment.get(id=gone)).beside_another


async def test_of_three_at_once_two_stay_beside_each_other(owner_url: str, place: Place) -> None:
    seeker = await seeker_of(place)
    rows = await beside_each_other(owner_url, place, seeker)
    await cancel_appointment(seeker, None, rows[1].id, CancelReason.NOT_NEEDED)
    assert await marks(rows) == [True, False, True]


async def test_of_three_at_once_the_last_is_alone_when_two_go_in_the_same_instant(
    owner_url: str, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, came = asyncio.Barrier(2), set[UUID]()

    async def together(row: Appointment) -> None:
        if row.id not in came:  # the one that the database lets try again comes by itself
            came.add(row.id)
            await both.wait()
        await unmark_beside(row)

    monkeypatch.setattr(appointment_end, "unmark_beside", together)
    seeker = await seeker_of(place)
    rows = await beside_each_other(owner_url, place, seeker)
    going = [
        cancel_appointment(seeker, None, each.id, CancelReason.NOT_NEEDED) for each in rows[:2]
    ]
    await asyncio.gather(*going)
    assert await marks(rows) == [False] * 3
    states = [(await Appointment.get(id=each.id)).state for each in rows]
    cancelled = AppointmentState.CANCELLED
    assert states == [cancelled, cancelled, AppointmentState.FIXED]


async def test_a_proposal_that_goes_waits_for_nobody_at_its_time(
    owner_url: str, place: Place
) -> None:
    seeker = await seeker_of(place)
    rows = await beside_each_other(owner_url, place, seeker)
    _helper, waits = await proposed(owner_url, place, seeker)

    async def go() -> None:
        await cancel_appointment(seeker, None, waits.id, CancelReason.NOT_NEEDED)

    outside = copy_context()
    async with transaction():
        await Appointment.filter(id=rows[0].id).select_for_update(no_key=True).get()
        await asyncio.create_task(go(), context=outside)
    assert await marks(rows) == [True] * 3


async def test_those_who_are_fixed_at_once_are_told_of_each_other(
    owner_url: str, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    rivals = iter((2, 1, 0))

    async def while_others_wait(row: Appointment) -> bool:
        found = await mark_beside_another(row)
        await blocked(next(rivals))
        return found

    monkeypatch.setattr(appointment, "mark_beside_another", while_others_wait)
    seeker = await seeker_of(place)
    dates = [await proposed(owner_url, place, seeker) for _ in range(3)]
    yeses = [agree_appointment(who, None, row.id, row.version) for who, row in dates]
    assert await marks(await asyncio.gather(*yeses)) == [True] * 3
