"""The use case a portal begins with: somebody who may release the others."""

from dataclasses import dataclass, field
from uuid import UUID

from domain.ids import uuid7
from domain.password import check
from domain.states import ACCOUNT
from domain.text import email_address, required
from domain.viewer import AccountState, Role, Viewer
from models.database import transaction
from models.user import User
from services import clock
from services.password import hash_password
from services.transition import transition


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Somebody of customer service or administration, as the command line names them."""

    email: str
    password: str = field(repr=False)
    first_name: str
    last_name: str
    role: Role


async def create_staff(new: NewStaff) -> UUID | None:
    """A released account of the staff, whose address counts as confirmed; None if it is taken.

    Raises:
        EmailRefused, FieldRequired, TextTooLong, TextRefused: a value cannot be stored.
        PasswordTooShort, PasswordTooCommon: the password would not hold.
    """
    email = email_address(new.email)
    check(new.password, email=email)
    password_hash = await hash_password(new.password)
    identity = uuid7()
    async with transaction():
        if await User.by_address(email) is not None:
            return None
        await User.create(
            id=identity,
            email=email,
            password_hash=password_hash,
            role=new.role,
            state=AccountState.REGISTERED,
            first_name=required(new.first_name, field="firstName", limit=100),
            last_name=required(new.last_name, field="lastName", limit=100),
            email_confirmed_at=clock.now(),
        )
        # Nobody else is there yet who could do it.
        itself = Viewer(identity, new.role, AccountState.RELEASED)
        await transition(ACCOUNT, identity, "RELEASE_ACCOUNT", itself)
    return identity
