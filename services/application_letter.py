"""What a mail about a provider's people says: which provider it is about."""

from models.message import Message
from models.provider import Provider
from notifications.language import Language
from notifications.message import MailKind

MAILS = (
    MailKind.TEAM_APPLICATION,
    MailKind.APPLICATION_APPROVED,
    MailKind.APPLICATION_REJECTED,
    MailKind.MEMBERSHIP_ENDED,
    MailKind.COORDINATOR_INVITED,
)


async def values_of(message: Message, _language: Language) -> dict[str, str] | None:
    """The provider's name; None when there is no such provider any more."""
    provider = await Provider.get_or_none(id=message.reference)
    return None if provider is None else {"provider": provider.name}
