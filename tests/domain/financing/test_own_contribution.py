"""The own contribution: published cases, each threshold to the cent, and a second formula."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.financing.book import LAW
from domain.financing.calculation import Calculation
from domain.financing.free_benefit import NUMBER, FreeBenefit
from domain.financing.income_limit import IncomeKind, Incomes, predominant
from domain.financing.own_contribution import KIND, OwnContribution, own_contribution
from tests.domain.financing.recompute import recompute
from tests.domain.financing.saying import AMOUNTS, PATIENT, said
from tests.domain.financing.straight_own import TABLE, YEARS, base, limit, monthly

CENT = Decimal("0.01")
KINDS = tuple(IncomeKind)
INCOMES = st.dictionaries(st.sampled_from(KINDS), AMOUNTS, max_size=4)


def day_of(year: int) -> date:
    return date(year, 4, 1)


def pay(year: int, told: OwnContribution, *, shown: bool = False) -> Decimal:
    return own_contribution(told, day_of(year), shown=shown).amount.value


def shown(year: int, told: OwnContribution) -> Calculation:
    found = own_contribution(told, day_of(year))
    assert recompute(found) == found.amount.value
    return found


def outcomes(found: Calculation) -> dict[str, str | None]:
    return {each.name: each.outcome for each in found.steps}


@pytest.mark.parametrize(("year", "amount"), [(2024, 170), (2025, 130), (2026, 90)])
def test_the_published_example_of_45000_euro_is_met(year: int, amount: int) -> None:
    # A service's page on personal assistance (2024); later years follow from the same figures.
    told = OwnContribution({IncomeKind.INSURED_WORK: Decimal(45_000)})
    assert shown(year, told).amount.value == amount


@pytest.mark.parametrize(("year", "kind"), list(product(YEARS, KINDS)))
def test_a_cent_decides_at_the_limit_and_at_each_full_ten(year: int, kind: IncomeKind) -> None:
    at = Decimal(base(year, {kind: Decimal(1)}))
    for said_so, due, outcome in (
        (at - CENT, 0, "NOT_ABOVE"),
        (at, 0, "NOT_ABOVE"),
        (at + CENT, 0, "ABOVE"),
        (at + 500 - CENT, 0, "ABOVE"),
        (at + 500, 10, "ABOVE"),
        (at + 500 + CENT, 10, "ABOVE"),
        (at + 1000 - CENT, 10, "ABOVE"),
        (at + 1000, 20, "ABOVE"),
    ):
        found = shown(year, OwnContribution({kind: said_so}))
        assert found.amount.value == due
        assert outcomes(found)["EXCESS"] == outcome


def partners(year: int) -> Iterator[Incomes | None]:
    """None, without income, and of each kind below, at and above the kind's own limit."""
    yield None
    yield {}
    for kind in KINDS:
        at = Decimal(base(year, {kind: Decimal(1)}))
        for income in (at - CENT, at, at + CENT):
            yield {kind: income}


@pytest.mark.no_cover
@pytest.mark.parametrize("year", YEARS)
def test_every_family_pays_what_a_second_formula_says(year: int) -> None:
    families = product(KINDS, partners(year), range(5), range(4))
    for kind, partner, children, minors in families:
        at = limit(year, {kind: Decimal(1)}, partner, children, minors)
        for more in map(Decimal, ("-0.01", "0", "0.01", "499.99", "500", "4659.37")):
            told = OwnContribution({kind: at + more}, partner, children, minors)
            assert pay(year, told) == monthly(year, told.incomes, partner, children, minors), told


@PATIENT
@given(st.sampled_from(YEARS), said(KIND))
def test_whatever_is_said_a_second_formula_says_the_same_and_steps_lead_there(
    year: int, told: OwnContribution
) -> None:
    told = replace(told, free_benefit=None, contributing=False)
    found = shown(year, told)
    due = monthly(year, told.incomes, told.partner, told.children, told.minors)
    if told.one_off_price is not None:
        due = min(due * 4, told.one_off_price)
    elif told.benefit is not None:
        due = min(due, told.benefit)
    assert found.amount.value == due == pay(year, told)


@PATIENT
@given(st.sampled_from(YEARS), INCOMES, AMOUNTS)
def test_it_is_never_negative_nor_above_the_benefit_and_a_ten_before_that(
    year: int, incomes: Incomes, benefit: Decimal
) -> None:
    whole = pay(year, OwnContribution(incomes))
    assert whole >= 0
    assert whole % 10 == 0
    assert pay(year, OwnContribution(incomes, benefit=benefit)) == min(whole, benefit)


@PATIENT
@given(st.sampled_from(YEARS), INCOMES, AMOUNTS)
def test_more_of_the_predominant_kind_never_lowers_it(
    year: int, incomes: Incomes, more: Decimal
) -> None:
    kind = predominant(incomes)
    raised = {**incomes, kind: incomes.get(kind, Decimal(0)) + more}
    assume(predominant(raised) is kind)
    assert pay(year, OwnContribution(raised)) >= pay(year, OwnContribution(incomes))


@PATIENT
@given(st.sampled_from(YEARS), INCOMES, st.none() | INCOMES, st.integers(0, 4), st.integers(0, 3))
def test_supplements_never_raise_it(
    year: int, incomes: Incomes, partner: Incomes | None, children: int, minors: int
) -> None:
    alone = pay(year, OwnContribution(incomes))
    with_family = OwnContribution(incomes, partner, children)
    assert pay(year, with_family) <= alone
    assert pay(year, OwnContribution(incomes, minors=minors)) <= alone
    one_more = OwnContribution(incomes, partner, children + 1)
    assert pay(year, one_more) <= pay(year, with_family)


def test_where_another_kind_becomes_the_greatest_the_steps_say_why_it_jumps() -> None:
    work, pension = IncomeKind.INSURED_WORK, IncomeKind.PENSION
    half = Decimal(22_500)
    before = shown(2026, OwnContribution({work: half + CENT, pension: half - CENT}))
    after = shown(2026, OwnContribution({work: half - CENT, pension: half + CENT}))
    assert [before.amount.value, after.amount.value] == [90, 330]
    assert outcomes(before)["PREDOMINANT_INCOME"] == work
    assert outcomes(after)["PREDOMINANT_INCOME"] == pension
    assert "anteil.pension" in {each.name for each in after.figures}


@pytest.mark.parametrize("kinds", list(product(KINDS, KINDS)))
def test_of_equal_kinds_the_higher_limit_counts_and_it_is_said(
    kinds: tuple[IncomeKind, IncomeKind],
) -> None:
    one, other = kinds
    tie = {one: Decimal(20_000), other: Decimal(20_000)}
    found = shown(2026, OwnContribution(tie, partner=tie))
    share = max(LAW.at(f"anteil.{kind.lower()}", day_of(2026)).value for kind in kinds)
    assert found.steps[-1].operands[0].name == "eigenbeitrag.share"
    steps = {each.name: each for each in found.steps}
    assert steps["BASE_AMOUNT"].operands[0].value == share
    assert steps["PARTNER_LIMIT"].operands[0].value == share
    assert ("TIE_FAVOURS_HIGHER_LIMIT" in found.assumptions) is (one is not other)


def test_a_tie_of_the_partners_incomes_is_said_too() -> None:
    tie = {IncomeKind.OTHER: Decimal(9), IncomeKind.PENSION: Decimal(9)}
    found = shown(2026, OwnContribution({IncomeKind.PENSION: Decimal(50_000)}, partner=tie))
    assert "TIE_FAVOURS_HIGHER_LIMIT" in found.assumptions


@pytest.mark.parametrize("benefit", FreeBenefit)
def test_some_benefits_are_free_whatever_one_earns(benefit: FreeBenefit) -> None:
    rich = {IncomeKind.OTHER: Decimal(1_000_000)}
    found = shown(2026, OwnContribution(rich, free_benefit=benefit))
    (step,) = found.steps
    assert found.amount.value == 0
    assert step.outcome == benefit
    assert step.paragraph == f"§ 138 Abs. 1 Nr. {NUMBER[benefit]} SGB IX"
    assert not found.missing


def test_one_contribution_covers_all_benefits_of_the_time() -> None:
    rich = {IncomeKind.OTHER: Decimal(1_000_000)}
    found = shown(2026, OwnContribution(rich, contributing=True))
    assert found.amount.value == 0
    assert found.steps[0].paragraph == "§ 138 Abs. 2 SGB IX"


def test_an_aid_costs_four_monthly_contributions_at_most() -> None:
    work = {IncomeKind.INSURED_WORK: Decimal(45_000)}
    dear = shown(2026, OwnContribution(work, one_off_price=Decimal(9_000)))
    cheap = shown(2026, OwnContribution(work, one_off_price=Decimal("359.99")))
    assert [dear.amount.value, cheap.amount.value] == [360, Decimal("359.99")]
    assert dear.steps[-1].paragraph == "§ 138 Abs. 3 SGB IX"


def test_a_partners_income_is_never_added_and_decides_on_supplements_only() -> None:
    work = {IncomeKind.INSURED_WORK: Decimal(60_000)}
    rich, poor = {IncomeKind.PENSION: Decimal(28_477)}, {IncomeKind.PENSION: Decimal(28_476)}
    alone = pay(2026, OwnContribution(work))
    with_rich = shown(2026, OwnContribution(work, rich))
    with_poor = shown(2026, OwnContribution(work, poor))
    assert with_rich.amount.value == alone == 390
    assert with_poor.amount.value == 250
    assert outcomes(with_rich)["PARTNER_EXCESS"] == "PARTNER_ABOVE"
    assert outcomes(with_poor)["PARTNER_EXCESS"] == "PARTNER_NOT_ABOVE"
    assert "PARTNER_LIMIT_OF_OWN_KIND" in with_rich.assumptions


def test_minors_have_a_supplement_each_and_no_other() -> None:
    parents = {IncomeKind.INSURED_WORK: Decimal(150_000)}
    found = shown(2026, OwnContribution(parents, partner={}, children=3, minors=2))
    steps = {each.name: each for each in found.steps}
    assert steps["LIMIT"].result.value == 40_341 + 2 * 35_595
    assert "CHILD_SUPPLEMENT" not in steps
    assert {"MINOR_ALSO_OF_SINGLE_PARENTS", "NO_FAMILY_SUPPLEMENTS_WITH_MINORS"} <= set(
        found.assumptions
    )


@pytest.mark.parametrize("number", [1, 2])
def test_a_supplement_is_multiplied_only_for_several(number: int) -> None:
    rich = {IncomeKind.OTHER: Decimal(200_000)}
    several = number > 1
    assert (
        "CHILD_SUPPLEMENTS" in outcomes(shown(2026, OwnContribution(rich, children=number)))
    ) is several
    assert (
        "MINOR_SUPPLEMENTS" in outcomes(shown(2026, OwnContribution(rich, minors=number)))
    ) is several


def test_expected_income_is_named_with_its_paragraph() -> None:
    work = {IncomeKind.INSURED_WORK: Decimal(45_000)}
    usual, expected = (
        shown(2026, OwnContribution(work, expected_income=said_so)) for said_so in (False, True)
    )
    assert usual.steps[0].paragraph == "§ 135 Abs. 1 SGB IX"
    assert expected.steps[0].paragraph == "§ 135 Abs. 2 SGB IX"
    assert "INCOME_OF_YEAR_BEFORE_LAST" in usual.assumptions
    assert "EXPECTED_INCOME" in expected.assumptions


def test_nothing_to_pay_for_an_aid_is_nothing_once() -> None:
    said = OwnContribution({}, free_benefit=FreeBenefit.SCHOOL)
    assert shown(2026, said).amount.unit == "EUR_PER_MONTH"
    for each in (said, replace(said, free_benefit=None, contributing=True)):
        assert shown(2026, replace(each, one_off_price=Decimal(9))).amount.unit == "EUR"


def test_only_what_is_not_said_is_missing() -> None:
    work = {IncomeKind.INSURED_WORK: Decimal(45_000)}
    assert shown(2026, OwnContribution(work)).missing == ("BENEFIT",)
    nothing_said = OwnContribution({}, partner={})
    assert shown(2026, nothing_said).missing == ("INCOME", "PARTNER_INCOME", "BENEFIT")
    of_minor = replace(nothing_said, minors=1)
    assert shown(2026, of_minor).missing == ("INCOME", "BENEFIT")
    none = {IncomeKind.OTHER: Decimal(0)}
    assert shown(2026, OwnContribution(none, partner=none)).missing == ("BENEFIT",)
    assert shown(2026, OwnContribution(work, benefit=Decimal(500))).missing == ()


@settings(PATIENT, max_examples=30)
@given(st.sampled_from(YEARS), said(KIND))
def test_without_steps_the_same_comes_out(year: int, told: OwnContribution) -> None:
    brief = own_contribution(told, day_of(year), shown=False)
    whole = own_contribution(told, day_of(year))
    assert brief.amount == whole.amount
    assert brief.steps == ()
    assert whole.steps


def test_the_printed_table_is_what_the_figures_say() -> None:
    names = (
        *("anteil.insured_work", "anteil.uninsured_work", "anteil.pension", "zuschlag.partner"),
        *("zuschlag.child", "zuschlag.child_of_earning_partner", "zuschlag.minor"),
        "vermoegen.share",
    )
    for year, row in TABLE.items():
        reference = LAW.at("bezugsgroesse", day_of(year)).value
        shares = [LAW.at(name, day_of(year)).value for name in names]
        assert [share * reference / 100 for share in shares] == list(row)
