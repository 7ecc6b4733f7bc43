"""The book as it is published for a day: every series, also those that hold nothing on it."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from domain.financing.book import Book
from domain.financing.parameter import LegalStatus, LegalTopic, Parameter


class Warned(StrEnum):
    """What has to be known about a figure on a day."""

    FIGURES_NOT_VERIFIED = "FIGURES_NOT_VERIFIED"
    FIGURE_UNKNOWN = "FIGURE_UNKNOWN"
    FIGURE_NOT_IN_LAW = "FIGURE_NOT_IN_LAW"
    FIGURE_IS_DRAFT = "FIGURE_IS_DRAFT"


class Entry(NamedTuple):
    """A series on a day; `row` is the one that holds, or if there is none the nearest by time."""

    row: Parameter
    holds: bool
    known_from: date
    known_until: date | None  # None while its last row is open
    warned: tuple[Warned, ...]


def entries(law: Book, day: date, topic: LegalTopic | None = None) -> Iterator[Entry]:
    """Every enacted series, then the drafts that would hold on the day; each by name."""
    for name in law.names:
        entry = _of_series(law, name, day)
        if topic in (None, entry.row.topic):
            yield entry
    for row in law.on(day, topic):
        if row.status is LegalStatus.DRAFT:
            yield _entry(row, [row], Warned.FIGURE_IS_DRAFT)


def _of_series(law: Book, name: str, day: date) -> Entry:
    rows = law.series(name)
    row = law.find(name, day)
    if row:
        old = [Warned.FIGURES_NOT_VERIFIED] if day > row.verified_until else []
        return _entry(row, rows, *old)
    nearest = rows[0] if day < rows[0].valid_from else rows[-1]
    by_law = law.lacked_by_law(name, day)
    reason = Warned.FIGURE_NOT_IN_LAW if by_law else Warned.FIGURE_UNKNOWN
    return _entry(nearest, rows, reason, holds=False)


def _entry(row: Parameter, rows: Sequence[Parameter], *warned: Warned, holds: bool = True) -> Entry:
    return Entry(row, holds, rows[0].valid_from, rows[-1].valid_to, warned)
