"""The digest of the day: one mail that lists the headlines of what waited for it."""

from models.message import Message, MessageState, due_digests, write_digest
from models.outbox import enqueue
from notifications.language import Language
from notifications.message import SEND_JOB, MailKind
from notifications.notice import title
from services import clock

BATCH = 200


async def promise_digests() -> int:
    """Promise the digests that are due, at most a batch, in the caller's transaction; how many.

    Nobody gets two on one day; what comes later waits for the next one.
    """
    promised = 0
    day = clock.today()
    for receiver, collected in await due_digests(day, clock.now(), BATCH):
        digest = await write_digest(MailKind.DAILY_DIGEST.value, receiver, day, collected)
        if digest is not None:
            await enqueue(SEND_JOB, digest)
            promised += 1
    return promised


async def values_of(message: Message, language: Language) -> dict[str, str] | None:
    """The headlines, the oldest first; None when nothing is left to say."""
    waiting = Message.filter(digest_id=message.id, state=MessageState.WAITING)
    kinds = [each.kind for each in await waiting.order_by("id")]
    titles = "\n".join(f"- {title(kind, language)}" for kind in kinds)
    return {"titles": titles} if kinds else None
