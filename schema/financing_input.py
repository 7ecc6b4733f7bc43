"""What people tell the calculators; nothing of it is stored or logged."""

from datetime import date
from decimal import Decimal

import strawberry

from domain.financing.free_benefit import FreeBenefit
from domain.financing.income_limit import IncomeKind, Incomes
from domain.financing.own_assets import OwnAssets
from domain.financing.own_contribution import OwnContribution

AS_OF = "The day whose law holds; today if left out."


@strawberry.input(description="Income of a year in euro, by kind; what is left out is none.")
class IncomesInput:
    """§ 135 SGB IX: the sum of incomes after § 2 Abs. 2 EStG."""

    insured_work: Decimal | None = strawberry.field(
        default=None,
        description="From employment with social insurance, after Werbungskosten, or the profit"
        " of self-employment.",
    )
    uninsured_work: Decimal | None = strawberry.field(
        default=None,
        description="From employment without social insurance, such as of civil servants.",
    )
    pension: Decimal | None = strawberry.field(default=None, description="Pensions, gross.")
    other: Decimal | None = strawberry.field(default=None, description="Everything else.")

    def incomes(self) -> Incomes:
        """As the domain knows them."""
        said = {kind: getattr(self, kind.lower()) for kind in IncomeKind}
        return {kind: value for kind, value in said.items() if value is not None}


@strawberry.input(description="Facts for the own contribution to Eingliederungshilfe.")
class OwnContributionInput:
    """No name, no date of birth, nothing that says who it is."""

    incomes: IncomesInput = strawberry.field(
        description="Of the year before last; for a minor those of the parents, together."
    )
    partner: IncomesInput | None = strawberry.field(
        default=None,
        description="Of a married or marriage-like partner who does not live apart; null: none.",
    )
    children: int = strawberry.field(
        default=0, description="Children in the household who are to be maintained."
    )
    minors: int = strawberry.field(
        default=0, description="If benefits are for minors in the parents' household: how many."
    )
    free_benefit: FreeBenefit | None = strawberry.field(
        default=None, description="If it is a benefit that is free of contribution."
    )
    contributing: bool = strawberry.field(
        default=False,
        description="A contribution is paid already for another benefit of the same time, or for"
        " a minor in the household.",
    )
    benefit: Decimal | None = strawberry.field(
        default=None, description="What the benefit costs a month."
    )
    one_off_price: Decimal | None = strawberry.field(
        default=None, description="The price of an aid that lasts a year or more, instead."
    )
    expected_income: bool = strawberry.field(
        default=False,
        description="The incomes are those expected this year, as they differ considerably.",
    )
    as_of: date | None = strawberry.field(default=None, description=AS_OF)

    def said(self) -> OwnContribution:
        """As the domain knows it."""
        return OwnContribution(
            incomes=self.incomes.incomes(),
            partner=None if self.partner is None else self.partner.incomes(),
            children=self.children,
            minors=self.minors,
            free_benefit=self.free_benefit,
            contributing=self.contributing,
            benefit=self.benefit,
            one_off_price=self.one_off_price,
            expected_income=self.expected_income,
        )


@strawberry.input(description="Facts for the asset limit of Eingliederungshilfe.")
class OwnAssetsInput:
    """No name, no date of birth, nothing that says who it is."""

    assets: Decimal = strawberry.field(
        description="Cash and other values in euro, without home and car; for a minor with those of"
        " the parents in the household."
    )
    home: bool = strawberry.field(default=False, description="There is a home that one lives in.")
    car: bool = strawberry.field(default=False, description="There is a car.")
    partner: bool = strawberry.field(default=False, description="A partner has assets.")
    minor: bool = strawberry.field(default=False, description="The benefit is for a minor.")
    free_benefit: FreeBenefit | None = strawberry.field(
        default=None, description="If it is a benefit that is free of contribution."
    )
    hardship: bool | None = strawberry.field(
        default=None, description="To use the assets would be a hardship; null: not said."
    )
    as_of: date | None = strawberry.field(default=None, description=AS_OF)

    def said(self) -> OwnAssets:
        """As the domain knows it."""
        return OwnAssets(
            assets=self.assets,
            home=self.home,
            car=self.car,
            partner=self.partner,
            minor=self.minor,
            free_benefit=self.free_benefit,
            hardship=self.hardship,
        )


@strawberry.input(description="A link to a calculation.")
class SharedCalculationInput:
    """Sent in the body of a request, so that no log has it."""

    token: str = strawberry.field(description="The `shareToken` of a calculation.")
    as_of: date | None = strawberry.field(default=None, description=AS_OF)
