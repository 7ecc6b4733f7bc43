"""Both models side by side for the same facts."""

from datetime import date
from typing import NamedTuple

from domain.errors.base import DomainError
from domain.financing.book import LAW, Book
from domain.financing.calculators import wrong_in
from domain.financing.check import agrees, day_of_law
from domain.financing.costs import EMPLOYER_COSTS, CostFacts, Costs, employer_costs, service_costs


class Comparison(NamedTuple):
    """`begin` is the day from which on a budget is used."""

    employer: Costs
    service: Costs
    begin: date


def cost_comparison(
    said: CostFacts, day: date, begin: date | None = None, *, law: Book = LAW
) -> Comparison:
    """Both sides; without a beginning a budget is used from the day on.

    Raises:
        InputRefused: something of what was said; all of it is listed.
    """
    first = day if begin is None else begin
    found = [*wrong_in(EMPLOYER_COSTS, said, day)]
    if begin is not None:
        found += day_of_law("budgetFrom", begin)
        found += agrees("budgetFrom", fits=said.budget is not None)
    if found:
        raise DomainError.of(found)
    return Comparison(employer_costs(said, day, law=law), service_costs(said, day, law=law), first)
