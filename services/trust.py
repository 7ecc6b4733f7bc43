"""Use case of trust: what each side says about meeting the other again, told to nobody.

Matching counts it once both have said yes; nobody can tell from the answer what the other said.
"""

from uuid import UUID

from domain.appointment_state import AppointmentState
from domain.contract import ContractSide
from domain.errors import NotFound, NothingShared
from domain.permissions import Doer, demand_role, left_to
from domain.states import OPEN_FOR_ANSWERS
from domain.viewer import Role, Viewer
from models.appointment import Appointment
from models.order import Order
from models.outbox import merge
from models.trust import Trust
from models.user import Seeker
from services import clock
from services.order import MATCH_JOB
from services.use_case import use_case


@use_case
async def record_trust(viewer: Viewer, appointment_id: UUID, *, would_meet_again: bool) -> None:
    """Say whether one would meet the other side of a confirmed appointment again; or not any more.

    Nobody says it for another, and a provider has no word in it: it is about two people.

    Raises:
        NotFound, RoleNotAllowed: not an appointment of the viewer's.
        NothingShared: it has not been confirmed.
    """
    demand_role(viewer, Role.SEEKER, Role.ASSISTANT)
    row = await Appointment.visible_to(viewer).get_or_none(id=appointment_id)
    if row is None:
        raise NotFound(field="appointmentId")
    if row.state is not AppointmentState.CONFIRMED:
        raise NothingShared(state=row.state.value)
    sides = {row.seeker_id: ContractSide.SEEKER, row.assistant_id: ContractSide.ACCEPTOR}
    side = sides.get(viewer.id) if viewer.id else None
    if side is None:
        raise left_to(Doer.INVOLVED)
    await Seeker.filter(id=row.seeker_id).select_for_update(no_key=True).get()
    before = await _both(row)
    await Trust.update_or_create(
        {"would_meet_again": would_meet_again, "said_at": clock.now()},
        seeker_id=row.seeker_id,
        assistant_id=row.assistant_id,
        side=side,
    )
    if await _both(row) is not before:
        await _match_again(row.seeker_id)


async def _both(row: Appointment) -> bool:
    pair = Trust.filter(seeker_id=row.seeker_id, assistant_id=row.assistant_id)
    return await pair.filter(would_meet_again=True).count() == len(ContractSide)


async def _match_again(seeker_id: UUID) -> None:
    orders = Order.filter(seeker_id=seeker_id, state__in=sorted(OPEN_FOR_ANSWERS))
    for order in await orders.order_by("id"):
        await merge(MATCH_JOB, order.id, available_at=clock.now())
