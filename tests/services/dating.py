"""What the tests of appointments begin with: contracts that hold, and dates that lie ahead."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from domain.dates import BERLIN
from domain.meeting import Span
from domain.viewer import Viewer
from models.appointment import Appointment
from models.contract import Contract
from models.provider import Provider
from services import clock
from services.appointment import agree_appointment, propose_appointment
from tests.appointment_rows import put_appointment
from tests.contract_rows import put_contract
from tests.people import Place, make_assistant, make_coordinator, make_provider, viewer_for
from tests.services.contracting import Met, agreed
from tests.services.scenes import seeker_of
from tests.staging import guards_asleep, put_match, put_order

NOBODY = UUID(int=0)


def day(ahead: int = 10) -> date:
    return clock.today() + timedelta(days=ahead)


def at(clock_time: str, hours: float = 2, ahead: int = 10) -> Span:
    """From a local time on a day ahead."""
    begins = datetime.combine(day(ahead), time.fromisoformat(clock_time), BERLIN)
    return Span(begins, begins + timedelta(hours=hours))


async def fixed(both: Met, contract: Contract, span: Span) -> Appointment:
    """Proposed by the client, agreed to by the assistant."""
    row = await propose_appointment(both.seeker, None, contract.id, span)
    return await agree_appointment(both.helper, None, row.id, row.version)


async def begun(owner_url: str, place: Place, state: str = "FIXED") -> tuple[Met, UUID]:
    """An appointment that has begun two hours ago."""
    both, contract = await agreed(owner_url, place)
    async with guards_asleep(owner_url) as connection:
        await connection.execute(
            "UPDATE contracts SET starts_on = current_date - 40 WHERE id = $1", contract.id
        )
        return both, await put_appointment(connection, contract.id, state)


@dataclass(frozen=True, slots=True)
class House:
    """A provider with a coordinator, one of its people, and a contract that both serve."""

    seeker: Viewer
    helper: Viewer
    coordinator: Viewer
    provider: Provider
    contract: UUID


async def served(owner_url: str, place: Place) -> House:
    provider = await make_provider(place)
    seeker = await seeker_of(place)
    helper = await viewer_for(await make_assistant(place, provider=provider))
    coordinator = await viewer_for(await make_coordinator(place, provider))
    contract = await contract_of(
        owner_url, place, seeker.id or NOBODY, helper.id or NOBODY, provider=provider.id
    )
    return House(seeker, helper, coordinator, provider, contract)


async def contract_of(
    owner_url: str, place: Place, seeker: UUID, helper: UUID, **more: Any
) -> UUID:
    """A contract that holds since a while, straight into the tables."""
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker, place, "CONTRACTED")
        match = await put_match(connection, order, "CONTRACTED", assistant=helper)
        contract = await put_contract(connection, match, "AGREED", "SEEKER", "ACCEPTOR")
        await connection.execute(
            "UPDATE contracts SET starts_on = current_date - 40, provider_id = $2 WHERE id = $1",
            contract,
            more.get("provider"),
        )
        await connection.execute(
            "INSERT INTO contract_activities (id, contract_id, activity_id) "
            "SELECT portal_uuid7(), $1, activity_id FROM order_activities WHERE order_id = $2",
            contract,
            order,
        )
    return contract
