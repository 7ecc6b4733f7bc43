"""Telling a provider: everybody who speaks for it gets the same mail."""

from collections.abc import Sequence
from uuid import UUID

from models.provider import Coordinator
from notifications.message import MailKind, announce_again


async def tell_coordinators(kind: MailKind, provider_id: UUID, reference: UUID) -> None:
    """Promise a mail to each who speaks for a provider, in the caller's transaction."""
    speaking = Coordinator.speaking().filter(provider_id=provider_id).order_by("id")
    receivers: Sequence[UUID] = await speaking.values_list("id", flat=True)  # type: ignore[assignment]  # of one column
    for receiver in receivers:
        await announce_again(kind, receiver, reference=reference)
