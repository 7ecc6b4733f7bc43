"""Gaps and stand-ins: who is asked answers first, then the client decides about the person."""

import asyncio
from contextvars import copy_context
from uuid import UUID

import pytest

from domain.appointment import CancelReason
from domain.appointment_state import AppointmentState
from domain.errors import (
    NoGap,
    NotFound,
    StandInRefused,
    StandInSilent,
    StateRefused,
    TimeTaken,
)
from domain.permissions import Doer
from domain.suspension import SuspensionReason
from domain.viewer import Role
from models.appointment import Appointment
from models.block import Block
from models.busy import Busy
from models.database import execute, transaction
from models.message import Message
from models.outbox import Outbox
from models.user import Assistant, User
from services.appointment import agree_appointment, move_appointment, propose_appointment
from services.appointment_end import cancel_appointment
from services.appointment_gap import ABSENT_JOB, GAPS_JOB
from services.busy import cancel_absence, report_absence
from services.mail_place import place_of
from services.stand_in import ask_stand_in, look_at_absent, look_at_gaps, stand_ins
from services.suspension import reinstate_account, suspend_account
from tests.doers import refused_for
from tests.locks import blocked
from tests.people import Place, make_assistant, viewer_for
from tests.services.contracting import agreed
from tests.services.dating import House, at, fixed, served
from tests.services.test_commission import mails
from tests.staging import everything

S = AppointmentState


async def gap_of(house: House) -> UUID:
    """Fixed, and then the assistant fell ill."""
    row = await propose_appointment(house.seeker, None, house.contract, at("09:00"))
    await agree_appointment(house.coordinator, None, row.id, row.version)
    await cancel_appointment(house.helper, None, row.id, CancelReason.ASSISTANT_ILL)
    return row.id


async def of(row: UUID) -> Appointment:
    return await Appointment.get(id=row)


async def looked_at(busy: UUID) -> int:
    async with transaction():
        return await look_at_gaps(busy)


async def test_a_provider_asks_its_own_people_and_the_client_decides(
    owner_url: str, place: Place
) -> None:
    house = await served(owner_url, place)
    colleague = await make_assistant(place, provider=house.provider)
    await make_assistant(place)  # somebody else's
    gap = await gap_of(house)
    assert len(await mails("gap_opened")) == 1
    (found,) = await stand_ins(house.coordinator, gap)
    assert (found.assistant_id, found.first_name) == (colleague.id, colleague.first_name)
    asked = await ask_stand_in(house.coordinator, None, gap, colleague.id)
    assert (await ask_stand_in(house.coordinator, None, gap, colleague.id)).id == asked.id
    assert await mails("stand_in_asked") == {colleague.id}
    with pytest.raises(StandInSilent):
        await agree_appointment(house.seeker, None, asked.id, asked.version)
    with refused_for(Doer.INVOLVED):
        await agree_appointment(house.coordinator, None, asked.id, asked.version)
    stand_in = await viewer_for(colleague)
    said = await agree_appointment(stand_in, None, asked.id, asked.version)
    assert said.state is S.PROPOSED, "the client has not decided yet"
    assert await mails("stand_in_decision") == {house.seeker.id}
    assert await mails("stand_in_found") == {house.coordinator.id}
    assert not await Busy.filter(source=asked.id).exists()
    done = await agree_appointment(house.seeker, None, asked.id, said.version)
    assert (done.state, done.assistant_id) == (S.FIXED, colleague.id)
    assert not (await of(gap)).gap
    assert await stand_ins_of(house, gap) == NoGap


async def test_news_lead_a_stand_in_to_the_own_appointments_for_the_contract_is_not_theirs(
    owner_url: str, place: Place
) -> None:
    house = await served(owner_url, place)
    colleague = await make_assistant(place, provider=house.provider)
    asked = await ask_stand_in(house.coordinator, None, await gap_of(house), colleague.id)
    assert await place_of(asked.id, colleague, "03155") == "#appointments"
    for viewer in (house.seeker, house.coordinator):
        reader = await User.get(id=viewer.id)
        contract = f"contract_03155_{house.contract.hex}"
        assert await place_of(asked.id, reader, "03155") == f"#appointments={contract}"


async def stand_ins_of(house: House, gap: UUID) -> type[Exception]:
    with pytest.raises(Exception) as refused:  # noqa: PT011  the type is what is looked at
        await stand_ins(house.coordinator, gap)
    return refused.type


async def test_whoever_says_no_is_not_asked_again_and_the_client_hears_nothing_of_it(
    owner_url: str, place: Place
) -> None:
    house = await served(owner_url, place)
    colleague = await make_assistant(place, provider=house.provider)
    gap = await gap_of(house)
    asked = await ask_stand_in(house.coordinator, None, gap, colleague.id)
    await cancel_appointment(await viewer_for(colleague), None, asked.id, CancelReason.NO_TIME)
    told = Message.filter(kind="appointment_cancelled", reference=asked.id)
    assert len(await told) == 1, "the coordinator"
    assert not await told.filter(receiver_id=house.seeker.id).exists()
    assert await stand_ins(house.coordinator, gap) == []
    with pytest.raises(StandInRefused):
        await ask_stand_in(house.coordinator, None, gap, colleague.id)


async def test_only_who_fits_is_asked(owner_url: str, place: Place) -> None:
    house = await served(owner_url, place)
    gap = await gap_of(house)
    people = [await make_assistant(place, provider=house.provider) for _ in range(5)]
    busy, blocked, unproven, suspended, free = people
    away = at("08:00", hours=4)
    await report_absence(await viewer_for(busy), None, away.begins, away.ends)
    await Block.create(
        seeker_id=house.seeker.id, assistant_id=blocked.id, by_seeker=True, named=True
    )
    await Assistant.filter(id=unproven.id).update(proofs_until=None)
    await execute("UPDATE users SET state = 'SUSPENDED' WHERE id = $1", suspended.id)
    found = await stand_ins(house.coordinator, gap)
    assert [each.assistant_id for each in found] == [free.id]
    before = await everything()
    for person in (busy, blocked, unproven, suspended):
        with pytest.raises(StandInRefused):
            await ask_stand_in(house.coordinator, None, gap, person.id)
    others = ((house.seeker, Role.COORDINATOR), (house.helper, Doer.OWN_COORDINATOR))
    for viewer, doer in others:
        with refused_for(doer):
            await ask_stand_in(viewer, None, gap, free.id)
    with pytest.raises(NotFound):
        await ask_stand_in(await viewer_for(free), None, gap, free.id)
    assert await everything() == before


async def test_a_client_without_a_provider_asks_and_learns_the_name_with_the_yes(
    owner_url: str, place: Place
) -> None:
    both, contract = await agreed(owner_url, place)
    other = await make_assistant(place)
    row = await fixed(both, contract, at("09:00"))
    await cancel_appointment(both.helper, None, row.id, CancelReason.ASSISTANT_ILL)
    assert await mails("gap_opened") == {both.seeker.id}
    (found,) = await stand_ins(both.seeker, row.id)
    assert (found.assistant_id, found.first_name) == (other.id, None)
    with refused_for(Role.SEEKER):
        await stand_ins(both.helper, row.id)
    asked = await ask_stand_in(both.seeker, None, row.id, other.id)
    said = await agree_appointment(await viewer_for(other), None, asked.id, asked.version)
    done = await agree_appointment(both.seeker, None, asked.id, said.version)
    assert done.state is S.FIXED


async def test_an_absence_opens_gaps_and_its_end_closes_them(owner_url: str, place: Place) -> None:
    house = await served(owner_url, place)
    colleague = await make_assistant(place, provider=house.provider)
    row = await propose_appointment(house.seeker, None, house.contract, at("09:00"))
    row = await agree_appointment(house.coordinator, None, row.id, row.version)
    assert await stand_ins_of(house, row.id) == NoGap
    away = at("06:00", hours=12)
    absence = await report_absence(house.helper, None, away.begins, away.ends)
    assert await Outbox.filter(kind=GAPS_JOB, aggregate=absence.id).count() == 1
    assert await looked_at(absence.id) == 1
    assert await looked_at(absence.id) == 0
    assert (await of(row.id)).gap
    asked = await ask_stand_in(house.coordinator, None, row.id, colleague.id)
    await cancel_absence(house.helper, None, absence.id)
    assert await looked_at(absence.id) == 1
    assert not (await of(row.id)).gap
    assert (await of(asked.id)).state is S.CANCELLED, "nobody is asked any more"
    assert (await of(row.id)).state is S.FIXED


async def test_who_stands_in_comes_instead(owner_url: str, place: Place) -> None:
    house = await served(owner_url, place)
    people = [await make_assistant(place, provider=house.provider) for _ in range(2)]
    row = await propose_appointment(house.seeker, None, house.contract, at("09:00"))
    row = await agree_appointment(house.coordinator, None, row.id, row.version)
    away = at("06:00", hours=12)
    absence = await report_absence(house.helper, None, away.begins, away.ends)
    await looked_at(absence.id)
    asked = [await ask_stand_in(house.coordinator, None, row.id, each.id) for each in people]
    said = [
        await agree_appointment(await viewer_for(person), None, each.id, each.version)
        for person, each in zip(people, asked, strict=True)
    ]
    found = await asyncio.gather(
        *(agree_appointment(house.seeker, None, each.id, each.version) for each in said),
        return_exceptions=True,
    )
    assert sum(isinstance(each, Appointment) for each in found) == 1
    assert sum(isinstance(each, StateRefused) for each in found) == 1
    gone = await of(row.id)
    assert (gone.state, gone.cancel_reason) == (S.CANCELLED, CancelReason.ANOTHER_COMES)
    assert await Busy.filter(kind="APPOINTMENT", cancelled_at=None).count() == 1
    assert {(await of(each.id)).state for each in asked} == {S.FIXED, S.CANCELLED}
    assert {(await of(each.id)).beside_another for each in asked} == {False}


async def test_what_is_moved_or_not_needed_needs_nobody_instead(
    owner_url: str, place: Place
) -> None:
    house = await served(owner_url, place)
    colleague = await make_assistant(place, provider=house.provider)
    for leave in ("move", "cancel"):
        row = await propose_appointment(house.seeker, None, house.contract, at("09:00"))
        row = await agree_appointment(house.coordinator, None, row.id, row.version)
        await Appointment.filter(id=row.id).update(gap=True)
        asked = await ask_stand_in(house.coordinator, None, row.id, colleague.id)
        if leave == "move":
            await move_appointment(house.seeker, None, row.id, at("15:00"))
        else:
            await cancel_appointment(house.seeker, None, row.id, CancelReason.NOT_NEEDED)
        assert (await of(asked.id)).state is S.CANCELLED, leave


async def test_whoever_is_suspended_does_not_come_and_somebody_else_is_looked_for(
    owner_url: str, place: Place
) -> None:
    both, contract = await agreed(owner_url, place)
    desk, helper = await viewer_for(place.officer), both.helper.id
    assert helper is not None
    row = await fixed(both, contract, at("09:00"))
    offered = await propose_appointment(both.helper, None, contract.id, at("09:00", ahead=11))

    async def looked() -> tuple[int, bool]:
        async with transaction():
            changed = await look_at_absent(helper)
        return changed, (await of(row.id)).gap

    await suspend_account(desk, None, helper, SuspensionReason.REPORTED)
    assert await Outbox.filter(kind=ABSENT_JOB, aggregate=helper).count() == 1
    assert await looked() == (1, True)
    assert await looked() == (0, True), "twice is as once"
    assert await mails("gap_opened") == {both.seeker.id}
    assert (await of(row.id)).state is S.FIXED, "what was agreed on stays"
    with pytest.raises(TimeTaken):
        await agree_appointment(both.seeker, None, offered.id, offered.version)
    await reinstate_account(desk, None, helper)
    assert await looked() == (1, False)
    assert (
        await agree_appointment(both.seeker, None, offered.id, offered.version)
    ).state is S.FIXED


@pytest.mark.parametrize("suspended_first", [True, False])
async def test_what_is_fixed_while_an_account_is_stopped_has_a_gap_or_is_refused(
    owner_url: str, place: Place, suspended_first: bool
) -> None:
    both, contract = await agreed(owner_url, place)
    desk, helper = await viewer_for(place.officer), both.helper.id
    assert helper is not None
    row = await propose_appointment(both.helper, None, contract.id, at("09:00"))

    async def stop() -> None:
        await suspend_account(desk, None, helper, SuspensionReason.REPORTED)
        async with transaction():
            await look_at_absent(helper)

    async def agree() -> None:
        await agree_appointment(both.seeker, None, row.id, row.version)

    calls = [stop(), agree()]
    outside, racing = copy_context(), []
    async with transaction():  # each comes as far as the assistant's time, and waits for it
        await Assistant.select_for_update(no_key=True).get(id=helper)
        for call in calls if suspended_first else calls[::-1]:
            racing.append(asyncio.create_task(call, context=outside.copy()))
            await blocked(len(racing))
    found = await asyncio.gather(*racing, return_exceptions=True)
    refused = [each for each in found if isinstance(each, TimeTaken)]
    assert len(refused) == suspended_first, found
    row = await of(row.id)
    assert (row.state is S.FIXED, row.gap) == (not refused, not refused)
