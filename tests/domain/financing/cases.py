"""A figure as it was read in its source, written a second time beside the files of figures."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from domain.financing.parameter import Unit

_DAY = timedelta(days=1)


class Case(NamedTuple):
    """One row: what a series says from a day on, to its last day if it has one."""

    name: str
    first: date
    last: date | None
    value: Decimal
    unit: Unit
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

    Every other line reads name, first day, last day or `open`, value, unit.
    """
    paragraph = ""
    for line in filter(None, map(str.strip, table.splitlines())):
        if "§" in line:
            paragraph = line
            continue
        name, first, last, value, unit = line.split()
        begin, end = date.fromisoformat(first), None if last == "open" else date.fromisoformat(last)
        yield Case(name, begin, end, Decimal(value), Unit(unit), paragraph)
