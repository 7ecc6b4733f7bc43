"""Mails about acting for somebody: they name neither side, because addresses can be wrong."""

from domain.states import DelegationState
from models.delegation import Delegation
from models.message import Message
from notifications.language import Language
from notifications.message import MailKind

MAILS = (
    MailKind.DELEGATION_ASKED,
    MailKind.DELEGATION_ACCEPTED,
    MailKind.DELEGATION_ENDED,
)


async def values_of(message: Message, _language: Language) -> dict[str, str] | None:
    """No values; None when nobody is asked any more."""
    delegation = await Delegation.get_or_none(id=message.reference)
    if delegation is None:
        return None
    asks = message.kind == MailKind.DELEGATION_ASKED
    return None if asks and delegation.state is not DelegationState.INVITED else {}
