"""The figures of the law, each row against its source, and what follows from several of them."""

from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import pytest

from domain.errors.financing import FigureNotKnown
from domain.financing.book import LAW
from domain.financing.calculation import Working
from domain.financing.parameter import Confidence, LegalStatus, LegalTopic
from tests.domain.financing import cases_care_insurance, cases_help_and_pay, cases_integration
from tests.domain.financing.cases import Case

CASES = (*cases_care_insurance.CASES, *cases_integration.CASES, *cases_help_and_pay.CASES)
DRAFTS = {"sozialraumbudget"}
ENACTED = [each for each in CASES if each.name not in DRAFTS]
READ = date(2026, 4, 29)


@pytest.mark.parametrize("case", ENACTED, ids=lambda case: f"{case.name} {case.first}")
def test_a_figure_holds_from_its_first_day_to_its_last(case: Case) -> None:
    for day in filter(None, (case.first, case.inside, case.last)):
        found = LAW.at(case.name, day)
        assert (found.value, found.unit, found.paragraph) == (case.value, case.unit, case.paragraph)
        assert (found.valid_from, found.valid_to) == (case.first, case.last)
    for outside in (case.before, case.last and case.last + timedelta(days=1)):
        other = LAW.find(case.name, outside) if outside else None
        assert other is None or other.valid_from != case.first


def test_every_row_has_its_case_and_every_case_its_row() -> None:
    rows = [
        (p.name, p.valid_from, p.valid_to, p.value, p.unit, p.paragraph) for p in LAW.parameters
    ]
    assert sorted(rows, key=str) == sorted(map(tuple, CASES), key=str)


NOT_SURE = """
verhinderungspflege 2017-01-01, kurzzeitpflege 2022-01-01, pflegehilfsmittel 2017-01-01,
besondere_wohnform 2017-01-01, besondere_wohnform 2025-01-01, sozialraumbudget 2027-01-01,
unterhalt.seventh_chapter 2020-01-01, unterhalt.third_fourth_chapter 2020-01-01,
nachbarschaftshilfe.share 2025-01-01, nachbarschaftshilfe.minimum_age 2025-01-01,
pflegegeld.days_of_month 2022-01-01, pflegegeld.share_during_absence 2022-01-01,
pflegegeld.weeks_kurzzeitpflege 2022-01-01, pflegegeld.weeks_verhinderungspflege 2022-01-01,
kombination.bound_months 2022-01-01,
fahrzeug.exempt 2023-01-01, umwandlung.share 2022-01-01, beihilfe.share 2022-01-01
"""


def test_what_is_less_sure_says_so() -> None:
    rows = [each for each in LAW.parameters if each.confidence is not Confidence.HIGH]
    assert {each.confidence for each in rows} == {Confidence.MEDIUM}
    found = {f"{each.name} {each.valid_from}" for each in rows}
    assert found == {each.strip() for each in NOT_SURE.split(",")}


def test_a_draft_is_shown_and_never_calculated_with() -> None:
    drafts = [each for each in LAW.parameters if each.status is LegalStatus.DRAFT]
    assert {each.name for each in drafts} == DRAFTS
    assert not DRAFTS & set(LAW.names)
    assert drafts[0] in LAW.on(date(2027, 1, 1), LegalTopic.CARE_INSURANCE)
    assert drafts[0] not in LAW.on(date(2026, 12, 31))
    assert LAW.at("entlastungsbetrag", date(2027, 1, 1)).value == 131


def test_all_was_looked_up_on_one_day_but_the_later_draft() -> None:
    days = {each.name: each.verified_on for each in LAW.parameters if each.verified_on != READ}
    assert days == {"sozialraumbudget": date(2026, 9, 30)}
    assert all(each.source for each in LAW.parameters)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("bezugsgroesse", date(2027, 1, 1)),
        ("regelbedarf.stufe_1", date(2027, 1, 1)),
        ("mindestlohn", date(2028, 1, 1)),
        ("pflegemindestlohn.helper", date(2026, 7, 1)),
        ("sachleistung.pg3", date(2021, 12, 31)),
        ("kurzzeitpflege", date(2025, 7, 1)),
    ],
)
def test_no_figure_is_taken_from_another_day(name: str, day: date) -> None:
    with pytest.raises(FigureNotKnown) as refused:
        LAW.at(name, day)
    assert refused.value.params == {"figure": name, "day": day.isoformat()}


@pytest.mark.parametrize(
    ("name", "day", "warned"),
    [
        ("pflegegeld.pg2", READ, False),
        ("pflegegeld.pg2", READ + timedelta(days=1), True),
        ("bezugsgroesse", date(2026, 12, 31), False),  # the regulation is of this year
        ("mindestlohn", date(2027, 12, 31), False),
    ],
)
def test_a_day_after_the_last_verified_one_is_warned_of(
    name: str, day: date, *, warned: bool
) -> None:
    working = Working(LAW, day)
    amount = working.figure(name)
    assert (working.calculation("ANY", amount).warnings == ("FIGURES_NOT_VERIFIED",)) == warned


DERIVED = """
2020 32487 28665 22932 5733 3822 1911 28665 57330
2021 33558 29610 23688 5922 3948 1974 29610 59220
2022 33558 29610 23688 5922 3948 1974 29610 59220
2023 34629 30555 24444 6111 4074 2037 30555 61110
2024 36057 31815 25452 6363 4242 2121 31815 63630
2025 38199 33705 26964 6741 4494 2247 33705 67410
2026 40341 35595 28476 7119 4746 2373 35595 71190
"""
SHARES = (
    *("anteil.insured_work", "anteil.uninsured_work", "anteil.pension"),
    *("zuschlag.partner", "zuschlag.child", "zuschlag.child_of_earning_partner", "zuschlag.minor"),
    "vermoegen.share",
)


@pytest.mark.parametrize("line", DERIVED.split("\n")[1:-1])
def test_shares_of_the_bezugsgroesse_give_the_published_amounts(line: str) -> None:
    year, *amounts = map(int, line.split())
    day = date(year, 7, 1)
    whole = LAW.at("bezugsgroesse", day).value
    assert [LAW.at(name, day).value * whole / 100 for name in SHARES] == amounts
    assert LAW.at("bezugsgroesse.monthly", day).value * 12 == whole


def test_the_limit_of_marginal_employment_follows_the_minimum_wage() -> None:
    days = [each.first for each in CASES if each.name == "geringfuegigkeitsgrenze"][1:]
    for day in days:
        wage = LAW.at("mindestlohn", day).value
        limit = (wage * 130 / 3).to_integral_value(ROUND_CEILING)
        assert limit == LAW.at("geringfuegigkeitsgrenze", day).value
    assert len(days) == 5


@pytest.mark.parametrize(("year", "most"), [(2025, "10.89"), (2026, "11.81"), (2027, "12.41")])
def test_the_highest_allowance_of_neighbours_follows_the_minimum_wage(year: int, most: str) -> None:
    day = date(year, 7, 1)
    share = LAW.at("nachbarschaftshilfe.share", day).value * LAW.at("mindestlohn", day).value / 100
    assert share.quantize(Decimal("0.01"), ROUND_FLOOR) == Decimal(most)


def test_the_highest_conversion_of_2026_is_the_published_one() -> None:
    day = date(2026, 1, 1)
    share = LAW.at("umwandlung.share", day).value
    found = [LAW.at(f"sachleistung.pg{grade}", day).value * share / 100 for grade in range(2, 6)]
    assert found == [Decimal(each) for each in ("318.40", "598.80", "743.60", "919.60")]
