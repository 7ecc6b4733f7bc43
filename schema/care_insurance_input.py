"""What people tell the calculators of care insurance; nothing of it is stored or logged."""

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any

import strawberry

from domain.financing.care import CareGrade, CareSituation, Living
from domain.financing.entlastungsbetrag import Relief, ReliefService, ReliefUse
from domain.financing.kombination import CareCombination
from schema.financing_input import AS_OF

_GRADE = "The Pflegegrad."
_BEIHILFE = (
    "Entitled to Beihilfe, which halves all benefits (§ 28 Abs. 2 SGB XI). Bills and what was spent"
    " are then given without the part that Beihilfe pays."
)


@strawberry.input(description="A month of Pflegegeld: its days, and those in the year before it.")
class CareMonthInput:
    """Nothing said is a whole month at home."""

    grade: CareGrade = strawberry.field(description=_GRADE)
    beihilfe: bool = strawberry.field(default=False, description=_BEIHILFE)
    days: int | None = strawberry.field(
        default=None, description="On how many days of the month it is due; null: on all."
    )
    short_term_days: int = strawberry.field(
        default=0, description="Days of Kurzzeitpflege in the month."
    )
    short_term_days_before: int = strawberry.field(
        default=0, description="Days of it in the calendar year before the month."
    )
    respite_days: int = strawberry.field(
        default=0, description="Whole days of Verhinderungspflege in the month."
    )
    respite_days_before: int = strawberry.field(
        default=0, description="Days of it in the calendar year before the month."
    )
    days_abroad: int = strawberry.field(
        default=0, description="Days of the month outside EU, EEA and Switzerland."
    )
    days_abroad_before: int = strawberry.field(
        default=0, description="Days of it in the calendar year before the month."
    )
    as_of: date | None = strawberry.field(default=None, description=AS_OF)


@strawberry.input(description="Facts for the benefits of care insurance, one by one.")
class CareBenefitsInput(CareMonthInput):
    """No name, no date of birth, nothing that says who it is."""

    living: Living = strawberry.field(default=Living.AT_HOME, description="Where the person lives.")
    persons: int = strawberry.field(
        default=1, description="People in need of care in the home that is adapted."
    )
    under_25: bool = strawberry.field(default=False, description="Younger than 25.")
    spent_on_respite: Decimal = strawberry.field(
        default=Decimal(0), description="Spent on Verhinderungspflege in the calendar year."
    )
    spent_on_short_term_care: Decimal = strawberry.field(
        default=Decimal(0), description="Spent on Kurzzeitpflege in the calendar year."
    )
    spent_on_relatives: Decimal = strawberry.field(
        default=Decimal(0),
        description="The part of `spentOnRespite` that went to relatives up to the second degree or"
        " people of the household.",
    )
    proven_costs: Decimal = strawberry.field(
        default=Decimal(0), description="What these had as proven costs, such as fares."
    )

    def said(self) -> CareSituation:
        """As the domain knows it."""
        return CareSituation(**_said(self, CareSituation))


@strawberry.input(description="Facts for Pflegegeld beside care services and recognised offers.")
class CareCombinationInput(CareMonthInput):
    """Bills of the month."""

    services: Decimal = strawberry.field(
        default=Decimal(0), description="Bills of care services in the month."
    )
    offers: Decimal = strawberry.field(
        default=Decimal(0),
        description="Bills of recognised offers that shall be paid from unused Sachleistung.",
    )

    def said(self) -> CareCombination:
        """As the domain knows it."""
        return CareCombination(**_said(self, CareCombination))


@strawberry.input(description="A service that is paid from the Entlastungsbetrag.")
class ReliefUseInput:
    """Its day counts, not when the bill came."""

    day: date = strawberry.field(description="The day of the service.")
    amount: Decimal = strawberry.field(description="What it costs, in euro.")
    service: ReliefService = strawberry.field(
        default=ReliefService.RECOGNISED_OFFER, description="What it was."
    )


@strawberry.input(description="Facts for what is left of the Entlastungsbetrag.")
class ReliefAmountInput:
    """The whole history since there is a care grade, as far as it is known."""

    grade: CareGrade = strawberry.field(description=_GRADE)
    beihilfe: bool = strawberry.field(default=False, description=_BEIHILFE)
    since: date | None = strawberry.field(
        default=None,
        description="Since when there is a Pflegegrad; null: since before January of last year.",
    )
    uses: list[ReliefUseInput] = strawberry.field(
        default_factory=list, description="Services, in any order; at most 100."
    )
    as_of: date | None = strawberry.field(default=None, description=AS_OF)

    def said(self) -> Relief:
        """As the domain knows it."""
        uses = tuple(ReliefUse(each.day, each.amount, each.service) for each in self.uses)
        return Relief(self.grade, self.beihilfe, self.since, uses)


def _said(given: Any, declared: Any) -> dict[str, Any]:
    """What inputs and the domain call alike."""
    return {each.name: getattr(given, each.name) for each in dataclasses.fields(declared)}
