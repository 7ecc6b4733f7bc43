"""A figure as it was read in its source, written a second time beside the files of figures."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

_DAY = timedelta(days=1)


class Case(NamedTuple):
    """One row: what a series says from a day on, to its last day if it has one."""

    name: str
    first: date
    last: date | None
    value: Decimal
    paragraph: str

    @property
    def before(self) -> date:
        """The last day on which this row does not hold yet."""
        return self.first - _DAY

    @property
    def inside(self) -> date:
        """A day amid the row, where it is open a hundred days on."""
        return self.first + ((self.last - self.first) // 2 if self.last else 100 * _DAY)


def cases(table: str) -> Iterator[Case]:
    """The cases of a text: a line with the paragraph's sign at its start is for those below it.

    Every other line reads name, first day, last day or `open`, value.
    """
    paragraph = ""
    for line in filter(None, map(str.strip, table.splitlines())):
        if "§" in line:
            paragraph = line
            continue
        name, first, last, value = line.split()
        end = None if last == "open" else date.fromisoformat(last)
        yield Case(name, date.fromisoformat(first), end, Decimal(value), paragraph)
