"""What matching has to look at again: whoever could accept orders, and has changed."""

from uuid import UUID

from models.event import append
from models.user import User

DISTRICT = UUID(int=0)


async def offer_changed(user_id: UUID) -> None:
    """Tell, in the caller's transaction, that what an assistant offers or may do has changed."""
    user = await User.get(id=user_id)
    await append("offers", DISTRICT, user.id, user.version, "OFFER")
