"""What of a funding source can be written down."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.errors import (
    BudgetUnclear,
    DateInFuture,
    DomainError,
    FieldRequired,
    FigureNotKnown,
    NumberOutOfRange,
    PayerForeign,
    SpanRefused,
)
from domain.funding import (
    BY_ITSELF,
    PARAGRAPHS,
    PAYERS,
    FundingInstrument,
    FundingPeriod,
    FundingTerms,
    problems,
)
from domain.user import Payer

TODAY = date(2026, 4, 15)
NOON = datetime(2026, 4, 15, 12, tzinfo=UTC)
OTHER, RELIEF, PRIVATE = (
    FundingInstrument.OTHER,
    FundingInstrument.RELIEF_AMOUNT,
    FundingInstrument.PRIVATE,
)


def terms(**more: Any) -> FundingTerms:
    said: dict[str, Any] = {
        "instrument": FundingInstrument.PERSONAL_BUDGET,
        "payer": Payer.HELP_TO_CARE,
        "cents": 50_000,
        "minutes": None,
        "per": FundingPeriod.MONTH,
        "valid_from": TODAY,
        "valid_until": None,
        "applied_on": TODAY,
    }
    return FundingTerms(**(said | more))


_RELIEF: dict[str, Any] = {"instrument": RELIEF, "payer": None}


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({}, None),
        ({"cents": None}, BudgetUnclear),
        ({"minutes": 60}, BudgetUnclear),
        ({"cents": 0}, NumberOutOfRange),
        ({"cents": None, "minutes": -1}, NumberOutOfRange),
        ({"payer": None}, FieldRequired),
        ({"payer": Payer.PRIVATE}, PayerForeign),
        ({"valid_until": TODAY - timedelta(days=1)}, SpanRefused),
        ({"applied_on": TODAY + timedelta(days=1)}, DateInFuture),
        ({**_RELIEF, "cents": None}, None),
        ({**_RELIEF, "cents": None, "valid_from": date(2016, 12, 31)}, FigureNotKnown),
        ({**_RELIEF, "per": FundingPeriod.YEAR}, BudgetUnclear),
        ({**_RELIEF, "cents": None, "minutes": 60}, BudgetUnclear),
    ],
)
def test_what_is_written_down_has_to_make_sense(
    more: dict[str, Any], refused: type[DomainError] | None
) -> None:
    found = problems(terms(**more), TODAY, NOON)
    assert [type(each) for each in found] == ([] if refused is None else [refused])


def test_every_benefit_has_its_payer_and_all_but_the_vague_ones_their_paragraph() -> None:
    assert set(PAYERS) == set(FundingInstrument)
    assert set(FundingInstrument) - set(PARAGRAPHS) == {OTHER, PRIVATE}
    assert all(each.startswith("§") for each in PARAGRAPHS.values())
    assert {RELIEF, PRIVATE} == BY_ITSELF
