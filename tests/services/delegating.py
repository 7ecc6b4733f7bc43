"""Asking somebody to act, and acting."""

from dataclasses import replace

from domain.viewer import DelegationKind, Role, Viewer
from models.delegation import Delegation
from models.user import User
from services import clock
from services.delegation import Grant, accept_delegation, grant_delegation
from services.session import (
    open_session,
)
from tests.people import (
    Place,
    make_user,
    viewer_for,
)
from tests.services.keyed import EMAIL
from tests.services.scenes import KEYS, gate

RELATIVE, GUARDIAN = DelegationKind.RELATIVE, DelegationKind.GUARDIAN


async def ask(
    viewer: Viewer, email: str = EMAIL, kind: DelegationKind = RELATIVE, **more: object
) -> Delegation:
    grant = replace(Grant(email, kind), **more)  # type: ignore[arg-type]  # its own fields
    return await grant_delegation(viewer, None, grant, gate())


async def acting(
    place: Place, seeker: User, kind: DelegationKind = RELATIVE
) -> tuple[User, Delegation, str]:
    """Somebody who acts for the seeker, by which delegation, and the token of their session."""
    helper = await make_user(Role.REPRESENTATIVE, place, released=False)
    asks = await viewer_for(place.officer if kind is GUARDIAN else seeker)
    principal = seeker.id if kind is GUARDIAN else None
    delegation = await ask(asks, helper.email, kind, principal_id=principal)
    await accept_delegation(await viewer_for(helper), None, delegation.id)
    _session, secret = await open_session(helper.id, KEYS, clock.now())
    return helper, await Delegation.get(id=delegation.id), secret
