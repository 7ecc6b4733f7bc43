"""Telling that somebody's proofs end, have ended, or do not hold any more."""

from domain.evidence import EXPIRED, WARNINGS, milestone
from models.user import Assistant
from notifications.message import MailKind, announce_again
from services.clock import today
from services.coordinator_mail import tell_coordinators


async def tell_end(assistant: Assistant, due: int | None) -> None:
    """Tell the person and the own provider of the milestone that is due."""
    kind = MailKind.PROOF_EXPIRED if due == EXPIRED else MailKind.PROOF_EXPIRES
    await announce_again(kind, assistant.id, reference=assistant.id)
    if assistant.provider_id is not None:
        await tell_coordinators(MailKind.TEAM_PROOF, assistant.provider_id, assistant.id)


async def tell_at_once(before: Assistant) -> None:
    """Tell of what a record has changed for the worse; what is far away has its own warnings."""
    now = await Assistant.get(id=before.id)
    if now.proofs_until == before.proofs_until:
        return
    if now.proofs_until is not None:
        due = milestone(now.proofs_until, today())
        if due is not None and due <= WARNINGS[-1]:
            await tell_end(now, due)
    elif before.proofs_until is not None and before.proofs_until >= today():
        await announce_again(MailKind.PROOF_GONE, now.id, reference=now.id)
        if now.provider_id is not None:
            await tell_coordinators(MailKind.TEAM_PROOF_GONE, now.provider_id, now.id)
