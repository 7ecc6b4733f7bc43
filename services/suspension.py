"""Use cases of staff: stopping an account for the time being, and letting it go on."""

from uuid import UUID

from domain.errors import NotFound
from domain.permissions import Doer, demand_role, left_to
from domain.states import ACCOUNT, OPEN_FOR_ANSWERS
from domain.suspension import SuspensionReason
from domain.viewer import STAFF, Role, Viewer
from models.order import Order
from models.outbox import enqueue, merge
from models.provider import Coordinator
from models.suspension import Suspension
from models.user import User
from notifications.message import MailKind, announce_again
from services import clock
from services.appointment_gap import ABSENT_JOB
from services.busy_time import locked
from services.offer import offer_changed
from services.order import MATCH_JOB
from services.session import revoke_all_sessions
from services.transition import transition
from services.use_case import use_case


@use_case
async def suspend_account(
    viewer: Viewer, user_id: UUID, reason: SuspensionReason, if_version: int | None = None
) -> User:
    """Stop an account: its sessions end at once, and it takes part in nothing any more.

    What both sides have agreed on stays as it is, and nobody is told why; but an assistant does not
    come meanwhile, so that whoever fills gaps learns of these.

    Raises:
        RoleNotAllowed: the own account, or one of the staff and the viewer is customer service.
        NotFound, StateRefused, Stale: see `transition`.
    """
    officer = demand_role(viewer, *STAFF)
    if officer == user_id:
        raise left_to(Doer.COLLEAGUE)
    await _demand_above(viewer, user_id)
    await transition(ACCOUNT, user_id, "SUSPEND_ACCOUNT", viewer, if_version=if_version)
    await Suspension.create(user_id=user_id, officer_id=officer, reason=reason)
    await revoke_all_sessions(user_id, clock.now())
    await announce_again(MailKind.ACCOUNT_SUSPENDED, user_id)
    return await _matched_again(user_id)


@use_case
async def reinstate_account(viewer: Viewer, user_id: UUID, if_version: int | None = None) -> User:
    """Let a suspended account go on.

    Raises:
        NotFound, StateRefused, Stale: see `transition`.
    """
    demand_role(viewer, *STAFF)
    await _demand_above(viewer, user_id)
    await transition(ACCOUNT, user_id, "REINSTATE_ACCOUNT", viewer, if_version=if_version)
    await announce_again(MailKind.ACCOUNT_REINSTATED, user_id)
    return await _matched_again(user_id)


async def _demand_above(viewer: Viewer, user_id: UUID) -> None:
    """Of the staff only administration stops and reinstates accounts."""
    if viewer.role is Role.ADMINISTRATION:
        return
    if await User.exists(id=user_id, role__in=sorted(STAFF)):
        raise left_to(Role.ADMINISTRATION)


async def _matched_again(user_id: UUID) -> User:
    user = await User.get_or_none(id=user_id)
    if user is None:
        raise NotFound(field="userId")
    await account_changed(user)
    if user.role is Role.ASSISTANT:
        # What is being fixed meanwhile is there for the job, or sees that the account is stopped.
        await locked(user.id)
        await enqueue(ABSENT_JOB, user.id)
    return user


async def account_changed(user: User) -> None:
    """Let matching look again at whatever depends on an account, in the caller's transaction."""
    if user.role is Role.ASSISTANT:
        await offer_changed(user.id)
    if user.role is Role.COORDINATOR:
        coordinator = await Coordinator.get_or_none(id=user.id)
        if coordinator is not None:
            await offer_changed(coordinator.provider_id)
    if user.role is Role.SEEKER:
        open_ones = Order.filter(seeker_id=user.id, state__in=sorted(OPEN_FOR_ANSWERS))
        for order in await open_ones.order_by("id"):
            await merge(MATCH_JOB, order.id, available_at=clock.now())
