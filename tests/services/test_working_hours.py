"""Working hours (§§ 3, 5 ArbZG): warned of before anybody says yes, and anew with the yes."""

from uuid import UUID, uuid4

from domain.appointment import CancelReason
from domain.meeting import Span
from models.appointment import Appointment
from models.busy import Busy, BusyKind
from services.appointment import agree_appointment, move_appointment, propose_appointment
from services.appointment_end import cancel_appointment
from services.appointment_plan import plan_appointments
from services.stand_in import ask_stand_in
from tests.people import Place, make_assistant, viewer_for
from tests.services.contracting import agreed
from tests.services.dating import at, day, fixed, served
from tests.services.test_appointment_plan import carried_out, weekly


async def test_working_hours_are_warned_of_where_the_law_protects(
    owner_url: str, place: Place
) -> None:
    house = await served(owner_url, place)

    async def proposed(span: Span) -> Appointment:
        return await propose_appointment(house.seeker, None, house.contract, span)

    async def fix(row: Appointment, **warned: bool) -> None:
        """What is warned of before the yes and with it."""
        done = await agree_appointment(house.coordinator, None, row.id, row.version)
        for each in (row, done):
            assert {"short_rest": each.short_rest, "long_day": each.long_day} == warned

    late = await proposed(at("14:00", hours=8))
    more = await proposed(at("10:00", hours=3))
    await fix(late, short_rest=False, long_day=False)
    await fix(await proposed(at("07:00", ahead=11)), short_rest=True, long_day=False)
    assert not more.long_day, "what is only proposed is no work"
    more = await move_appointment(house.seeker, None, more.id, at("11:00", hours=3))
    await fix(more, short_rest=False, long_day=True)
    both, contract = await agreed(owner_url, place)
    alone = await fixed(both, contract, at("06:00", hours=12))
    assert not alone.long_day, "the self-employed decide for themselves"


async def test_a_plan_s_dates_are_warned_of_while_they_wait(owner_url: str, place: Place) -> None:
    house = await served(owner_url, place)
    await _works(house.helper.id, at("21:00", ahead=8))
    plan = await plan_appointments(house.seeker, None, house.contract, weekly(day(9)))
    await carried_out(plan.id)
    rows = await Appointment.filter(plan_id=plan.id, starts_at__gte=at("00:00", ahead=9).begins)
    first, *others = sorted(rows, key=lambda row: row.starts_at)
    assert first.short_rest
    assert not any(row.short_rest for row in others)


async def test_whoever_is_asked_to_stand_in_is_warned_before_and_with_the_yes(
    owner_url: str, place: Place
) -> None:
    house = await served(owner_url, place)
    colleague = await make_assistant(place, provider=house.provider)
    row = await propose_appointment(house.seeker, None, house.contract, at("09:00"))
    await agree_appointment(house.coordinator, None, row.id, row.version)
    await cancel_appointment(house.helper, None, row.id, CancelReason.ASSISTANT_ILL)
    asked = await ask_stand_in(house.coordinator, None, row.id, colleague.id)
    assert not asked.short_rest
    await _works(colleague.id, at("21:00", ahead=9))
    said = await agree_appointment(await viewer_for(colleague), None, asked.id, asked.version)
    assert said.short_rest, "found anew with the yes"
    other = await make_assistant(place, provider=house.provider)
    await _works(other.id, at("21:00", ahead=9))
    assert (await ask_stand_in(house.coordinator, None, row.id, other.id)).short_rest


async def _works(assistant: UUID | None, span: Span) -> None:
    await Busy.create(
        assistant_id=assistant,
        kind=BusyKind.APPOINTMENT,
        begins_at=span.begins,
        ends_at=span.ends,
        source=uuid4(),
    )
