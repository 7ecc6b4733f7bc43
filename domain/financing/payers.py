"""Who may pay for assistance, from what was said in the introductory talk. It decides nothing.

What was not said never removes a payer: the payer stays in the list with the fact that is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from domain.errors.base import InputRefused
from domain.financing.asked import CareInsurance, Housing
from domain.financing.check import count
from domain.financing.payer_conditions import Situation
from domain.financing.payer_rules import RULES, OwnMoney, PayerKind, PayerRule
from domain.funding import FundingInstrument

READ_ON = date(2026, 4, 29)  # the edition of the federal laws that the rules follow
_GRADES = 5
_ALWAYS = ("NEVER_THE_SAME_HOUR_TWICE", "ORDER_OF_PAYERS", "PASSED_ON_IN_TWO_WEEKS")
_NOBODY_ELSE = {PayerKind.WHOEVER_GRANTS, PayerKind.PRIVATE}


@dataclass(frozen=True, slots=True)
class PossiblePayer:
    """Somebody who may pay. `certain` says that every condition was said and holds."""

    code: str
    payer: PayerKind
    instruments: tuple[FundingInstrument, ...]
    paragraph: str
    certain: bool
    own_money: OwnMoney
    missing: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExcludedPayer:
    """Somebody who does not pay, by the facts `against` it."""

    code: str
    payer: PayerKind
    paragraph: str
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Payers:
    """The payers in the order in which they come, and what concerns all of them."""

    possible: tuple[PossiblePayer, ...]
    excluded: tuple[ExcludedPayer, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]


def problems(said: Situation) -> Iterator[InputRefused]:
    """What nobody can have said."""
    if said.care_grade is not None:
        yield from count("careGrade", said.care_grade, _GRADES)


def payers(said: Situation) -> Payers:
    """Who may pay, unless a fact that was said speaks against it."""
    possible = tuple(_possible(said))
    missing = dict.fromkeys(code for each in possible for code in each.missing)
    nobody = all(each.payer in _NOBODY_ELSE for each in possible)
    notes = (*_ALWAYS, "NOBODY_FOUND") if nobody else _ALWAYS
    return Payers(possible, tuple(_excluded(said)), tuple(missing), notes)


def _possible(said: Situation) -> Iterator[PossiblePayer]:
    for rule in RULES:
        holds, facts = rule.holds(said)
        if holds is False:
            continue
        details = [*_details(rule, said)]
        asked = [each.fact for each in details if each.holds is None]
        told = [each.note for each in details if each.holds]
        yield PossiblePayer(
            code=rule.code,
            payer=rule.payer,
            instruments=rule.instruments,
            paragraph=rule.paragraph,
            certain=bool(holds),
            own_money=_own_money(rule, said),
            missing=tuple(dict.fromkeys((*(() if holds else facts), *asked))),
            notes=(*rule.notes, *told, *_notes(rule, said)),
        )


def _excluded(said: Situation) -> Iterator[ExcludedPayer]:
    """Whom an answer takes out of the list, so that nobody loses a payer unseen."""
    for rule in RULES:
        holds, facts = rule.holds(said)
        if holds is False:
            yield ExcludedPayer(rule.code, rule.payer, rule.paragraph, facts)


def _own_money(rule: PayerRule, said: Situation) -> OwnMoney:
    """§ 138 Abs. 1 Nr. 8: nothing while subsistence is received."""
    if rule.own_money is OwnMoney.OWN_CONTRIBUTION and said.subsistence:
        return OwnMoney.NOTHING
    return rule.own_money


class _Detail(NamedTuple):
    """What does not decide whether somebody pays, but how: a fact, and the note if it holds."""

    fact: str
    holds: bool | None
    note: str


def _details(rule: PayerRule, said: Situation) -> Iterator[_Detail]:
    if rule.own_money is OwnMoney.OWN_CONTRIBUTION:
        yield _Detail("SUBSISTENCE", said.subsistence, "SUBSISTENCE_FREE")
    if rule.payer is PayerKind.CARE_INSURANCE:
        insurance = said.insurance
        private = None if insurance is None else insurance is CareInsurance.PRIVATE
        yield _Detail("INSURANCE", private, "PRIVATE_INSURER")
        yield _Detail("BEIHILFE", said.beihilfe, "BEIHILFE_PAYS_HALF")


def _notes(rule: PayerRule, said: Situation) -> Iterator[str]:
    """What to know besides where it is said already."""
    if rule.payer is PayerKind.HELP_TO_CARE and said.care_grade == 1:
        yield "GRADE_1_AIDS_ONLY"
    if rule.payer is PayerKind.HELP_TO_CARE and said.housing is Housing.CARE_FACILITY:
        yield "FACILITY_CARE_NOT_LISTED"
