"""Use cases of those who speak for a provider: inviting, who decides, leaving."""

from uuid import UUID

from domain.errors import AdminRequired, LastAdmin, NotFound
from domain.ids import uuid7
from domain.permissions import demand_role, demand_signed_in
from domain.provider import CoordinatorRole
from domain.states import OPEN_APPLICATION, ApplicationState
from domain.text import email_address
from domain.viewer import STAFF, AccountState, Role, Viewer
from models.application import Application
from models.provider import Coordinator, Provider
from models.user import User
from notifications.message import MailKind, announce_again
from services import clock
from services.application import end_membership
from services.gate import Gate
from services.invitation import account_of
from services.limiter import count_sent_mail
from services.offer import offer_changed
from services.session import revoke_all_sessions
from services.use_case import UNTOLD, Aside, kept_answer, use_case
from services.user import touched


def demand_lead(viewer: Viewer) -> UUID:
    """The provider that the viewer decides for.

    Raises:
        AdminRequired: the viewer only speaks for it; or see `demand_role`.
    """
    demand_role(viewer, Role.COORDINATOR)
    if viewer.decides_for is None:
        raise AdminRequired
    return viewer.decides_for


async def invite_coordinator(
    viewer: Viewer, key: str | None, email: str, role: CoordinatorRole, gate: Gate
) -> None:
    """Invite somebody to speak for the provider; the answer is the same for every address.

    Whoever registers with the address that was invited is taken in once it is confirmed.

    Raises:
        AdminRequired: the viewer may not.
        EmailRefused: not an address.
        RateLimited: too many mails to this address or from this account.
    """
    demand_lead(viewer)
    address = email_address(email)
    mark = gate.keys.pseudonym("invitation", f"{address}|{role}")
    if await kept_answer(_invite, viewer, key, mark, UNTOLD) is not None:
        return
    await count_sent_mail(gate.limiter, address, demand_signed_in(viewer), clock.now())
    await _invite(viewer, key, mark, Aside((address, role)))


@use_case
async def _invite(viewer: Viewer, mark: str, aside: Aside[tuple[str, CoordinatorRole]]) -> None:
    del mark  # it only tells two inputs apart
    provider_id = demand_lead(viewer)
    address, role = aside.value
    user = await account_of(address, Role.COORDINATOR, demand_signed_in(viewer))
    if await _may_be_invited(user):
        await Application.create(
            id=uuid7(),
            user_id=user.id,
            provider_id=provider_id,
            coordinator_role=role,
            state=ApplicationState.INVITED,
        )
    await announce_again(MailKind.COORDINATOR_INVITED, user.id, reference=provider_id)


async def _may_be_invited(user: User) -> bool:
    """Whether the account is free to speak for somebody; the mail is the same if not."""
    undecided = user.role is Role.COORDINATOR or user.state is AccountState.DRAFT
    if not undecided or await Coordinator.filter(id=user.id).exists():
        return False
    applied = Application.filter(user_id=user.id, state__in=sorted(OPEN_APPLICATION))
    return not await applied.exists()


@use_case
async def set_coordinator_role(
    viewer: Viewer, coordinator_id: UUID, role: CoordinatorRole
) -> Coordinator:
    """Say whether somebody decides for the provider or speaks for it.

    Raises:
        NotFound: nobody of the viewer's provider.
        AdminRequired, LastAdmin: the viewer may not; or nobody would be left who decides.
    """
    coordinator, user = await _locked(viewer, coordinator_id)
    if not viewer.is_staff and viewer.decides_for is None:
        raise AdminRequired
    if role is not CoordinatorRole.ADMIN:
        await _demand_another_admin(coordinator, user)
    await Coordinator.filter(id=coordinator_id).update(role=role)
    await touched(user)
    return await Coordinator.get(id=coordinator_id)


@use_case
async def remove_coordinator(viewer: Viewer, coordinator_id: UUID) -> User:
    """Let somebody speak for the provider no longer: every session ends at once.

    People may leave by themselves; else it is for those who lead, and for staff.

    Raises:
        NotFound, AdminRequired, LastAdmin: as for the role.
    """
    coordinator, user = await _locked(viewer, coordinator_id)
    mine = viewer.id == coordinator_id
    if not (mine or viewer.is_staff or viewer.decides_for is not None):
        raise AdminRequired
    await _demand_another_admin(coordinator, user)
    await coordinator.delete()
    await end_membership(viewer, coordinator_id)
    await revoke_all_sessions(coordinator_id, clock.now(), keep=viewer.session_id if mine else None)
    if not mine:
        await announce_again(
            MailKind.MEMBERSHIP_ENDED, coordinator_id, reference=coordinator.provider_id
        )
    await offer_changed(coordinator.provider_id)
    return await touched(user)


async def _locked(viewer: Viewer, coordinator_id: UUID) -> tuple[Coordinator, User]:
    """The coordinator, after the provider's row: who counts the others is not overtaken."""
    demand_role(viewer, Role.COORDINATOR, *STAFF)
    coordinator = await Coordinator.visible_to(viewer).get_or_none(id=coordinator_id)
    if coordinator is None:
        raise NotFound(field="coordinatorId")
    await Provider.select_for_update(no_key=True).get(id=coordinator.provider_id)
    user = await User.select_for_update(no_key=True).get(id=coordinator_id)
    still = await Coordinator.filter(id=coordinator_id, provider_id=coordinator.provider_id).first()
    if still is None:
        raise NotFound(field="coordinatorId")
    return still, user


async def _demand_another_admin(coordinator: Coordinator, user: User) -> None:
    """Refuse to leave the provider without anybody released who decides for it."""
    admins = Coordinator.speaking().filter(
        provider_id=coordinator.provider_id, role=CoordinatorRole.ADMIN
    )
    if (
        coordinator.role is CoordinatorRole.ADMIN
        and not await admins.exclude(id=coordinator.id).exists()
    ):
        raise LastAdmin(field="coordinatorId", state=user.state.value)
