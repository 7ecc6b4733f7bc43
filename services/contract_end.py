"""Use cases of a contract's end: either side says the day, and a job ends it when that is over."""

from datetime import date
from uuid import UUID

from domain.contract import ContractEnd, may_say
from domain.contract_state import CONTRACT, LAST_DAY_SAID, ContractState
from domain.errors import ContractEndsEarlier, DateInPast, EndReasonForeign, StateRefused
from domain.permissions import demand_role
from domain.states import ORDER
from domain.version import demand_version
from domain.viewer import PARTIES, SYSTEM, DelegationKind, Viewer
from models.contract import Contract
from models.order import Order
from notifications.message import MailKind
from services import clock
from services.appointment_end import cancel_after
from services.contract import Party, locked, side_of
from services.contract_mail import tell_all
from services.contract_news import promise_end, tell_lists
from services.transition import note, transition
from services.use_case import for_another, unasked, use_case


@use_case
@for_another(DelegationKind.GUARDIAN)
@unasked
async def end_contract(
    viewer: Viewer,
    contract_id: UUID,
    ends_on: date,
    reason: ContractEnd,
    if_version: int | None = None,
) -> Contract:
    """Say which is the last day of a contract: either side may, today at the earliest.

    Raises:
        NotFound, StateRefused, Stale: not a contract of the viewer's that has been agreed on.
        EndReasonForeign: a reason that only the other side gives, or the portal.
        DateInPast, ContractEndsEarlier: it would have ended, or end later than was agreed.
    """
    demand_role(viewer, *PARTIES)
    contract, order = await locked(viewer, contract_id)
    side = side_of(viewer, order.seeker_id, Party(contract.assistant_id, contract.provider_id))
    if contract.state is not ContractState.AGREED:
        raise StateRefused(state=contract.state.value, action="END_CONTRACT")
    demand_version(contract.version, if_version)
    if not may_say(side, reason):
        raise EndReasonForeign(field="reason")
    if ends_on < clock.today():
        raise DateInPast(field="endsOn")
    if contract.ends_on is not None and ends_on > contract.ends_on:
        raise ContractEndsEarlier(field="endsOn")
    rows = Contract.filter(id=contract_id)
    await rows.update(ends_on=ends_on, end_reason=reason, version=contract.version + 1)
    await note(CONTRACT, contract_id, LAST_DAY_SAID, viewer)
    await cancel_after(contract_id, ends_on, ended=False)
    contract = await Contract.get(id=contract_id)
    await tell_lists(contract)
    await tell_all(MailKind.CONTRACT_ENDS, contract)
    await promise_end(contract)
    return contract


async def end_on_its_day(contract_id: UUID, version: int) -> bool:
    """End a contract whose last day is over, in the caller's transaction; False if it moved."""
    order_id = (await Contract.get(id=contract_id)).order_id
    await Order.filter(id=order_id).select_for_update(no_key=True).get()
    contract = await Contract.get(id=contract_id)
    if contract.state is not ContractState.AGREED or contract.version != version:
        return False
    if contract.end_reason is None:
        await Contract.filter(id=contract_id).update(end_reason=ContractEnd.RUN_OUT)
    await cancel_after(contract_id, contract.ends_on or clock.today(), ended=True)
    values = {"ended_at": clock.now()}
    await transition(CONTRACT, contract_id, "END_CONTRACT", SYSTEM, values=values)
    await transition(ORDER, order_id, "COMPLETE", SYSTEM)
    await tell_all(MailKind.CONTRACT_ENDED, await Contract.get(id=contract_id))
    return True


async def remind_of_end(contract_id: UUID, version: int) -> bool:
    """Promise both sides a reminder of the end, in the caller's transaction; False if it moved."""
    contract = await Contract.filter(id=contract_id).select_for_update(no_key=True).get()
    if contract.state is not ContractState.AGREED or contract.version != version:
        return False
    await tell_all(MailKind.CONTRACT_ENDS, contract)
    return True
