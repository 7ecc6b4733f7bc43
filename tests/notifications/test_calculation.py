"""Calculations in words: every code has its words, and formulas read like a bill."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import domain.financing
from domain.advice_centre import AdviceKind
from domain.errors.financing import AmountRefused
from domain.errors.input import NumberOutOfRange
from domain.financing.asked import Funder, Surcharge
from domain.financing.book import LAW
from domain.financing.calculation import (
    Amount,
    Operation,
    Origin,
    Rounding,
    Step,
    Working,
    fact,
)
from domain.financing.calculators import CALCULATORS, run
from domain.financing.help_to_care_income import MoneyKind
from domain.financing.income_limit import IncomeKind
from domain.financing.own_contribution import KIND, OwnContribution
from domain.financing.parameter import Unit
from domain.financing.where_to_ask import kinds_for_calculation
from notifications.calculation import formula, formula_in_words, number, quantity
from notifications.language import Language, labels
from notifications.refusal import explain
from schema.calculation import calculation_of
from tests.domain.financing.saying import PATIENT, said

CODE = re.compile(r"[A-Z][A-Z0-9]+(_[A-Z0-9]+)*")
CORE = {"book", "calculation", "load", "parameter", "check", "asked"}  # show no code
DAY = date(2026, 3, 1)


PART_OF_CODE = re.compile(r"_?[A-Z][A-Z0-9_]*")
FACTS_BY_KIND = {  # those whose second half is a word of an enumeration
    "income": IncomeKind,
    "partner": IncomeKind,
    "own_money": MoneyKind,
    "partner_money": MoneyKind,
    "parents_money": MoneyKind,
    "shares": Funder,
    "own_parts": Funder,
    "surcharge_hours": Surcharge,
    "wage_percents": Surcharge,
    "service_percents": Surcharge,
}


def rules() -> Iterator[tuple[str, ast.Module]]:
    """The modules of the rules, read as programs."""
    for path in sorted(Path(domain.financing.__path__[0]).glob("*.py")):
        if path.stem not in CORE:
            yield path.stem, ast.parse(path.read_text("utf-8"))


def codes_written() -> dict[str, set[str]]:
    """The codes that stand in the rules, by module."""
    found: dict[str, set[str]] = {}
    for name, program in rules():
        constants = (
            each.value
            for each in ast.walk(program)
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        )
        found[name] = {each for each in constants if CODE.fullmatch(each)}
    return found


def test_no_code_is_put_together_so_that_each_of_them_is_found() -> None:
    """`f"SHARE_{funder}"` would be a code that no search and no test of words finds."""
    for name, program in rules():
        for joined in (each for each in ast.walk(program) if isinstance(each, ast.JoinedStr)):
            parts = [each.value for each in joined.values if isinstance(each, ast.Constant)]
            assert not [each for each in parts if PART_OF_CODE.fullmatch(str(each))], name
        called = (each.func for each in ast.walk(program) if isinstance(each, ast.Call))
        assert not [each for each in called if getattr(each, "attr", None) == "upper"], name


@pytest.mark.parametrize("language", Language)
def test_every_fact_of_a_kind_has_words(language: Language) -> None:
    for fact_of, kinds in FACTS_BY_KIND.items():
        for kind in kinds:
            assert f"financing.fact.{fact_of}.{kind.lower()}" in labels(language)


def test_the_kinds_of_places_to_ask_are_those_that_the_words_name() -> None:
    named = {"EUTB": AdviceKind.TEILHABEBERATUNG, "Pflegestützpunkt": AdviceKind.PFLEGESTUETZPUNKT}
    named |= {"Träger": AdviceKind.TRAEGER}
    prefix = "financing.where_to_ask."
    words = {
        key.removeprefix(prefix): text
        for key, text in labels(Language.DE).items()
        if key.startswith(prefix)
    }
    for kind in words.keys() - {"PAYERS", "FUNDING_BALANCE"}:  # no results of a calculator
        told = {place for word, place in named.items() if word in words[kind]}
        assert kinds_for_calculation(kind) == told, kind


@pytest.mark.parametrize("language", Language)
def test_every_code_that_stands_in_a_rule_has_words(language: Language) -> None:
    known = {key.split(".", 2)[2] for key in labels(language) if key.startswith("financing.")}
    missing = {name: codes - known for name, codes in codes_written().items()}
    assert not {name: codes for name, codes in missing.items() if codes}


@pytest.mark.no_cover
@pytest.mark.slow
@pytest.mark.parametrize("kind", CALCULATORS)
@settings(PATIENT, max_examples=40)
@given(data=st.data())
def test_whatever_comes_out_of_a_calculator_is_said_in_every_language(
    kind: str, data: st.DataObject
) -> None:
    told = data.draw(said(kind))
    found = run(kind, told, DAY)
    for language in Language:
        shown = calculation_of(found, told, language)
        assert all(each.formula and each.title for each in shown.steps)


def percent(value: str) -> Step:
    working = Working(LAW, DAY)
    share = Amount("eigenbeitrag.share", Decimal(2), Unit.PERCENT, Origin.FIGURE)
    excess = fact("benefit", Decimal(value))
    working.step(
        "MONTHLY_CONTRIBUTION",
        Operation.PERCENT,
        share,
        excess,
        unit=Unit.EUR_PER_MONTH,
        paragraph="§ 137 Abs. 2 SGB IX",
        rounding=Rounding.TEN_DOWN,
    )
    return working.steps[0]


@pytest.mark.parametrize(
    ("language", "said_so"),
    [
        (Language.DE, "2 % von 4.659,00 € = 93,18 €, abgerundet auf volle zehn Euro: 90,00 €"),
        (
            Language.LEICHT,
            "2 % von 4.659,00 € = 93,18 €, auf volle 10 € nach unten gerundet: 90,00 €",
        ),
        (Language.EN, "2% of €4,659.00 = €93.18, rounded down to a full ten: €90.00"),
    ],
)
def test_a_formula_reads_like_a_line_of_a_bill(language: Language, said_so: str) -> None:
    assert formula(percent("4659"), language).replace("\N{NO-BREAK SPACE}", " ") == said_so


def test_a_formula_in_words_names_each_number() -> None:
    line = formula_in_words(percent("500"), Language.EN).replace("\N{NO-BREAK SPACE}", " ")
    expected = (
        "Share of the own contribution (2%) of Cost of the benefit a month (€500.00) = €10.00"
    )
    assert line == expected


def test_a_number_alone_is_not_said_to_equal_itself() -> None:
    found = run(KIND, OwnContribution({IncomeKind.OTHER: Decimal(7)}), DAY)
    assert formula(found.steps[0], Language.EN) == "€7.00"


@pytest.mark.parametrize(
    ("language", "most"),
    [
        (Language.DE, "100.000.000"),
        (Language.LEICHT, "100.000.000"),
        (Language.EN, "100,000,000"),
    ],
)
def test_a_refusal_groups_great_numbers_and_no_years(language: Language, most: str) -> None:
    assert most in explain(AmountRefused(field="incomes", high=100_000_000), language).remedy
    assert "1200,50" not in explain(AmountRefused(field="incomes", high=9), language).remedy
    year = NumberOutOfRange(field="year", low=2017, high=2030)
    assert "2017" in explain(year, language).message


def test_an_amount_is_written_out_in_digits() -> None:
    parts = [fact("budget", Decimal(1000)), fact("each", Decimal("20.00"))]
    found = Working(LAW, DAY).step(
        "BUDGET_HOURS", Operation.DIVIDE, *parts, unit=Unit.HOURS, paragraph=""
    )
    assert str(found.value) == "50"


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert number(Decimal("1234567.5"), Language.DE) == "1.234.567,5"
    assert number(Decimal("1234567.5"), Language.EN, places=2) == "1,234,567.50"
    assert number(Decimal(1) / 3, Language.DE) == "0,3333"
    assert quantity(Decimal("-3.5"), Unit.EUR, Language.EN) == "\N{MINUS SIGN}€3.50"
    assert quantity(Decimal(1), Unit.HOURS, Language.EN) == "1\N{NO-BREAK SPACE}hour"
    assert quantity(Decimal(2), Unit.HOURS, Language.EN) == "2\N{NO-BREAK SPACE}hours"


def test_every_unit_has_words() -> None:
    for unit in Unit:
        assert f"financing.unit.{unit}" in labels(Language.DE)
    for rounding in Rounding:
        assert f"financing.rounding.{rounding}" in labels(Language.DE)
