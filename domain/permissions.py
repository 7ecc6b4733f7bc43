"""Who may do what, before anybody asks in which state: one predicate per kind of deed."""

from enum import StrEnum
from uuid import UUID

from domain.errors import (
    AccountNotReleased,
    DomainError,
    NotForAnother,
    RoleNotAllowed,
    SecondFactorMissing,
    SignInRequired,
)
from domain.match import AcceptorKind
from domain.viewer import Role, Viewer


class Doer(StrEnum):
    """Who does something, where a role would say too little."""

    OWN_COORDINATOR = "OWN_COORDINATOR"  # of the provider that the viewer comes for
    OTHER_SIDE = "OTHER_SIDE"
    INVOLVED = "INVOLVED"  # whoever comes, or has agreed to it
    COLLEAGUE = "COLLEAGUE"  # somebody else of the staff: nobody does it to the own account


def left_to(*doers: Role | Doer) -> RoleNotAllowed:
    """The refusal of what others do; it names them."""
    order: list[Role | Doer] = [*Role, *Doer]
    return RoleNotAllowed(doers=", ".join(each for each in order if each in doers))


def refusal_unless(viewer: Viewer, *roles: Role, released: bool = True) -> DomainError | None:
    """Why not: nobody signed in, no second factor, another role, not released; else None."""
    if viewer.role is Role.ANONYMOUS:
        return SignInRequired()
    if viewer.weak:
        return SecondFactorMissing()
    if viewer.role not in roles:
        return left_to(*roles)
    if released and not viewer.is_released:
        return AccountNotReleased()
    return None


def demand_role(viewer: Viewer, *roles: Role, released: bool = True) -> UUID:
    """The viewer's id, if the viewer may.

    Raises:
        SignInRequired, RoleNotAllowed, AccountNotReleased: see `refusal_unless`.
    """
    refusal = refusal_unless(viewer, *roles, released=released)
    if refusal is not None or viewer.id is None:
        raise refusal or SignInRequired()
    return viewer.id


def demand_signed_in(viewer: Viewer) -> UUID:
    """The viewer's id, whoever it is.

    Raises:
        SignInRequired: nobody is signed in.
    """
    if viewer.id is None:
        raise SignInRequired
    return viewer.id


def demand_oneself(viewer: Viewer) -> UUID:
    """The viewer's id, if nobody acts for the viewer.

    For what is done before a use case begins: those refuse by themselves.

    Raises:
        SignInRequired: nobody is signed in.
        NotForAnother: somebody acts for the viewer.
    """
    if viewer.acting:
        raise NotForAnother
    return demand_signed_in(viewer)


def may_answer(viewer: Viewer, kind: AcceptorKind, acceptor_id: UUID | None) -> bool:
    """Whether the viewer is the acceptor of a match, or speaks for it."""
    if kind is AcceptorKind.ASSISTANT:
        return viewer.role is Role.ASSISTANT and viewer.id == acceptor_id
    return acceptor_id is not None and viewer.speaks_for == acceptor_id
