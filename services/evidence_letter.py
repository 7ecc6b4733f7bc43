"""What a mail about proofs says: read when it is sent, so that a renewed proof is never missed."""

from domain.evidence import EXPIRED, milestone
from models.message import Message
from models.user import Assistant
from notifications.language import Language
from notifications.message import MailKind
from notifications.moment import day_in_words
from services.clock import today

GONE = (MailKind.PROOF_GONE, MailKind.TEAM_PROOF_GONE)
PROOF_MAILS = (MailKind.PROOF_EXPIRES, MailKind.PROOF_EXPIRED, MailKind.TEAM_PROOF, *GONE)


async def values_of(message: Message, language: Language) -> dict[str, str] | None:
    """The last day on which everything holds; None when there is nothing to say any more."""
    assistant = await Assistant.get_or_none(id=message.reference)
    if assistant is not None and message.kind in GONE:
        return {} if assistant.proofs_until is None else None
    if assistant is None or assistant.proofs_until is None:
        return None
    due = milestone(assistant.proofs_until, today())
    if due is None or (message.kind == MailKind.PROOF_EXPIRES and due == EXPIRED):
        return None
    if message.kind == MailKind.PROOF_EXPIRED and due != EXPIRED:
        return None
    return {"day": day_in_words(assistant.proofs_until, language)}
