"""Links to calculations: whatever was said comes back, and nothing in them can be changed."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors.financing import CalculationLinkInvalid
from domain.financing.calculators import CALCULATORS, run
from domain.financing.income_limit import IncomeKind
from domain.financing.link import shared, token_of
from domain.financing.own_contribution import KIND, OwnContribution
from domain.financing.plain import LEAVES, fields_of
from domain.financing.reading import AmountReading
from domain.keys import Keys
from tests.domain.financing.saying import PATIENT, said

KEYS = Keys(b"a secret of these tests")
DAY = date(2026, 3, 1)
TOLD = OwnContribution({IncomeKind.PENSION: Decimal("31500.50")}, {}, children=2)


def leaves(declared: Any) -> set[Any]:
    if is_dataclass(declared) and isinstance(declared, type):
        return set().union(*(leaves(each) for each in fields_of(declared).values()))
    if get_origin(declared) is not None:
        return set().union(*map(leaves, get_args(declared)))
    return {declared}


@pytest.mark.parametrize("kind", CALCULATORS)
def test_a_calculator_is_told_nothing_that_could_be_a_name(kind: str) -> None:
    inputs = CALCULATORS[kind].inputs
    assert fields(inputs)
    for leaf in leaves(inputs) - {type(None), Ellipsis, *LEAVES}:
        assert issubclass(leaf, Enum), f"{leaf} can hold a text, and links hold inputs"


@pytest.mark.no_cover
@pytest.mark.slow
@pytest.mark.parametrize("kind", CALCULATORS)
@settings(PATIENT, max_examples=30)
@given(data=st.data())
def test_whatever_was_said_comes_back_with_what_came_out(kind: str, data: st.DataObject) -> None:
    told = data.draw(said(kind))
    found = run(kind, told, DAY)
    back = shared(token_of(found, told, KEYS), KEYS)
    assert (back.kind, back.said, back.as_of, back.version) == (kind, told, DAY, found.version)
    assert (back.amount, back.unit) == (found.amount.value, found.amount.unit)
    assert back.reading is found.reading
    assert run(kind, back.said, DAY) == found


def test_the_amount_cannot_be_forged() -> None:
    token = token_of(run(KIND, TOLD, DAY), TOLD, KEYS)
    raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    content = json.loads(raw[:-16])
    assert content[4] == "0"
    content[4] = "5000"
    body = json.dumps(content, separators=(",", ":")).encode()
    forged = urlsafe_b64encode(body + raw[-16:]).decode().rstrip("=")
    with pytest.raises(CalculationLinkInvalid):
        shared(forged, KEYS)
    assert shared(token, KEYS).amount == 0
    with pytest.raises(CalculationLinkInvalid):
        shared(token, Keys(b"another portal"))


@PATIENT
@given(st.text(max_size=200))
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(CalculationLinkInvalid):
        shared(text, KEYS)


def signed(content: object) -> str:
    body = json.dumps(content, separators=(",", ":")).encode()
    signature = KEYS.sign("calculation-link", body)[:16]
    return urlsafe_b64encode(body + signature).decode().rstrip("=")


@pytest.mark.parametrize(
    "told",
    [
        [],
        {},
        {"incomes": []},
        {"incomes": {}, "question_of_old": 1},
        {"incomes": {"LOTTERY": "1"}},
        {"incomes": {"PENSION": 1.5}},
        {"incomes": {"PENSION": "much"}},
        {"incomes": {}, "children": "2"},
        {"incomes": {}, "children": True},
        {"incomes": {}, "contributing": 1},
        {"incomes": {}, "free_benefit": "HOLIDAYS"},
    ],
)
def test_a_link_of_questions_that_there_are_no_longer_is_refused(told: object) -> None:
    rest = ["2026-03-01", "v", "0", "EUR_PER_MONTH", "f", None]
    old = shared(signed([KIND, {"incomes": {}}, *rest]), KEYS)
    assert (old.said, old.reading) == (OwnContribution({}), AmountReading.EXACT)
    with pytest.raises(CalculationLinkInvalid):
        shared(signed([KIND, {"incomes": {}}, *rest, "ROUGHLY"]), KEYS)
    with pytest.raises(CalculationLinkInvalid):
        shared(signed([KIND, told, *rest]), KEYS)
    with pytest.raises(CalculationLinkInvalid):
        shared(signed(["FORTUNE", {"incomes": {}}, *rest]), KEYS)


def test_a_token_that_is_too_long_is_not_even_read() -> None:
    incomes = {"incomes": {}, "x": "x" * 16_000}
    with pytest.raises(CalculationLinkInvalid):
        shared(signed([KIND, incomes]), KEYS)
