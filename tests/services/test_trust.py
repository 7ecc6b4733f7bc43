"""Trust: counted once both have said yes, after something shared, and told to nobody."""

from uuid import UUID

import pytest

from domain.errors import NotFound, NothingShared, RoleNotAllowed
from domain.matching.score import TRUST_POINTS
from models.appointment import Appointment
from models.database import execute
from models.demand import demand_row
from models.match import Match
from models.outbox import Outbox
from models.trust import Trust
from services import clock
from services.order import MATCH_JOB
from services.trust import record_trust
from tests.appointment_rows import put_appointment
from tests.people import Place, make_assistant, viewer_for
from tests.services.dating import begun, served
from tests.services.scenes import released, suggest
from tests.staging import everything, guards_asleep


async def trusted(order: UUID) -> frozenset[UUID]:
    demand = await demand_row(order, clock.today())
    assert demand is not None
    return demand.trusted


async def jobs(order: UUID) -> int:
    return await Outbox.filter(kind=MATCH_JOB, aggregate=order).count()


async def test_both_yeses_raise_the_score_and_one_no_takes_it_back(
    owner_url: str, place: Place
) -> None:
    both, row = await begun(owner_url, place, "CONFIRMED")
    other = await make_assistant(place)
    order = await released(both.seeker)
    await execute("UPDATE outbox SET dispatch = 1 WHERE aggregate = $1", order.id)
    before = await jobs(order.id)
    await record_trust(both.seeker, None, row, would_meet_again=True)
    assert await trusted(order.id) == frozenset()
    assert await jobs(order.id) == before, "one yes changes nothing that anybody could see"
    await record_trust(both.helper, None, row, would_meet_again=True)
    assert await trusted(order.id) == {both.helper.id}
    assert await jobs(order.id) == before + 1
    await suggest(order.id)
    known = await Match.get(order_id=order.id, assistant_id=both.helper.id)
    unknown = await Match.get(order_id=order.id, assistant_id=other.id)
    assert known.score - unknown.score == TRUST_POINTS
    assert (known.met, known.unmet) == (unknown.met, unknown.unmet), "it is explained to nobody"
    await record_trust(both.helper, None, row, would_meet_again=False)
    assert await trusted(order.id) == frozenset()
    await suggest(order.id)
    again = await Match.get(id=known.id)
    assert again.score == unknown.score


async def test_saying_it_twice_is_as_once(owner_url: str, place: Place) -> None:
    both, row = await begun(owner_url, place, "CONFIRMED")
    for _ in range(2):
        await record_trust(both.seeker, None, row, would_meet_again=True)
    assert await Trust.all().count() == 1


async def test_nothing_shared_is_nothing_to_trust(owner_url: str, place: Place) -> None:
    both, row = await begun(owner_url, place, "WORKED")
    stranger = await viewer_for(await make_assistant(place))
    before = await everything()
    with pytest.raises(NothingShared):
        await record_trust(both.seeker, None, row, would_meet_again=True)
    with pytest.raises(NotFound):
        await record_trust(stranger, None, row, would_meet_again=True)
    assert await everything() == before
    assert not await Trust.exists()


async def test_it_is_about_two_people_and_no_provider(owner_url: str, place: Place) -> None:
    house = await served(owner_url, place)
    async with guards_asleep(owner_url) as connection:
        row = await put_appointment(connection, house.contract, "CONFIRMED")
    with pytest.raises(RoleNotAllowed):
        await record_trust(house.coordinator, None, row, would_meet_again=True)
    await record_trust(house.helper, None, row, would_meet_again=True)
    (said,) = await Trust.all()
    appointment = await Appointment.get(id=row)
    assert (said.seeker_id, said.assistant_id) == (appointment.seeker_id, house.helper.id)
