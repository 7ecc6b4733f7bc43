"""What the book lacks in a year: days without a figure, and figures not looked up for all of it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from domain.financing.book import Book
from domain.financing.parameter import Parameter

_DAY = timedelta(days=1)


class Gap(NamedTuple):
    """Days of a year, both ends included, on which a series has no figure; `known` is the next."""

    name: str
    first: date
    last: date
    known: Parameter


def gaps(law: Book, year: int) -> Iterator[Gap]:
    """Where figures are missing, by name; days on which the law itself has none are no gaps."""
    for name in law.names:
        yield from _of_series(law.series(name), date(year, 1, 1), date(year, 12, 31))


def _of_series(rows: Sequence[Parameter], begin: date, end: date) -> Iterator[Gap]:
    first, last = rows[0], rows[-1]
    if not first.first and begin < first.valid_from:
        yield Gap(first.name, begin, min(end, first.valid_from - _DAY), first)
    if last.valid_to and not last.last and last.valid_to < end:
        yield Gap(last.name, max(begin, last.valid_to + _DAY), end, last)


def unverified(law: Book, year: int) -> Iterator[Parameter]:
    """Figures, open or due, that nobody has looked up since a day before the end of the year."""
    end = date(year, 12, 31)
    for name in law.names:
        last = law.series(name)[-1]
        if last.holds(end) and last.verified_until < end:
            yield last
