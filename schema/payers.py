"""Possible payers as the graph shows them: codes beside texts, and never a decision."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import strawberry

from domain.financing.payer_rules import OwnMoney, PayerKind
from domain.financing.payers import READ_ON
from domain.financing.payers import ExcludedPayer as Excluded
from domain.financing.payers import Payers as Found
from domain.financing.payers import PossiblePayer as Possible
from domain.financing.where_to_ask import kinds_for_payer
from domain.funding import FundingInstrument
from notifications import calculation as words
from notifications.language import Language
from schema.advice_centre import AdviceCentre, Postcode, centres_of
from schema.calculation import CalculationNote, notes_of
from schema.context import Info
from schema.disclosed import disclosed
from schema.refusal import Refusals

# The root fields that answer how much it is.
CALCULATORS: Mapping[OwnMoney, tuple[str, ...]] = {
    OwnMoney.OWN_CONTRIBUTION: ("ownContribution", "ownAssets"),
    OwnMoney.HELP_TO_CARE_LIMITS: ("helpToCare", "careRegime"),
    OwnMoney.THE_REST: ("careBenefits", "careCombination"),
    OwnMoney.ABOVE_THE_CAP: ("careBenefits", "careCombination"),
}


@disclosed
@strawberry.type(description="Somebody who may pay, and for what.")
class PossiblePayer:
    """One case; a payer can stand in several."""

    code: str = strawberry.field(description="Which case.")
    payer: PayerKind = strawberry.field(description="Who may pay.")
    payer_label: str = strawberry.field(description="The same in words.")
    instruments: list[FundingInstrument] = strawberry.field(
        description="The benefits that it can be written down as with `recordFundingSource`; none"
        " where it is a way to get another one, or goes to the home."
    )
    instrument_label: str = strawberry.field(description="What is paid, in words.")
    reason: str = strawberry.field(description="Under which condition.")
    paragraph: str = strawberry.field(description="Where the law says so.")
    certain: bool = strawberry.field(
        description="Every condition was said and holds; false while a fact is missing."
    )
    own_money: OwnMoney = strawberry.field(description="What of it one pays oneself.")
    own_money_label: str = strawberry.field(description="The same in words.")
    calculators: list[str] = strawberry.field(
        description="The fields of the query that calculate how much that is."
    )
    office: str = strawberry.field(description="Where to apply, or that it is not known here.")
    missing: list[CalculationNote] = strawberry.field(
        description="Facts that were not said and decide whether or how it is paid."
    )
    notes: list[CalculationNote] = strawberry.field(description="What to know about it.")

    @strawberry.field(
        description="Those of the district that advise about it, and the office as far as the"
        " district has named it; a few of each kind. The postcode is kept nowhere. Null only where"
        " it is refused: the payer stays."
    )
    async def advice_centres(
        self, info: Info, postcode: Postcode = None
    ) -> list[AdviceCentre] | None:
        """Read when they are asked for, once for all payers of an operation."""
        return await centres_of(info, postcode, kinds_for_payer(self.payer))


@disclosed
@strawberry.type(description="Somebody who does not pay, by what was said.")
class ExcludedPayer:
    """One case that an answer took out of the list."""

    code: str = strawberry.field(description="Which case.")
    payer: PayerKind = strawberry.field(description="Who does not pay.")
    payer_label: str = strawberry.field(description="The same in words.")
    instrument_label: str = strawberry.field(description="What is not paid, in words.")
    paragraph: str = strawberry.field(description="Where the law says so.")
    against: list[CalculationNote] = strawberry.field(
        description="The answers that speak against it. If one of them is wrong, so is this."
    )


@disclosed
@strawberry.type(
    description="Who may pay, in the order in which payers come. It orients and decides nothing;"
    " nothing of it is stored."
)
class Payers:
    """For what was said; an answer that is missing removes nobody."""

    payers: list[PossiblePayer] = strawberry.field(description="The first to come first.")
    excluded: list[ExcludedPayer] = strawberry.field(
        description="Whom an answer took out of the list, and which."
    )
    missing: list[CalculationNote] = strawberry.field(description="Everything that was not said.")
    notes: list[CalculationNote] = strawberry.field(description="How payers go together.")
    law_read_on: date = strawberry.field(description="The edition of the federal laws.")
    disclaimer: str = strawberry.field(description="That this decides nothing.")
    where_to_ask: str = strawberry.field(description="Who advises.")


PayersPayload = Annotated[
    Payers | Refusals,
    strawberry.union("PayersPayload", description="Who may pay, or a refusal."),
]


def payers_of(found: Found, language: Language) -> Payers:
    """As the graph shows them, in the reader's language."""
    return Payers(
        payers=[_shown(each, language) for each in found.possible],
        excluded=[_left_out(each, language) for each in found.excluded],
        missing=notes_of("asked", found.missing, language),
        notes=notes_of("payer_note", found.notes, language),
        law_read_on=READ_ON,
        disclaimer=words.word("disclaimer", "ALL", language),
        where_to_ask=words.word("where_to_ask", "PAYERS", language),
    )


def _shown(found: Possible, language: Language) -> PossiblePayer:
    return PossiblePayer(
        code=found.code,
        payer=found.payer,
        payer_label=words.word("payer", found.payer, language),
        instruments=list(found.instruments),
        instrument_label=words.word("instrument", found.code, language),
        reason=words.word("payer_reason", found.code, language),
        paragraph=found.paragraph,
        certain=found.certain,
        own_money=found.own_money,
        own_money_label=words.word("own_money", found.own_money, language),
        calculators=list(CALCULATORS.get(found.own_money, ())),
        office=words.word("office", found.payer, language),
        missing=notes_of("asked", found.missing, language),
        notes=notes_of("payer_note", found.notes, language),
    )


def _left_out(found: Excluded, language: Language) -> ExcludedPayer:
    return ExcludedPayer(
        code=found.code,
        payer=found.payer,
        payer_label=words.word("payer", found.payer, language),
        instrument_label=words.word("instrument", found.code, language),
        paragraph=found.paragraph,
        against=notes_of("asked", found.against, language),
    )
