"""The costs of both models as the graph shows them, side by side."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated

import strawberry

from domain.contract import ContractModel
from domain.financing.asked import Funder
from domain.financing.cost_comparison import Comparison
from domain.financing.costs import CostFacts, Costs
from domain.financing.parameter import Unit
from notifications import calculation as words
from notifications.language import Language
from schema.calculation import Calculation, calculation_of
from schema.contract import ContractDuty, ContractWarning, duties, model_label
from schema.contract import warnings as below_minimum
from schema.disclosed import disclosed
from schema.refusal import Refusals

_LONGEST = 36_500  # days; what lasts longer ends on no day that anybody plans for


@disclosed
@strawberry.type(description="A part of the costs of a month.")
class CostPart:
    """All parts of a side together are its costs, to the cent."""

    code: str = strawberry.field(description="A payer, `OWN_CONTRIBUTION` or `REST`.")
    payer: Funder | None = strawberry.field(description="Who carries it; null: oneself.")
    label: str = strawberry.field(description="In words.")
    amount: Decimal = strawberry.field(description="Euro a month, as text.")
    text: str = strawberry.field(description="The same with its unit, as it is written.")


@disclosed
@strawberry.type(description="What a month costs in one model, and who has which duty.")
class CostSide:
    """One of the two models."""

    model: ContractModel = strawberry.field(description="Which one.")
    model_label: str = strawberry.field(description="The same in words.")
    calculation: Calculation = strawberry.field(description="The costs of a month, step by step.")
    parts: list[CostPart] = strawberry.field(description="Who carries what of it.")
    own_money: Decimal = strawberry.field(
        description="What is left for oneself, contributions included, as text."
    )
    own_money_text: str = strawberry.field(description="The same with its unit.")
    minijob: bool | None = strawberry.field(
        description="Whether the pay of each is within the limit of marginal employment; null for a"
        " service, and where the limit is not known."
    )
    budget_hours: Decimal | None = strawberry.field(
        description="Whole hours that the budget buys; null without one, and where nothing is used."
    )
    budget_days: int | None = strawberry.field(
        description="Whole days for which it lasts; null too for more than a century."
    )
    runs_out_on: date | None = strawberry.field(
        description="The first day that it does not cover; null as `budgetDays`."
    )
    warnings: list[ContractWarning] = strawberry.field(
        description="From which day on, while the budget lasts, the wage or the price is below the"
        " minimum wage."
    )
    duties: list[ContractDuty] = strawberry.field(description="Which side carries which duty.")


@disclosed
@strawberry.type(
    description="Both models side by side for the same hours. It orients and decides nothing;"
    " nothing of it is stored."
)
class CostComparison:
    """P2."""

    employer: CostSide = strawberry.field(description="One employs people oneself.")
    service: CostSide = strawberry.field(description="A service sends them.")
    difference: Decimal = strawberry.field(
        description="How much more the service costs a month; negative where it costs less."
    )
    difference_text: str = strawberry.field(description="The same with its unit.")


CostComparisonPayload = Annotated[
    CostComparison | Refusals,
    strawberry.union(
        "CostComparisonPayload", description="The costs of both models, or a refusal."
    ),
]


def comparison_of(found: Comparison, said: CostFacts, language: Language) -> CostComparison:
    """As the graph shows it, in the reader's language."""
    employer, service, begin = found
    more = service.calculation.amount.value - employer.calculation.amount.value
    return CostComparison(
        employer=_side(employer, said, begin, language),
        service=_side(service, said, begin, language),
        difference=more,
        difference_text=words.quantity(more, Unit.EUR_PER_MONTH, language),
    )


def _side(costs: Costs, said: CostFacts, begin: date, language: Language) -> CostSide:
    own = costs.split.own_contribution + costs.split.rest
    budget = costs.budget
    days = None if budget.days is None or budget.days > _LONGEST else budget.days
    return CostSide(
        model=costs.model,
        model_label=model_label(costs.model, language),
        calculation=calculation_of(costs.calculation, said, language),
        parts=_parts(costs, language),
        own_money=own,
        own_money_text=words.quantity(own, Unit.EUR_PER_MONTH, language),
        minijob=costs.minijob,
        budget_hours=budget.hours,
        budget_days=days,
        runs_out_on=_end(begin, days),
        warnings=_while_it_lasts(costs, said, begin, language),
        duties=duties(costs.model, language),
    )


def _while_it_lasts(
    costs: Costs, said: CostFacts, begin: date, language: Language
) -> list[ContractWarning]:
    """A budget that is used for longer may outlive the minimum wage of its first day."""
    if not costs.budget.days:
        return []
    hourly = said.wage if costs.model is ContractModel.EMPLOYER else said.service_price
    after = _end(begin, costs.budget.days)
    last = None if after is None else after - timedelta(days=1)
    return below_minimum(costs.model, begin, last, int(hourly * 100), language)


def _end(begin: date, days: int | None) -> date | None:
    if days is None or days > (date.max - begin).days:
        return None
    return begin + timedelta(days=days)


def _parts(costs: Costs, language: Language) -> list[CostPart]:
    split = costs.split
    paid = [
        _part(funder, funder, words.word("funder", funder, language), amount, language)
        for funder, amount in split.paid
    ]
    own = {"OWN_CONTRIBUTION": split.own_contribution, "REST": split.rest}
    return paid + [
        _part(code, None, words.word("cost_part", code, language), amount, language)
        for code, amount in own.items()
    ]


def _part(
    code: str, payer: Funder | None, label: str, amount: Decimal, language: Language
) -> CostPart:
    said = words.quantity(amount, Unit.EUR_PER_MONTH, language)
    return CostPart(code=code, payer=payer, label=label, amount=amount, text=said)
