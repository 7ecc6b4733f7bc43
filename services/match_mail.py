"""Who is told what about a match: by mail kind and receiver, in the caller's transaction."""

from collections.abc import Iterable
from uuid import UUID

from models.match import Match
from models.message import Message
from models.nomination import Nomination
from models.order import Order
from models.user import Assistant
from notifications.language import Language
from notifications.message import MailKind, announce_again
from services.coordinator_mail import tell_coordinators

MAILS = (
    MailKind.ORDER_ACCEPTED,
    MailKind.ORDER_AWARDED,
    MailKind.ORDER_AWARDED_TEAM,
    MailKind.INQUIRY_RECEIVED,
    MailKind.ACCEPTANCE_ENDED,
    MailKind.ORDER_CLOSED,
    MailKind.ORDER_CLOSED_TEAM,
    MailKind.ORDER_FILLED,
    MailKind.NOMINEE_PROPOSED,
    MailKind.NOMINEE_GONE,
    MailKind.NEW_MESSAGE,
)
NOMINATION_MAILS = (
    MailKind.NOMINATED,
    MailKind.NOMINEE_CHOSEN,
    MailKind.NOMINATION_ENDED,
    MailKind.NOMINATION_DECLINED,
)


async def tell_seeker(kind: MailKind, match: Match) -> None:
    """Promise a mail to whose order it is."""
    seeker_id = await Order.get(id=match.order_id).values_list("seeker_id", flat=True)
    await announce_again(kind, seeker_id, reference=match.id)  # type: ignore[arg-type]  # of one column


async def tell_commissioned(match: Match) -> None:
    """Promise mails to whoever was commissioned: the provider, or the assistant and the own one."""
    if match.provider_id is not None:
        await tell_coordinators(MailKind.INQUIRY_RECEIVED, match.provider_id, match.id)
        return
    assistant = await Assistant.get(id=match.acceptor_id)
    await announce_again(MailKind.ORDER_AWARDED, assistant.id, reference=match.id)
    if assistant.provider_id is not None:
        await tell_coordinators(MailKind.ORDER_AWARDED_TEAM, assistant.provider_id, match.id)


async def tell_acceptors(kind: MailKind, matches: Iterable[UUID]) -> None:
    """Promise a mail to the acceptor of each match."""
    for match in await Match.filter(id__in=list(matches)).order_by("id"):
        if match.provider_id is not None:
            await tell_coordinators(kind, match.provider_id, match.id)
        else:
            await announce_again(kind, match.acceptor_id, reference=match.id)


async def tell_teams(kind: MailKind, matches: Iterable[UUID]) -> None:
    """Promise a mail to whoever speaks for the provider of each match's assistant."""
    found = Match.filter(id__in=list(matches), assistant__provider_id__isnull=False)
    for match, provider in await found.order_by("id").values_list("id", "assistant__provider_id"):
        await tell_coordinators(kind, provider, match)


async def values_of(message: Message, _language: Language) -> dict[str, str] | None:
    """No values; None when there is no such match any more."""
    return {} if await Match.exists(id=message.reference) else None


async def nomination_values_of(message: Message, _language: Language) -> dict[str, str] | None:
    """No values; None when there is no such nomination any more."""
    return {} if await Nomination.exists(id=message.reference) else None
