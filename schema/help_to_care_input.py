"""What people tell the calculators of help to care; nothing of it is stored or logged."""

from datetime import date
from decimal import Decimal
from typing import Any

import strawberry

from domain.financing.asked import Housing
from domain.financing.care import CareGrade
from domain.financing.care_regime import CareRegime
from domain.financing.help_to_care import HelpToCare
from domain.financing.help_to_care_income import Money, MoneyKind
from domain.financing.parental_contribution import ParentalContribution, ReceivedBenefit
from schema.financing_input import AS_OF


@strawberry.input(description="Euro a month, by kind; what is left out is none.")
class MoneyInput:
    """§ 82 SGB XII; benefits of care insurance are no income."""

    earnings: Decimal | None = strawberry.field(
        default=None, description="From work and self-employment, gross."
    )
    pensions: Decimal | None = strawberry.field(default=None, description="Pensions.")
    other_income: Decimal | None = strawberry.field(
        default=None, description="Everything else, without Pflegegeld and other care benefits."
    )
    taxes: Decimal | None = strawberry.field(default=None, description="Taxes on income.")
    social_insurance: Decimal | None = strawberry.field(
        default=None, description="Compulsory contributions to social insurance."
    )
    other_insurance: Decimal | None = strawberry.field(
        default=None, description="Insurance that is prescribed or appropriate."
    )
    work_costs: Decimal | None = strawberry.field(
        default=None, description="What has to be spent to earn, such as the way to work."
    )

    def money(self) -> Money:
        """As the domain knows it."""
        said = {kind: getattr(self, kind) for kind in MoneyKind}
        return {kind: value for kind, value in said.items() if value is not None}


@strawberry.input(description="Facts that decide which law's limits hold for care.")
class CareRegimeInput:
    """§ 103 SGB IX; null for what is not known."""

    eingliederungshilfe: bool | None = strawberry.field(
        default=None, description="Eingliederungshilfe is received."
    )
    pension_age: bool | None = strawberry.field(
        default=None, description="The regular pension age is reached."
    )
    before_pension_age: bool | None = strawberry.field(
        default=None, description="Eingliederungshilfe was received before that age too."
    )
    living: Housing | None = strawberry.field(
        default=None,
        description="Where the person lives; in a besondere Wohnform (§ 43a SGB XI) it is another"
        " rule than in a care facility (§ 71 Abs. 2 SGB XI).",
    )
    goals_reachable: bool | None = strawberry.field(
        default=None, description="The goals of the Gesamtplan can still be reached."
    )
    as_of: date | None = strawberry.field(default=None, description=AS_OF)

    def said(self) -> CareRegime:
        """As the domain knows it."""
        return CareRegime(**_regime(self))


@strawberry.input(description="Facts for help to care. Money is in euro a month, assets in euro.")
class HelpToCareInput(CareRegimeInput):
    """No name, no date of birth, nothing that says who it is."""

    own: MoneyInput = strawberry.field(description="Money of the person who needs care.")
    partner: MoneyInput | None = strawberry.field(
        default=None,
        description="That of a spouse or partner who does not live apart; null: none.",
    )
    parents: MoneyInput | None = strawberry.field(
        default=None,
        description="For an unmarried minor: that of the parents in the household, together.",
    )
    parent_count: int = strawberry.field(
        default=1, description="How many parents live in the household of the minor: 1 or 2."
    )
    dependants: int = strawberry.field(
        default=0, description="Further persons who are mainly maintained by them."
    )
    grade: CareGrade | None = strawberry.field(default=None, description="Pflegegrad.")
    blind: bool = strawberry.field(default=False, description="The person is blind (§ 72).")
    housing: Decimal | None = strawberry.field(
        default=None, description="Appropriate cost of accommodation, without heating."
    )
    need: Decimal | None = strawberry.field(
        default=None,
        description="What care costs after the services that care insurance pays; Pflegegeld is not"
        " to be subtracted.",
    )
    employer_model: bool = strawberry.field(
        default=False, description="The person employs the assistants (Arbeitgebermodell)."
    )
    care_allowance: Decimal | None = strawberry.field(
        default=None, description="Pflegegeld received; counts for those who employ."
    )
    special_case: bool = strawberry.field(
        default=False,
        description="A case of § 88: help of others for the same purpose, or little is needed.",
    )
    assets: Decimal | None = strawberry.field(
        default=None, description="Own cash and other values, without home and car."
    )
    other_assets: Decimal | None = strawberry.field(
        default=None, description="Those of the partner, or of a minor's parents."
    )
    assets_from_work: Decimal | None = strawberry.field(
        default=None,
        description="Of the own assets what was earned by own work while help was received.",
    )

    def said(self) -> HelpToCare:
        """As the domain knows it."""
        return HelpToCare(
            **_regime(self),
            own=self.own.money(),
            partner=None if self.partner is None else self.partner.money(),
            parents=None if self.parents is None else self.parents.money(),
            parent_count=self.parent_count,
            dependants=self.dependants,
            grade=self.grade,
            blind=self.blind,
            housing=self.housing,
            need=self.need,
            employer_model=self.employer_model,
            care_allowance=self.care_allowance,
            special_case=self.special_case,
            assets=self.assets,
            other_assets=self.other_assets,
            assets_from_work=self.assets_from_work,
        )


@strawberry.input(description="Facts for what parents and children pay.")
class ParentalContributionInput:
    """Incomes only of those for whom they are known; § 94 SGB XII presumes that they are low."""

    benefit: ReceivedBenefit = strawberry.field(description="What is received.")
    minor: bool = strawberry.field(default=False, description="Whoever receives it is a minor.")
    parents: list[Decimal] = strawberry.field(
        default_factory=list,
        description="Gesamteinkommen (§ 16 SGB IV) of a year, of each parent alone.",
    )
    children: list[Decimal] = strawberry.field(
        default_factory=list, description="The same, of each child alone."
    )
    subsistence: bool = strawberry.field(
        default=False, description="Grundsicherung or help to subsistence is received too."
    )
    as_of: date | None = strawberry.field(default=None, description=AS_OF)

    def said(self) -> ParentalContribution:
        """As the domain knows it."""
        return ParentalContribution(
            benefit=self.benefit,
            minor=self.minor,
            parents=tuple(self.parents),
            children=tuple(self.children),
            subsistence=self.subsistence,
        )


def _regime(said: CareRegimeInput) -> dict[str, Any]:
    return {
        "eingliederungshilfe": said.eingliederungshilfe,
        "pension_age": said.pension_age,
        "before_pension_age": said.before_pension_age,
        "living": said.living,
        "goals_reachable": said.goals_reachable,
    }
