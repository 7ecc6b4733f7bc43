"""What people say about hours, wages and prices; nothing of it is stored or logged."""

from datetime import date
from decimal import Decimal

import strawberry

from domain.financing.asked import Funder, Land, PaidWork, Surcharge
from domain.financing.costs import CostFacts
from domain.financing.pay import WageCheck
from schema.financing_input import AS_OF

_PERCENT = "In per cent of the rate."


@strawberry.input(description="A number for each kind of hours; what is left out is none.")
class SurchargesInput:
    """Hours, or per cent."""

    night: Decimal | None = strawberry.field(default=None, description="At night.")
    sunday: Decimal | None = strawberry.field(default=None, description="On Sundays.")
    holiday: Decimal | None = strawberry.field(default=None, description="On public holidays.")

    def said(self) -> dict[Surcharge, Decimal]:
        """As the domain knows it."""
        found = {each: getattr(self, each.lower()) for each in Surcharge}
        return {each: value for each, value in found.items() if value is not None}


@strawberry.input(description="Euro a month for each who may carry a part.")
class CostSharesInput:
    """What is left out is nothing."""

    other: Decimal | None = strawberry.field(
        default=None, description="Accident insurance, compensation, Integrationsamt."
    )
    care_insurance: Decimal | None = strawberry.field(default=None, description="Care insurance.")
    integration_assistance: Decimal | None = strawberry.field(
        default=None, description="Eingliederungshilfe."
    )
    help_to_care: Decimal | None = strawberry.field(default=None, description="Hilfe zur Pflege.")

    def said(self) -> dict[Funder, Decimal]:
        """As the domain knows it."""
        found = {each: getattr(self, each.lower()) for each in Funder}
        return {each: value for each, value in found.items() if value is not None}


@strawberry.input(description="Facts for the costs of both models, for one month.")
class CostComparisonInput:
    """No name, nothing that says who it is."""

    hours: Decimal = strawberry.field(description="Hours of assistance a month.")
    wage: Decimal = strawberry.field(description="What an employer pays an hour, in euro.")
    service_price: Decimal = strawberry.field(description="What a service takes an hour, in euro.")
    surcharge_hours: SurchargesInput | None = strawberry.field(
        default=None, description="How many of the hours cost more."
    )
    wage_percents: SurchargesInput | None = strawberry.field(
        default=None, description=f"What an employer pays on top. {_PERCENT}"
    )
    service_percents: SurchargesInput | None = strawberry.field(
        default=None, description=f"What a service takes on top. {_PERCENT}"
    )
    contributions: Decimal | None = strawberry.field(
        default=None,
        description="An employer's contributions in per cent of the wages. No rate is put in its"
        " place: null leaves them out and says so.",
    )
    payroll: Decimal | None = strawberry.field(
        default=None, description="What a payroll service takes a month."
    )
    other_costs: Decimal | None = strawberry.field(
        default=None, description="An employer's other costs a month, such as insurance."
    )
    assistants: int = strawberry.field(
        default=1, description="How many people share the hours, alike; nobody has more than 744."
    )
    shares: CostSharesInput | None = strawberry.field(
        default=None, description="What others carry a month, before the own part of it."
    )
    own_parts: CostSharesInput | None = strawberry.field(
        default=None, description="The own contribution to each share that was said."
    )
    budget: Decimal | None = strawberry.field(
        default=None, description="An amount that is there for the costs, in euro."
    )
    budget_from: date | None = strawberry.field(
        default=None,
        description="From which day on it is used; null: from `asOf` on. Only with a `budget`.",
    )
    as_of: date | None = strawberry.field(default=None, description=AS_OF)

    def said(self) -> CostFacts:
        """As the domain knows it."""
        return CostFacts(
            hours=self.hours,
            wage=self.wage,
            service_price=self.service_price,
            surcharge_hours=_of(self.surcharge_hours),
            wage_percents=_of(self.wage_percents),
            service_percents=_of(self.service_percents),
            contributions=self.contributions,
            payroll=self.payroll,
            other_costs=self.other_costs,
            assistants=self.assistants,
            shares={} if self.shares is None else self.shares.said(),
            own_parts={} if self.own_parts is None else self.own_parts.said(),
            budget=self.budget,
        )


def _of(said: SurchargesInput | None) -> dict[Surcharge, Decimal]:
    return {} if said is None else said.said()


@strawberry.input(description="What is paid an hour, and for what.")
class WageCheckInput:
    """No name, nothing that says who it is."""

    hourly: Decimal = strawberry.field(description="Euro an hour.")
    work: PaidWork = strawberry.field(default=PaidWork.ORDINARY, description="What is paid for.")
    hours_per_month: Decimal | None = strawberry.field(
        default=None, description="For the limit of marginal employment."
    )
    land: Land | None = strawberry.field(
        default=None, description="Where a neighbour helper is recognised; null: here."
    )
    as_of: date | None = strawberry.field(default=None, description=AS_OF)

    def said(self, here: Land | None) -> WageCheck:
        """As the domain knows it; `here` is the Land of the district."""
        land = self.land or here if self.work is PaidWork.NEIGHBOUR_HELP else None
        return WageCheck(self.hourly, self.work, self.hours_per_month, land)
