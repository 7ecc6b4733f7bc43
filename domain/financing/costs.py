"""What a month costs where one employs people oneself, and where a service sends them.

What the law does not fix, such as the employer's contributions, is what the person says; nothing is
put in its place. Each side is a calculation of its own, of the same facts.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil

from domain.contract import ContractModel
from domain.errors.base import InputRefused
from domain.financing.asked import Funder, PaidWork, Surcharge
from domain.financing.book import LAW, Book
from domain.financing.calculation import (
    Amount,
    Calculation,
    Operation,
    Rounding,
    Working,
    fact,
)
from domain.financing.check import agrees, amounts_of, count, field_of, money, number, numbers_of
from domain.financing.cost_shares import Budget, Split, budget_of, split_of
from domain.financing.parameter import Unit
from domain.financing.pay import MINIMUM, least_wage, minijob
from domain.financing.pay import MOST_HOURS as MOST_OF_ONE
from domain.financing.reading import AmountReading

EMPLOYER_COSTS, SERVICE_COSTS = "EMPLOYER_COSTS", "SERVICE_COSTS"
MOST_HOURS = 3 * MOST_OF_ONE  # three people at every hour of the longest month
MOST_PERCENT = 200
MOST_ASSISTANTS = 30
_MONTH = Unit.EUR_PER_MONTH
_HOURS_OF: Mapping[Surcharge, str] = {
    Surcharge.NIGHT: "HOURS_NIGHT",
    Surcharge.SUNDAY: "HOURS_SUNDAY",
    Surcharge.HOLIDAY: "HOURS_HOLIDAY",
}
_SURCHARGE_OF: Mapping[Surcharge, str] = {
    Surcharge.NIGHT: "SURCHARGE_NIGHT",
    Surcharge.SUNDAY: "SURCHARGE_SUNDAY",
    Surcharge.HOLIDAY: "SURCHARGE_HOLIDAY",
}

Hours = Mapping[Surcharge, Decimal]
Percents = Mapping[Surcharge, Decimal]
Shares = Mapping[Funder, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostFacts:
    """What somebody says, in euro, hours and per cent, for one month.

    `wage` is paid an hour by an employer, `service_price` is the price of a service. The
    surcharges' hours are among the hours. `contributions` are an employer's in per cent of the
    wages, `payroll` what a payroll service takes a month, `other_costs` an employer's others.
    `shares` are what others pay a month, before one's own contribution to it in `own_parts`.
    """

    hours: Decimal
    wage: Decimal
    service_price: Decimal
    surcharge_hours: Hours = field(default_factory=dict)
    wage_percents: Percents = field(default_factory=dict)
    service_percents: Percents = field(default_factory=dict)
    contributions: Decimal | None = None
    payroll: Decimal | None = None
    other_costs: Decimal | None = None
    assistants: int = 1
    shares: Shares = field(default_factory=dict)
    own_parts: Shares = field(default_factory=dict)
    budget: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Costs:
    """One side. `minijob` is None for a service, and where the limit is not known."""

    model: ContractModel
    calculation: Calculation
    split: Split
    budget: Budget
    minijob: bool | None = None


def problems(said: CostFacts) -> Iterator[InputRefused]:
    """What cannot be calculated with."""
    wrong = [*number("hours", said.hours, min(MOST_HOURS, MOST_OF_ONE * max(said.assistants, 1)))]
    yield from wrong
    most = MOST_HOURS if wrong else ceil(said.hours)
    for name, value in (
        ("wage", said.wage),
        ("servicePrice", said.service_price),
        ("payroll", said.payroll),
        ("otherCosts", said.other_costs),
        ("budget", said.budget),
    ):
        yield from money(name, value)
    yield from number("contributions", said.contributions, MOST_PERCENT)
    yield from numbers_of("wagePercents", said.wage_percents, MOST_PERCENT)
    yield from numbers_of("servicePercents", said.service_percents, MOST_PERCENT)
    yield from numbers_of("surchargeHours", said.surcharge_hours, most)
    yield from count("assistants", said.assistants, MOST_ASSISTANTS, 1)
    yield from amounts_of("shares", said.shares)
    yield from amounts_of("ownParts", said.own_parts)
    for funder in said.own_parts:
        yield from agrees(field_of("ownParts", funder), fits=funder in said.shares)


def employer_costs(said: CostFacts, day: date, *, law: Book = LAW, shown: bool = True) -> Costs:
    """Wages, surcharges, contributions and what the employer's duties cost."""
    working = Working(law, day, shown)
    pay = fact("wage", said.wage, Unit.EUR_PER_HOUR)
    _check_wage(working, pay)
    wages = _hours_paid(working, said, pay, "wage_percents", said.wage_percents)
    within = _within_minijob(working, said, wages)
    total = _add(working, "EMPLOYER_TOTAL", wages, *_employers_part(working, said, wages))
    if Funder.CARE_INSURANCE in said.shares:
        working.assume("CARE_ALLOWANCE_ONLY")
    return _side(working, ContractModel.EMPLOYER, EMPLOYER_COSTS, said, total, within)


def service_costs(said: CostFacts, day: date, *, law: Book = LAW, shown: bool = True) -> Costs:
    """The price of the hours, with the service's surcharges."""
    working = Working(law, day, shown)
    price = fact("service_price", said.service_price, Unit.EUR_PER_HOUR)
    _check_price(working, price)
    total = _hours_paid(working, said, price, "service_percents", said.service_percents)
    return _side(working, ContractModel.SERVICE, SERVICE_COSTS, said, total)


def calculation_by(
    side: Callable[..., Costs],
) -> Callable[..., Calculation]:
    """A side as a calculator that gives its calculation alone."""

    def calculate(said: CostFacts, day: date, **how: object) -> Calculation:
        return side(said, day, **how).calculation

    return calculate


def _side(  # noqa: PLR0913, PLR0917  what a side is made of
    working: Working,
    model: ContractModel,
    kind: str,
    said: CostFacts,
    total: Amount,
    within: bool | None = None,
) -> Costs:
    """Split, hour and budget follow from the total alone, alike on both sides."""
    split = split_of(working, total, said.shares, said.own_parts)
    hours = fact("hours", said.hours, Unit.HOURS)
    if said.hours:
        working.step(
            "COST_OF_AN_HOUR",
            Operation.DIVIDE,
            total,
            hours,
            unit=Unit.EUR_PER_HOUR,
            paragraph="",
            rounding=Rounding.CENT,
        )
    budget = budget_of(working, total, hours, said.budget)
    return Costs(model, working.calculation(kind, total), split, budget, within)


def _check_wage(working: Working, pay: Amount) -> None:
    """The minimum wage is told beside the wage; a day without one hinders nothing."""
    if working.law.find(MINIMUM, working.day) is None:
        working.warn("MINIMUM_WAGE_NOT_KNOWN")
    elif pay.value < least_wage(working, PaidWork.ORDINARY).value:
        working.warn("WAGE_BELOW_MINIMUM")


def _check_price(working: Working, price: Amount) -> None:
    """What a service takes has to pay a wage at least."""
    if working.law.find(MINIMUM, working.day) is None:
        working.warn("MINIMUM_WAGE_NOT_KNOWN")
    elif price.value < working.figure(MINIMUM).value:
        working.warn("PRICE_BELOW_MINIMUM_WAGE")


def _within_minijob(working: Working, said: CostFacts, wages: Amount) -> bool | None:
    if working.law.find(MINIMUM, working.day) is None:
        return None
    working.assume("SURCHARGES_COUNT_FOR_MINIJOB")
    each = working.step(
        "WAGE_OF_EACH",
        Operation.DIVIDE,
        wages,
        fact("assistants", said.assistants, Unit.FACTOR),
        unit=_MONTH,
        paragraph="§ 8 Abs. 1 SGB IV",
        rounding=Rounding.CENT,
    )
    return minijob(working, each)


def _hours_paid(
    working: Working, said: CostFacts, hourly: Amount, name: str, percents: Percents
) -> Amount:
    """All hours at their rate, and the surcharges on those that cost more."""
    hours = fact("hours", said.hours, Unit.HOURS)
    parts = [_money(working, "HOURS_AT_RATE", Operation.MULTIPLY, hours, hourly)]
    for each in Surcharge:
        number_of, percent = said.surcharge_hours.get(each), percents.get(each)
        if number_of and percent is None:
            _lack(working, "SURCHARGE_PERCENTS")
        if percent and number_of is None:
            _lack(working, "SURCHARGE_HOURS")
        if number_of and percent:
            base = working.step(
                _HOURS_OF[each],
                Operation.MULTIPLY,
                fact(f"surcharge_hours.{each.lower()}", number_of, Unit.HOURS),
                hourly,
                unit=_MONTH,
                paragraph="",
            )
            share = fact(f"{name}.{each.lower()}", percent, Unit.PERCENT)
            parts.append(_money(working, _SURCHARGE_OF[each], Operation.PERCENT, share, base))
    return _add(working, "ALL_HOURS", *parts)


def _employers_part(working: Working, said: CostFacts, wages: Amount) -> Iterator[Amount]:
    """What comes on top of wages; the law as it was read names no rate for it."""
    if said.contributions is None:
        _lack(working, "EMPLOYERS_CONTRIBUTIONS")
    else:
        share = fact("contributions", said.contributions, Unit.PERCENT)
        yield _money(working, "EMPLOYERS_CONTRIBUTIONS", Operation.PERCENT, share, wages)
    if said.payroll is None:
        _lack(working, "PAYROLL")
    else:
        yield fact("payroll", said.payroll, _MONTH)
    if said.other_costs is None:
        _lack(working, "OTHER_COSTS")
    else:
        yield fact("other_costs", said.other_costs, _MONTH)


def _lack(working: Working, code: str) -> None:
    """A part of the costs that was not said, or half of one."""
    working.miss(code)
    working.reading = AmountReading.POSSIBLY_MORE


def _money(working: Working, name: str, operation: Operation, *operands: Amount) -> Amount:
    return working.step(
        name, operation, *operands, unit=_MONTH, paragraph="", rounding=Rounding.CENT
    )


def _add(working: Working, name: str, *parts: Amount) -> Amount:
    return working.step(name, Operation.ADD, *parts, unit=_MONTH, paragraph="")
