"""Who is told what about a contract, in the caller's transaction."""

from domain.contract import ContractSide
from models.contract import Contract
from models.message import Message
from notifications.language import Language
from notifications.message import MailKind, announce_again
from notifications.moment import day_in_words
from services.coordinator_mail import tell_coordinators

MAILS = (
    MailKind.CONTRACT_DRAFTED,
    MailKind.CONTRACT_CONSENTED,
    MailKind.CONTRACT_AGREED,
    MailKind.CONTRACT_ENDS,
    MailKind.CONTRACT_ENDED,
)


async def tell_other_side(kind: MailKind, contract: Contract, side: ContractSide) -> None:
    """Promise a mail to the side that has not done it."""
    if side is ContractSide.ACCEPTOR:
        await announce_again(kind, contract.seeker_id, reference=contract.id)
    else:
        await _tell_acceptor(kind, contract)


async def tell_all(kind: MailKind, contract: Contract) -> None:
    """Promise a mail to both sides, and to the assistant who only comes."""
    await announce_again(kind, contract.seeker_id, reference=contract.id)
    await _tell_acceptor(kind, contract)
    if contract.provider_id is not None and contract.assistant_id is not None:
        await announce_again(kind, contract.assistant_id, reference=contract.id)


async def _tell_acceptor(kind: MailKind, contract: Contract) -> None:
    if contract.provider_id is not None:
        await tell_coordinators(kind, contract.provider_id, contract.id)
    elif contract.assistant_id is not None:
        await announce_again(kind, contract.assistant_id, reference=contract.id)


async def values_of(message: Message, language: Language) -> dict[str, str] | None:
    """The last day, for those that speak of it; None when there is no such contract any more."""
    contract = await Contract.get_or_none(id=message.reference)
    if contract is None:
        return None
    if message.kind != MailKind.CONTRACT_ENDS:
        return {}
    if contract.ends_on is None:
        return None
    return {"day": day_in_words(contract.ends_on, language)}
