"""Messages to people without an e-mail address: customer service calls them."""

from uuid import UUID

from domain.errors import NotFound
from domain.permissions import demand_role
from domain.viewer import STAFF, Viewer
from models.message import told
from services import clock
from services.use_case import use_case


@use_case
async def record_told(viewer: Viewer, message_id: UUID) -> None:
    """Note that somebody was told; noting it again changes nothing.

    Raises:
        NotFound: no message that was to be told.
    """
    demand_role(viewer, *STAFF)
    if not await told(message_id, clock.now()):
        raise NotFound(field="messageId")
