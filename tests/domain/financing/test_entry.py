"""The book as it is published for a day."""

from datetime import date, timedelta

import pytest

from domain.financing.book import LAW
from domain.financing.entry import Entry, Warned, entries
from domain.financing.parameter import LegalStatus, LegalTopic

READ = date(2026, 4, 29)


def entry(name: str, day: date) -> Entry:
    return next(each for each in entries(LAW, day) if each.row.name == name)


@pytest.mark.parametrize("day", [date(2017, 1, 1), date(2020, 6, 1), READ, date(2040, 1, 1)])
def test_every_series_is_there_on_every_day_with_the_value_that_holds(day: date) -> None:
    found = [each for each in entries(LAW, day) if each.row.status is LegalStatus.ENACTED]
    assert [each.row.name for each in found] == list(LAW.names)
    for each in found:
        assert (each.row if each.holds else None) == LAW.find(each.row.name, day)
        assert bool(each.warned) == (not each.holds or day > each.row.verified_until)


@pytest.mark.parametrize(
    ("name", "day", "warned"),
    [
        ("bezugsgroesse", date(2027, 1, 1), Warned.FIGURE_UNKNOWN),
        ("bezugsgroesse", date(2018, 12, 31), Warned.FIGURE_UNKNOWN),
        ("bezugsgroesse.ost", date(2025, 1, 1), Warned.FIGURE_NOT_IN_LAW),
        ("gemeinsamer_jahresbetrag", date(2025, 6, 30), Warned.FIGURE_NOT_IN_LAW),
        ("anteil.insured_work", date(2019, 12, 31), Warned.FIGURE_NOT_IN_LAW),
        ("pflegemindestlohn.helper", date(2026, 7, 1), Warned.FIGURE_UNKNOWN),
    ],
)
def test_what_holds_nothing_is_named_with_the_reason(name: str, day: date, warned: Warned) -> None:
    found = entry(name, day)
    assert (found.holds, found.warned) == (False, (warned,))
    assert not found.known_from <= day <= (found.known_until or day)


def test_a_topic_narrows_and_a_draft_comes_with_its_day() -> None:
    begin = date(2027, 1, 1)
    care = list(entries(LAW, begin, LegalTopic.CARE_INSURANCE))
    assert {each.row.topic for each in care} == {LegalTopic.CARE_INSURANCE}
    assert (care[-1].row.name, care[-1].warned) == ("sozialraumbudget", (Warned.FIGURE_IS_DRAFT,))
    before = entries(LAW, begin - timedelta(days=1))
    assert "sozialraumbudget" not in {each.row.name for each in before}
    assert "sozialraumbudget" not in {each.row.name for each in entries(LAW, begin, LegalTopic.PAY)}
