"""Appointments: nobody decides over the client's head, and nobody is in two places at once."""

import asyncio
from uuid import UUID

import pytest

from domain.appointment import CancelReason
from domain.appointment_state import AppointmentState
from domain.contract import ContractSide
from domain.errors import (
    AppointmentOutsideContract,
    AppointmentTooLong,
    AppointmentTooShort,
    DateInPast,
    DateTooFar,
    DomainError,
    NobodyNamed,
    NotFound,
    RoleNotAllowed,
    Stale,
    StateRefused,
    TimeTaken,
)
from domain.meeting import Span
from domain.permissions import Doer
from models.appointment import Appointment
from models.busy import Busy
from models.database import execute
from services.appointment import agree_appointment, move_appointment, propose_appointment
from services.appointment_end import cancel_appointment
from services.busy import report_absence
from tests.doers import refused_for
from tests.people import Place, make_assistant, make_seeker, viewer_for
from tests.services.contracting import agreed
from tests.services.dating import NOBODY, at, begun, contract_of, fixed, served
from tests.services.scenes import history, seeker_of
from tests.services.test_commission import mails
from tests.staging import everything, guards_asleep

S = AppointmentState


async def state_of(row: UUID) -> AppointmentState:
    return (await Appointment.get(id=row)).state


async def taken(row: UUID) -> int:
    return await Busy.filter(source=row, cancelled_at=None).count()


async def test_the_client_proposes_and_the_assistant_fixes(owner_url: str, place: Place) -> None:
    both, contract = await agreed(owner_url, place)
    row = await propose_appointment(both.seeker, None, contract.id, at("09:00"))
    assert (row.state, row.proposed_by) == (S.CLIENT_AGREED, ContractSide.SEEKER)
    assert await mails("appointment_proposed") == {both.helper.id}
    with pytest.raises(StateRefused):
        await agree_appointment(both.seeker, None, row.id, row.version)
    assert await taken(row.id) == 0
    done = await agree_appointment(both.helper, None, row.id, row.version)
    assert done.state is S.FIXED
    assert await taken(row.id) == 1
    assert await mails("appointment_fixed") == {both.seeker.id}
    assert await history(row.id) == ["FIX_APPOINTMENT"]


async def test_the_assistant_proposes_and_the_client_s_yes_fixes(
    owner_url: str, place: Place
) -> None:
    both, contract = await agreed(owner_url, place)
    row = await propose_appointment(both.helper, None, contract.id, at("09:00"))
    assert row.state is S.PROPOSED
    with pytest.raises(StateRefused):
        await agree_appointment(both.helper, None, row.id, row.version)
    with pytest.raises(Stale):
        await agree_appointment(both.seeker, None, row.id, row.version + 1)
    await agree_appointment(both.seeker, None, row.id, row.version)
    assert await state_of(row.id) is S.FIXED
    assert await history(row.id) == ["AGREE_APPOINTMENT", "FIX_APPOINTMENT"]


async def test_another_time_needs_the_client_s_yes_again(owner_url: str, place: Place) -> None:
    both, contract = await agreed(owner_url, place)
    row = await fixed(both, contract, at("09:00"))
    moved = await move_appointment(both.helper, None, row.id, at("11:00"), row.version)
    assert (moved.state, moved.proposed_by) == (S.PROPOSED, ContractSide.ACCEPTOR)
    assert await taken(row.id) == 0, "the old time is given back"
    with pytest.raises(Stale):
        await agree_appointment(both.seeker, None, row.id, row.version)
    counter = await move_appointment(both.seeker, None, row.id, at("13:00"), moved.version)
    assert (counter.state, counter.agreed_at) == (S.CLIENT_AGREED, None)
    again = await move_appointment(both.seeker, None, row.id, at("14:00"), counter.version)
    assert again.version == counter.version + 1
    done = await agree_appointment(both.helper, None, row.id, again.version)
    assert (done.state, done.starts_at) == (S.FIXED, at("14:00").begins)
    assert await mails("appointment_moved") == {both.seeker.id, both.helper.id}


async def test_an_assistant_who_only_comes_decides_nothing_but_may_cancel(
    owner_url: str, place: Place
) -> None:
    house = await served(owner_url, place)
    with refused_for(Doer.OWN_COORDINATOR):
        await propose_appointment(house.helper, None, house.contract, at("09:00"))
    row = await propose_appointment(house.seeker, None, house.contract, at("09:00"))
    with refused_for(Doer.OWN_COORDINATOR):
        await agree_appointment(house.helper, None, row.id, row.version)
    with refused_for(Doer.OWN_COORDINATOR):
        await move_appointment(house.helper, None, row.id, at("10:00"))
    await agree_appointment(house.coordinator, None, row.id, row.version)
    assert await mails("appointment_fixed") == {house.seeker.id, house.helper.id}
    done = await cancel_appointment(house.helper, None, row.id, CancelReason.ASSISTANT_ILL)
    assert (done.state, done.cancelled_by) == (S.CANCELLED, ContractSide.ACCEPTOR)
    assert await taken(row.id) == 0


async def test_a_provider_names_who_comes_of_its_own_people(owner_url: str, place: Place) -> None:
    house = await served(owner_url, place)
    other = await make_assistant(place, provider=house.provider)
    stranger = await make_assistant(place)
    row = await propose_appointment(house.coordinator, None, house.contract, at("09:00"), other.id)
    assert row.assistant_id == other.id
    for viewer, who in ((house.coordinator, stranger.id), (house.seeker, other.id)):
        with pytest.raises(NotFound):
            await propose_appointment(viewer, None, house.contract, at("09:00"), who)
    async with guards_asleep(owner_url) as connection:  # as contracts could be made before
        await connection.execute(
            "UPDATE contracts SET assistant_id = NULL WHERE id = $1", house.contract
        )
    with pytest.raises(NobodyNamed):
        await propose_appointment(house.seeker, None, house.contract, at("09:00"))


async def test_strangers_find_nothing_and_officers_decide_nothing(
    owner_url: str, place: Place
) -> None:
    both, contract = await agreed(owner_url, place)
    row = await fixed(both, contract, at("09:00"))
    for stranger in (await seeker_of(place), await viewer_for(await make_assistant(place))):
        with pytest.raises(NotFound):
            await propose_appointment(stranger, None, contract.id, at("09:00"))
        with pytest.raises(NotFound):
            await cancel_appointment(stranger, None, row.id, CancelReason.OTHER)
    with pytest.raises(RoleNotAllowed):
        await cancel_appointment(await viewer_for(place.officer), None, row.id, CancelReason.OTHER)


@pytest.mark.parametrize(
    ("span", "refusal"),
    [
        (at("09:00", hours=0.2), AppointmentTooShort),
        (at("09:00", hours=25), AppointmentTooLong),
        (at("09:00", ahead=-1), DateInPast),
        (at("09:00", ahead=366), DateTooFar),
        (at("09:00", ahead=3), AppointmentOutsideContract),
    ],
)
async def test_times_that_cannot_be_are_refused(
    owner_url: str, place: Place, span: Span, refusal: type[DomainError]
) -> None:
    both, contract = await agreed(owner_url, place)
    before = await everything()
    with pytest.raises(refusal):
        await propose_appointment(both.seeker, None, contract.id, span)
    assert await everything() == before


async def test_a_fixed_appointment_excludes_absence_meeting_and_another_with_its_way(
    owner_url: str, place: Place
) -> None:
    both, contract = await agreed(owner_url, place)
    other = await contract_of(
        owner_url, place, (await make_seeker(place)).id, both.helper.id or NOBODY
    )
    await fixed(both, contract, at("09:00"))
    near = at("11:15")  # a quarter of an hour behind the end: too near for another place
    own = await propose_appointment(both.helper, None, contract.id, near)
    await agree_appointment(both.seeker, None, own.id, own.version)
    theirs = await propose_appointment(both.helper, None, other, at("13:30"))
    row = await Appointment.get(id=theirs.id)
    seeker = await viewer_for(await make_seeker(place))
    await execute("UPDATE appointments SET seeker_id = $2 WHERE id = $1", row.id, seeker.id)
    with pytest.raises(TimeTaken):
        await agree_appointment(seeker, None, row.id, row.version)
    away = at("18:00")
    await report_absence(both.helper, None, away.begins, away.ends)
    with pytest.raises(TimeTaken):
        await fixed(both, contract, at("19:00"))


@pytest.mark.slow
async def test_fifty_yeses_to_the_same_hour_fix_one(owner_url: str, place: Place) -> None:
    helper = await viewer_for(await make_assistant(place))
    seeker = await seeker_of(place)
    rows = []
    for _ in range(50):
        contract = await contract_of(owner_url, place, seeker.id or NOBODY, helper.id or NOBODY)
        rows.append(await propose_appointment(seeker, None, contract, at("09:00")))
    found = await asyncio.gather(
        *(agree_appointment(helper, None, row.id, row.version) for row in rows),
        return_exceptions=True,
    )
    assert sum(isinstance(each, Appointment) for each in found) == 1
    assert sum(isinstance(each, TimeTaken) for each in found) == 49
    assert await Appointment.filter(state=S.FIXED).count() == 1
    assert await Busy.filter(assistant_id=helper.id, cancelled_at=None).count() == 1


@pytest.mark.parametrize("attempt", range(2))
async def test_a_yes_and_a_move_at_once_reach_one_of_two_ends(
    owner_url: str, place: Place, attempt: int
) -> None:
    both, contract = await agreed(owner_url, place)
    row = await propose_appointment(both.helper, None, contract.id, at("09:00"))
    calls = [
        agree_appointment(both.seeker, None, row.id, row.version),
        move_appointment(both.helper, None, row.id, at("15:00"), row.version),
    ]
    found = await asyncio.gather(*(calls if attempt else reversed(calls)), return_exceptions=True)
    assert sum(isinstance(each, Stale) for each in found) == 1
    now = await Appointment.get(id=row.id)
    assert (now.state, now.starts_at) in (
        (S.FIXED, at("09:00").begins),
        (S.PROPOSED, at("15:00").begins),
    )


async def test_what_has_begun_is_not_moved_any_more(owner_url: str, place: Place) -> None:
    both, row = await begun(owner_url, place)
    for viewer in (both.seeker, both.helper):
        with pytest.raises(StateRefused):
            await move_appointment(viewer, None, row, at("12:00"))
    assert await state_of(row) is S.FIXED
