"""Use cases of acting for somebody else: asking somebody to, agreeing, and ending it at once."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.delegation import DELEGATES, MOST, PRINCIPAL
from domain.errors import (
    AccountNotReleased,
    DateInPast,
    DelegationsFull,
    DelegationToOneself,
    GuardianUnseen,
    InputRefused,
    NotFound,
)
from domain.ids import uuid7
from domain.permissions import demand_oneself, demand_role, demand_signed_in
from domain.states import DELEGATION, OPEN_DELEGATION, DelegationState
from domain.text import email_address
from domain.viewer import STAFF, STAYING, DelegationKind, Role, Viewer
from models.delegation import Delegation
from models.user import User
from notifications.message import MailKind, announce_again
from services import clock
from services.gate import Gate
from services.invitation import account_of
from services.limiter import count_sent_mail
from services.transition import transition
from services.use_case import UNTOLD, Aside, kept_answer, unasked, use_case
from services.user import touched


@dataclass(frozen=True, slots=True)
class Grant:
    """Who may act for the principal, why, and until when; `principal_id` is for staff."""

    email: str
    kind: DelegationKind
    valid_until: date | None = None
    principal_id: UUID | None = None


async def grant_delegation(viewer: Viewer, key: str | None, grant: Grant, gate: Gate) -> Delegation:
    """Ask somebody to act for the viewer; nothing holds before they have agreed.

    Staff does it for others, and is the only one that records guardians, whose certificate it has
    seen. The answer is the same for every address. Asking again sends another mail; for another
    reason or another last day it takes the place of what was asked before. What holds goes on
    until the new one is agreed to.

    Raises:
        NotForAnother: somebody acts for the viewer.
        InputRefused: customer service is not asked this way.
        GuardianUnseen: a guardian is named by somebody else.
        EmailRefused: not an address.
        DelegationToOneself: the principal's own.
        DateInPast: it would be over.
        DelegationsFull: five are enough.
        NotFound: no such account of somebody who seeks.
        RateLimited: too many mails to this address or from this account.
    """
    demand_oneself(viewer)
    demand_role(viewer, PRINCIPAL, *STAFF, released=False)
    if grant.kind is DelegationKind.CUSTOMER_SERVICE:  # begins with a code on the telephone
        raise InputRefused(field="kind")
    if grant.kind is DelegationKind.GUARDIAN and not viewer.is_staff:
        raise GuardianUnseen(field="kind")
    if grant.valid_until is not None and grant.valid_until < clock.today():
        raise DateInPast(field="validUntil")
    address = email_address(grant.email)
    mark = gate.keys.pseudonym("delegation", f"{address}|{grant}")
    if (known := await kept_answer(_grant, viewer, key, mark, UNTOLD)) is not None:
        return known.outcome
    await count_sent_mail(gate.limiter, address, demand_signed_in(viewer), clock.now())
    return await _grant(viewer, key, mark, Aside((address, grant)))


@use_case
async def _grant(viewer: Viewer, mark: str, aside: Aside[tuple[str, Grant]]) -> Delegation:
    del mark  # it only tells two inputs apart
    address, grant = aside.value
    principal = await _principal(viewer, grant.principal_id)
    delegate = await account_of(address, Role.REPRESENTATIVE, principal.id)
    if delegate.id == principal.id:
        raise DelegationToOneself(field="email")
    known = await _known(viewer, principal, delegate, grant)
    if known is None:
        known = await _invited(viewer, principal, delegate, address, grant)
    if known.state is DelegationState.INVITED:
        await announce_again(MailKind.DELEGATION_ASKED, delegate.id, reference=known.id)
    await touched(principal)
    return known


async def _known(
    viewer: Viewer, principal: User, delegate: User, grant: Grant
) -> Delegation | None:
    """What is the same already; an answer to anything else is not waited for any more.

    Raises:
        DelegationsFull: there are enough others.
    """
    rows = Delegation.filter(principal_id=principal.id, state__in=sorted(OPEN_DELEGATION))
    open_ones = await rows.order_by("id")
    if len({each.delegate_id for each in open_ones} - {delegate.id}) >= MOST:
        raise DelegationsFull(state=principal.state.value, number=MOST)
    known = None
    for each in open_ones:
        if each.delegate_id != delegate.id:
            continue
        if (each.kind, each.valid_until) == (grant.kind, grant.valid_until):
            known = each
        elif each.state is DelegationState.INVITED:
            await transition(DELEGATION, each.id, "REVOKE_DELEGATION", viewer)
    return known


async def _principal(viewer: Viewer, given: UUID | None) -> User:
    """Whom the delegation is for: oneself, or for staff whoever is named."""
    wanted = given if viewer.is_staff else viewer.id
    if given is not None and given != wanted:
        raise NotFound(field="userId")
    seeking = User.filter(role=PRINCIPAL, state__in=STAYING).select_for_update(no_key=True)
    found = await seeking.get_or_none(id=wanted) if wanted else None
    if found is None:
        raise NotFound(field="userId")
    return found


async def _invited(
    viewer: Viewer, principal: User, delegate: User, address: str, grant: Grant
) -> Delegation:
    return await Delegation.create(
        id=uuid7(),
        principal_id=principal.id,
        delegate_id=delegate.id,
        officer_id=viewer.id if viewer.is_staff else None,
        kind=grant.kind,
        email=address,
        state=DelegationState.INVITED,
        valid_until=grant.valid_until,
    )


@use_case
async def accept_delegation(
    viewer: Viewer, delegation_id: UUID, if_version: int | None = None
) -> Delegation:
    """Agree to act for somebody who asked; the principal is told.

    What held between the two for another reason, or until another day, ends with that.

    Raises:
        NotFound: nobody has asked the viewer.
        RoleNotAllowed: assistants, coordinators and staff act for nobody.
        StateRefused, Stale: see `transition`.
    """
    person = demand_role(viewer, *DELEGATES, released=False)
    delegation = await Delegation.get_or_none(id=delegation_id, delegate_id=person)
    if delegation is None:
        raise NotFound(field="delegationId")
    principal = await User.select_for_update(no_key=True).get(id=delegation.principal_id)
    if principal.state not in STAYING:
        raise AccountNotReleased
    await _end_present(viewer, delegation)
    await transition(DELEGATION, delegation_id, "ACCEPT_DELEGATION", viewer, if_version=if_version)
    await announce_again(MailKind.DELEGATION_ACCEPTED, principal.id, reference=delegation_id)
    return await Delegation.get(id=delegation_id)


async def _end_present(viewer: Viewer, asked: Delegation) -> None:
    """End what holds between two people, and tell the principal, whose account is locked."""
    between = Delegation.filter(principal_id=asked.principal_id, delegate_id=asked.delegate_id)
    active = between.filter(state=DelegationState.ACTIVE).exclude(id=asked.id)
    for known in await active.select_for_update(no_key=True):
        await transition(DELEGATION, known.id, "REVOKE_DELEGATION", viewer)
        await announce_again(MailKind.DELEGATION_ENDED, asked.principal_id, reference=known.id)


@use_case
@unasked
async def revoke_delegation(
    viewer: Viewer, delegation_id: UUID, if_version: int | None = None
) -> Delegation:
    """End it from either side, or as staff: from the next request on nobody acts by it.

    Raises:
        NotFound: neither side is the viewer.
        StateRefused, Stale: see `transition`.
    """
    demand_signed_in(viewer)
    delegation = await Delegation.visible_to(viewer).get_or_none(id=delegation_id)
    if delegation is None:
        raise NotFound(field="delegationId")
    await transition(DELEGATION, delegation_id, "REVOKE_DELEGATION", viewer, if_version=if_version)
    await _tell_the_others(viewer, delegation)
    return await Delegation.get(id=delegation_id)


async def _tell_the_others(viewer: Viewer, delegation: Delegation) -> None:
    """Whoever agreed or was asked; somebody who never answered is left in peace."""
    sides = {delegation.principal_id}
    if delegation.delegate_id and delegation.state is DelegationState.ACTIVE:
        sides.add(delegation.delegate_id)
    for side in sorted(sides - {viewer.id}):
        await announce_again(MailKind.DELEGATION_ENDED, side, reference=delegation.id)
