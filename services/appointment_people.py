"""Whose an appointment is, under lock: the order always first, then the contract, then it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from domain.appointment import (
    AppointmentAction,
    Part,
    People,
    Standing,
    blocked_reason,
    part_of,
)
from domain.contract_state import ContractState
from domain.errors import (
    AppointmentNotBegun,
    NobodyNamed,
    NotFound,
    StandInSilent,
    StateRefused,
)
from domain.permissions import Doer, demand_role, left_to
from domain.policy import Policy
from domain.viewer import PARTIES, Role, Viewer
from models.appointment import Appointment
from models.contract import Contract
from models.district import Municipality
from models.order import Order
from models.user import Assistant
from services import clock

_REFUSALS: dict[str, type[StateRefused]] = {
    "APPOINTMENT_NOT_BEGUN": AppointmentNotBegun,
    "STAND_IN_SILENT": StandInSilent,
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What appointments of a contract stand on, locked."""

    contract: Contract
    order: Order
    policy: Policy
    land: str


@dataclass(frozen=True, slots=True)
class Entered:
    """An appointment that the viewer has to do with, with everything it stands on."""

    ground: Ground
    appointment: Appointment
    part: Part


async def ground_of(contract_id: UUID) -> Ground:
    """A contract with what it stands on, locked."""
    order_id = (await Contract.get(id=contract_id)).order_id
    order = await Order.filter(id=order_id).select_for_update(no_key=True).get()
    contract = await Contract.filter(id=contract_id).select_for_update(no_key=True).get()
    place = await Municipality.get(id=order.municipality_id).prefetch_related("district")
    return Ground(contract, order, place.district.policy(), place.district.land)


async def enter_contract(viewer: Viewer, contract_id: UUID, action: str) -> tuple[Ground, Part]:
    """A contract that holds, locked, for somebody who decides about its dates.

    Raises:
        NotFound: none of the viewer's.
        RoleNotAllowed: an assistant who only comes for a provider.
        StateRefused: the contract does not hold.
    """
    demand_role(viewer, *PARTIES)
    if not await Contract.visible_to(viewer).filter(id=contract_id).exists():
        raise NotFound(field="contractId")
    ground = await ground_of(contract_id)
    contract = ground.contract
    part = part_of(viewer, People(contract.seeker_id, contract.assistant_id, contract.provider_id))
    if part not in {Part.SEEKER, Part.ACCEPTOR}:
        raise left_to(Doer.OWN_COORDINATOR if part is Part.COMER else Doer.INVOLVED)
    if contract.state is not ContractState.AGREED:
        raise StateRefused(state=contract.state.value, action=action)
    return ground, part


async def enter(
    viewer: Viewer,
    appointment_id: UUID,
    action: AppointmentAction,
    *,
    field: str = "appointmentId",
) -> Entered:
    """An appointment of the viewer's, locked, if the action can be done with it.

    Raises:
        NotFound: none of the viewer's.
        RoleNotAllowed: others do this.
        StateRefused: it cannot be done with it now.
    """
    demand_role(viewer, *PARTIES)
    seen = await Appointment.visible_to(viewer).filter(id=appointment_id).first()
    if seen is None:
        raise NotFound(field=field)
    ground = await ground_of(seen.contract_id)
    row = await Appointment.filter(id=appointment_id).select_for_update(no_key=True).get()
    part = part_of(viewer, people_of(row))
    if part is None:
        raise left_to(Doer.INVOLVED)
    reason = blocked_reason(action, part, standing(row, clock.now()))
    if reason == "NOT_YOURS":
        raise left_to(_doer_of(action, part, row))
    if reason is not None:
        refusal = _REFUSALS.get(reason, StateRefused)
        raise refusal(state=row.state.value, action=action.value)
    return Entered(ground, row, part)


def _doer_of(action: AppointmentAction, part: Part, row: Appointment) -> Role | Doer:
    """Who does it instead, as somebody in this part would say it."""
    if action is AppointmentAction.CONFIRM_APPOINTMENT:
        return Role.SEEKER
    if part is Part.SEEKER:
        return Doer.OTHER_SIDE
    only_comes = part is Part.COMER and row.provider_id is not None
    return Doer.OWN_COORDINATOR if only_comes else Doer.INVOLVED


def people_of(row: Appointment) -> People:
    """Whose it is."""
    return People(
        row.seeker_id, row.assistant_id, row.provider_id, row.stands_in_for_id is not None
    )


def standing(row: Appointment, now: datetime) -> Standing:
    """All that decides about its buttons."""
    return Standing(
        row.state,
        stands_in=row.stands_in_for_id is not None,
        acceptor_agreed=row.agreed_at is not None,
        begun=row.starts_at.astimezone(UTC) <= now,
    )


async def who_comes(ground: Ground, part: Part, wanted: UUID | None) -> UUID:
    """Who comes to appointments of a contract: for a provider whomever of its people it names.

    Raises:
        NotFound: none of the provider's people.
        NobodyNamed: the contract says nobody, and the viewer does not decide.
    """
    contract = ground.contract
    if wanted is None or wanted == contract.assistant_id:
        if contract.assistant_id is None:
            raise NobodyNamed(state=contract.state.value)
        return contract.assistant_id
    by_provider = part is Part.ACCEPTOR and contract.provider_id is not None
    own = Assistant.filter(id=wanted, provider_id=contract.provider_id)
    if not by_provider or not await own.exists():
        raise NotFound(field="assistantId")
    return wanted
