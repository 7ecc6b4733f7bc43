"""A contract as it can be printed: both sides, what was agreed, who sees to what, who said yes."""

from decimal import Decimal
from uuid import UUID

from domain.contract import CARRIED_BY, ContractSide, bound_until
from domain.contract_state import ContractState
from domain.dates import BERLIN
from domain.errors import NotFound
from domain.permissions import demand_signed_in
from domain.viewer import Viewer
from models.contract import Contract, ContractActivity, ContractConsent
from models.provider import Provider
from models.user import User
from notifications.language import Language, text
from notifications.moment import day_in_words, in_words
from notifications.printout import Block, Heading, Paragraph, Printout, Table, Terms


async def contract_printout(viewer: Viewer, contract_id: UUID, language: Language) -> Printout:
    """The contract as the viewer may see it: full names and addresses once it was agreed on.

    Raises:
        SignInRequired: nobody is signed in.
        NotFound: not a contract of the viewer's.
    """
    demand_signed_in(viewer)
    contract = await Contract.visible_to(viewer).get_or_none(id=contract_id)
    if contract is None:
        raise NotFound(field="contractId")
    words = _Words(language)
    blocks: list[Block] = [
        Paragraph(words(f"state.{contract.state.value}")),
        Heading(words("parties")),
        Terms(await _parties(contract, words)),
        Heading(words("terms")),
        Terms(await _terms(contract, words)),
        Heading(words("duties")),
        _duties(contract, words),
        Heading(words("consents")),
        Terms(await _consents(contract, words)),
        Paragraph(words("footer")),
    ]
    return Printout(words("title"), language, blocks)


class _Words:
    """The texts of contracts in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **values: str | int) -> str:
        return text(f"printouts.contract.{key}", self.language, **values)

    def enum(self, section: str, value: str) -> str:
        return text(f"enums.{section}.{value}", self.language)

    def number(self, plain: str) -> str:
        """A decimal number as it is written in the language."""
        return plain if self.language is Language.EN else plain.replace(".", ",")

    def side(self, side: ContractSide) -> str:
        return self.enum("contract_side", side.value)


async def _parties(contract: Contract, words: _Words) -> list[tuple[str, str]]:
    named = contract.state in {ContractState.AGREED, ContractState.ENDED}
    found = [(words.side(ContractSide.SEEKER), await _person(contract.seeker_id, named=named))]
    if contract.provider_id is not None:
        provider = await Provider.get(id=contract.provider_id)
        found.append((words.side(ContractSide.ACCEPTOR), provider.name))
    if contract.assistant_id is not None:
        label = words("comes") if contract.provider_id else words.side(ContractSide.ACCEPTOR)
        found.append((label, await _person(contract.assistant_id, named=named, address=False)))
    return found


async def _person(user_id: UUID, *, named: bool, address: bool = True) -> str:
    user = await User.get(id=user_id).prefetch_related("municipality")
    if not named:
        return user.first_name
    name = f"{user.first_name} {user.last_name}"
    if not address or not user.street or user.municipality is None:
        return name
    return f"{name}, {user.street}, {user.postcode} {user.municipality.name}"


async def _terms(contract: Contract, words: _Words) -> list[tuple[str, str]]:
    rows = await ContractActivity.filter(contract_id=contract.id).order_by("activity_id")
    key = "activities.activities.{}"
    activities = [text(key.format(row.activity_id), words.language) for row in rows]
    payer = words.enum("payer", contract.payer.value) if contract.payer else words("unclear")
    hours = f"{Decimal(contract.minutes) / 60:.2f}".rstrip("0").rstrip(".")
    rate = f"{Decimal(contract.hourly_cents) / 100:.2f}"
    found = [
        (words("model"), words.enum("contract_model", contract.model.value)),
        (words("activities"), ", ".join(activities)),
        (words("begins"), day_in_words(contract.starts_on, words.language)),
        (words("ends"), _end(contract, words)),
        (words("scope"), words(f"per.{contract.interval.value}", hours=words.number(hours))),
        (words("rate"), words("euro", amount=words.number(rate))),
        (words("payer"), payer),
    ]
    until = bound_until(contract.model, contract.starts_on)
    if until is not None:
        found.append((words("bound"), day_in_words(until, words.language)))
    return found


def _end(contract: Contract, words: _Words) -> str:
    if contract.ends_on is None:
        return words("open_end")
    return day_in_words(contract.ends_on, words.language)


def _duties(contract: Contract, words: _Words) -> Table:
    rows = [
        (words.enum("duty", duty.value), words.side(side))
        for duty, side in CARRIED_BY[contract.model].items()
    ]
    return Table(words("duties_caption"), (words("duty"), words("carried_by")), rows)


async def _consents(contract: Contract, words: _Words) -> list[tuple[str, str]]:
    said = await ContractConsent.filter(contract_id=contract.id).order_by("id")
    drafted = contract.state is ContractState.DRAFT
    last = max((each.version for each in said), default=0)
    counting = [each for each in said if each.version == (contract.version if drafted else last)]
    found = []
    for side in ContractSide:
        mine = next((each for each in counting if each.side is side), None)
        when = words("not_yet") if mine is None else _when(mine, words)
        found.append((words.side(side), when))
    return found


def _when(said: ContractConsent, words: _Words) -> str:
    moment = in_words(said.at.astimezone(BERLIN), words.language)
    return words("on_behalf" if said.principal_id else "in_person", moment=moment)
