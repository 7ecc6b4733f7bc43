"""What the book lacks in a year."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.errors.financing import FigureNotKnown
from domain.financing.book import LAW, Book
from domain.financing.calculators import run
from domain.financing.care import CareGrade, CareSituation
from domain.financing.gaps import gaps, unverified
from domain.financing.parameter import LegalStatus, LegalTopic

CARE = {f"pflegemindestlohn.{each}" for each in ("helper", "trained", "skilled")}
MAINTENANCE = {"unterhalt.seventh_chapter", "unterhalt.third_fourth_chapter"}
OF_2026 = {"bezugsgroesse", "bezugsgroesse.monthly", "regelbedarf.stufe_1"}


@pytest.mark.parametrize(
    ("year", "names"),
    [
        (2026, CARE | MAINTENANCE),
        (2027, CARE | MAINTENANCE | OF_2026 | {"beratungseinsatz.video_every"}),
    ],
)
def test_what_ended_without_a_successor_is_missing(year: int, names: set[str]) -> None:
    assert {each.name for each in gaps(LAW, year)} == names


def test_what_the_law_itself_began_or_ended_is_not_missing() -> None:
    found = {each.name for each in gaps(LAW, 2025)}
    ended = {"bezugsgroesse.ost", "verhinderungspflege", "gemeinsamer_jahresbetrag"}
    assert not ended & found
    assert {"gemeinsamer_jahresbetrag.under_25", "mindestlohn"} & {
        each.name for each in gaps(LAW, 2028)
    } == {"mindestlohn"}


def test_benefits_of_care_insurance_are_missing_from_their_adjustment_on() -> None:
    adjusted = {each.name for each in LAW.parameters if each.due}
    amounts = {
        each.name
        for each in LAW.on(date(2027, 12, 31), LegalTopic.CARE_INSURANCE)
        if each.unit.startswith("EUR") and each.value and each.status is LegalStatus.ENACTED
    }
    assert adjusted == amounts
    missing = {each.name: each.first for each in gaps(LAW, 2028)}
    assert {missing[name] for name in adjusted} == {date(2028, 1, 1)}
    assert adjusted <= {each.name for each in unverified(LAW, 2027)}
    assert not adjusted & {each.name for each in unverified(LAW, 2028)}
    with pytest.raises(FigureNotKnown):
        run("PFLEGEGELD", CareSituation(CareGrade.PG2), date(2028, 1, 1))
    before = run("PFLEGEGELD", CareSituation(CareGrade.PG2), date(2027, 12, 31))
    assert before.amount.value == 347
    assert "FIGURES_NOT_VERIFIED" in before.warnings


@pytest.mark.parametrize("year", range(2017, 2030))
def test_a_gap_is_exactly_the_days_without_a_figure(year: int) -> None:
    """Counted day by day, for every series that neither begins nor ends by law."""
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    found = {name: set[date]() for name in LAW.names}
    for gap in gaps(LAW, year):
        assert gap.first.year == gap.last.year == year
        length = (gap.last - gap.first).days + 1
        found[gap.name] |= {gap.first + timedelta(days=number) for number in range(length)}
    for name in LAW.names:
        rows = LAW.series(name)
        if not (rows[0].first or rows[-1].last):
            assert found[name] & set(days) == {day for day in days if not LAW.find(name, day)}


def test_open_figures_are_to_be_looked_up_again_each_year() -> None:
    assert "pflegegeld.pg2" in {each.name for each in unverified(LAW, 2026)}
    assert "mindestlohn" not in {each.name for each in unverified(LAW, 2027)}
    assert not list(unverified(LAW, 2019))
    assert not {"bezugsgroesse"} & {each.name for each in unverified(LAW, 2027)}


@pytest.mark.parametrize(("read", "old"), [(date(2026, 12, 30), True), (date(2026, 12, 31), False)])
def test_a_year_is_looked_up_with_its_last_day(read: date, *, old: bool) -> None:
    row = replace(LAW.at("pflegegeld.pg2", date(2026, 1, 1)), verified_on=read)
    assert bool(list(unverified(Book([row]), 2026))) == old


def test_an_empty_book_lacks_nothing() -> None:
    assert not [*gaps(Book([]), 2026), *unverified(Book([]), 2026)]
