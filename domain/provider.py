"""Providers: who may decide for one, and what an hour costs from a day on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby, pairwise
from uuid import UUID

from domain.user import Employment, Payer
from domain.viewer import Role

LOWEST_CENTS, HIGHEST_CENTS = 1, 50_000  # an hour, euro cents
_DAY = timedelta(days=1)


class CoordinatorRole(StrEnum):
    """What somebody may do who speaks for a provider."""

    ADMIN = "ADMIN"
    COORDINATOR = "COORDINATOR"


def has_place(role: Role, employment: Employment | None, provider_id: UUID | None) -> bool:
    """Whether somebody who works or speaks for a provider has one that said yes."""
    alone = role is Role.ASSISTANT and employment is Employment.SELF_EMPLOYED
    return alone or role not in {Role.ASSISTANT, Role.COORDINATOR} or provider_id is not None


@dataclass(frozen=True, slots=True)
class Price:
    """What an hour costs, in euro cents: from a day on until the next price of the same payer."""

    payer: Payer
    cents: int
    valid_from: date


@dataclass(frozen=True, slots=True)
class Period:
    """A price with its last day, or None while no other follows."""

    price: Price
    valid_until: date | None


def price_list(prices: Iterable[Price], today: date) -> list[Period]:
    """The prices that hold today or later, by payer and day."""
    ordered = sorted(prices, key=lambda each: (each.payer, each.valid_from))
    periods = (_periods(list(same)) for _, same in groupby(ordered, key=lambda each: each.payer))
    return [
        each
        for found in periods
        for each in found
        if each.valid_until is None or each.valid_until >= today
    ]


def _periods(prices: Sequence[Price]) -> Iterator[Period]:
    for price, following in pairwise(prices):
        yield Period(price, following.valid_from - _DAY)
    yield Period(prices[-1], None)
