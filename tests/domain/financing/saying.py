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

from domain.financing.calculators import CALCULATORS
from domain.financing.plain import fields_of

# The machine may be busy: nothing here is about time.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

AMOUNTS = st.integers(0, 12_000_000).map(lambda cents: Decimal(cents) / 100)
_LEAVES: Mapping[Any, st.SearchStrategy[Any]] = {
    type(None): st.none(),
    bool: st.booleans(),
    int: st.integers(0, 4),
    Decimal: AMOUNTS,
    date: st.dates(date(2024, 1, 1), date(2026, 12, 31)),
}


def said(kind: str) -> st.SearchStrategy[Any]:
    """Inputs of a calculator that it does not refuse."""
    calculator = CALCULATORS[kind]
    return _of(calculator.inputs).filter(lambda each: not [*calculator.problems(each)])


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
