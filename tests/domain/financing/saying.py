"""Inputs of calculators, generated from how they are declared: whatever anybody could say."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from domain.financing.calculators import CALCULATORS

AMOUNTS = st.integers(0, 12_000_000).map(lambda cents: Decimal(cents) / 100)

st.register_type_strategy(Decimal, AMOUNTS)
st.register_type_strategy(int, st.integers(0, 4))


def said(kind: str) -> st.SearchStrategy[Any]:
    """Inputs of a calculator that it does not refuse."""
    calculator = CALCULATORS[kind]
    return st.from_type(calculator.inputs).filter(lambda each: not [*calculator.problems(each)])
