"""The law as a book of figures: what holds on a day."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from domain.errors.financing import FigureNotInLaw, FigureNotKnown
from domain.financing.load import load
from domain.financing.parameter import LegalStatus, LegalTopic, Parameter, version_of


class Book:
    """Figures by name and day. Rules read enacted ones only; drafts are there to be shown."""

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        """Parameters as `load` returns them, in any order."""
        rows = sorted(parameters, key=attrgetter("name", "valid_from"))
        enacted = [each for each in rows if each.status is LegalStatus.ENACTED]
        self._series: Mapping[str, tuple[list[date], list[Parameter]]] = {
            name: ([each.valid_from for each in series], series)
            for name, group in groupby(enacted, attrgetter("name"))
            for series in [list(group)]
        }
        self.parameters = tuple(rows)
        self.version = version_of(rows)

    @property
    def names(self) -> tuple[str, ...]:
        """Every enacted series, in alphabetical order."""
        return tuple(self._series)

    def series(self, name: str) -> Sequence[Parameter]:
        """The enacted rows of a series, one after the other; `KeyError` as for `find`."""
        return self._series[name][1]

    def find(self, name: str, day: date) -> Parameter | None:
        """The enacted figure that holds on a day; `KeyError` for a name that no file holds."""
        starts, series = self._series[name]
        index = bisect_right(starts, day) - 1
        found = series[index] if index >= 0 else None
        return found if found and found.holds(day) else None

    def at(self, name: str, day: date) -> Parameter:
        """The enacted figure that holds on a day.

        Raises:
            FigureNotInLaw: the law has none on this day.
            FigureNotKnown: none is known for this day. It is never taken from another one.
        """
        found = self.find(name, day)
        if found is None:
            refused = FigureNotInLaw if self.lacked_by_law(name, day) else FigureNotKnown
            raise refused(field="asOf", figure=name, day=day.isoformat())
        return found

    def lacked_by_law(self, name: str, day: date) -> bool:
        """Whether the law has nothing before or after its rows, and a day lies there."""
        rows = self.series(name)
        first, last = rows[0], rows[-1]
        return first.first if day < first.valid_from else last.last

    def on(self, day: date, topic: LegalTopic | None = None) -> Iterator[Parameter]:
        """Every figure that holds on a day, drafts too, by name."""
        for each in self.parameters:
            if each.holds(day) and topic in (None, each.topic):
                yield each


LAW = Book(load())
