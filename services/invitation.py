"""Accounts of people who were asked to come, before they have registered."""

from uuid import UUID

from domain.ids import uuid7
from domain.viewer import AccountState, Role
from models.user import User
from services import clock
from services.registration import one_at_a_time


async def account_of(address: str, role: Role, host_id: UUID) -> User:
    """The account of an address; if there is none, a draft that its owner registers in.

    The draft goes with the registrations that nobody confirms, counted from the last time that
    somebody asked for it. In the caller's transaction.
    """
    await one_at_a_time(address)
    known = await User.by_address(address)
    if known is not None:
        await User.filter(id=known.id, state=AccountState.DRAFT).update(created_at=clock.now())
        return known
    host = await User.get(id=host_id)
    return await User.create(
        id=uuid7(),
        email=address,
        role=role,
        state=AccountState.DRAFT,
        language=host.language,
        first_name="",
        last_name="",
        municipality_id=host.municipality_id,
    )
