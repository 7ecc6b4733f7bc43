"""Inputs of calculators, generated from how they are declared: whatever anybody could say."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from domain.financing.asked import Funder, Land, PaidWork, Surcharge
from domain.financing.calculators import CALCULATORS
from domain.financing.costs import CostFacts
from domain.financing.pay import WageCheck
from domain.financing.plain import fields_of

# The machine may be busy, and much that is drawn is refused because it contradicts itself.
PATIENT = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)

AMOUNTS = st.integers(0, 12_000_000).map(lambda cents: Decimal(cents) / 100)
_LEAVES: Mapping[Any, st.SearchStrategy[Any]] = {
    type(None): st.none(),
    bool: st.booleans(),
    int: st.integers(0, 4),
    Decimal: AMOUNTS,
    date: st.dates(date(2024, 1, 1), date(2026, 12, 31)),
}


def _hundredths(most: int) -> st.SearchStrategy[Decimal]:
    return st.integers(0, most * 100).map(lambda each: Decimal(each) / 100)


_PERCENTS = st.dictionaries(st.sampled_from(Surcharge), _hundredths(200))
_SHARES = st.dictionaries(st.sampled_from(Funder), _hundredths(9000))
_MONTHLY = st.none() | _hundredths(500)


@st.composite
def _costs(draw: st.DrawFn) -> CostFacts:
    hours = draw(st.integers(0, 744))
    some = st.dictionaries(st.sampled_from(Surcharge), _hundredths(hours))
    shares = draw(_SHARES)
    own_parts = draw(_SHARES)
    return CostFacts(
        hours=Decimal(hours),
        wage=draw(_hundredths(60)),
        service_price=draw(_hundredths(90)),
        surcharge_hours=draw(some),
        wage_percents=draw(_PERCENTS),
        service_percents=draw(_PERCENTS),
        contributions=draw(st.none() | _hundredths(50)),
        payroll=draw(_MONTHLY),
        other_costs=draw(_MONTHLY),
        assistants=draw(st.integers(1, 6)),
        shares=shares,
        own_parts={each: own_parts[each] for each in own_parts if each in shares},
        budget=draw(st.none() | _hundredths(90_000)),
    )


# Inputs of which nearly all that could be drawn would be refused.
_WHOLE: Mapping[Any, st.SearchStrategy[Any]] = {
    CostFacts: _costs(),
    WageCheck: st.builds(
        WageCheck,
        _hundredths(40),
        st.sampled_from(PaidWork),
        st.none() | _hundredths(300),
        st.just(Land.NI),
    ),
}


def said(kind: str) -> st.SearchStrategy[Any]:
    """Inputs of a calculator that it does not refuse."""
    calculator = CALCULATORS[kind]
    inputs = calculator.inputs
    drawn = _WHOLE[inputs] if inputs in _WHOLE else _of(inputs)
    return drawn.filter(lambda each: not [*calculator.problems(each)])


def _of(declared: Any) -> st.SearchStrategy[Any]:
    origin, parts = get_origin(declared), get_args(declared)
    if origin in {Union, UnionType}:
        return st.one_of(*map(_of, parts))
    if origin is tuple:
        return st.lists(_of(parts[0]), max_size=3).map(tuple)
    if origin is not None and issubclass(origin, Mapping):
        return st.dictionaries(_of(parts[0]), _of(parts[1]), max_size=4)
    if is_dataclass(declared) and isinstance(declared, type):
        fields = {name: _of(each) for name, each in fields_of(declared).items()}
        return st.fixed_dictionaries(fields).map(lambda values: declared(**values))
    if isinstance(declared, type) and issubclass(declared, Enum):
        return st.sampled_from(list(declared))
    return _LEAVES[declared]
