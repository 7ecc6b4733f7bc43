"""Whether the rows of a series follow each other: no gap, no overlap, one unit."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from domain.financing.parameter import LegalStatus, Parameter

_DAY = timedelta(days=1)


class Placed(NamedTuple):
    """A figure, and the file, series and row where it stands."""

    parameter: Parameter
    where: str


class SpansWrong(ValueError):
    """Rows do not follow each other; the text names the later one."""


def check_spans(found: Iterable[Placed]) -> tuple[Parameter, ...]:
    """The figures by name and day. Drafts need not follow each other.

    Raises:
        SpansWrong: a gap, an overlap, an end before the beginning, two units in one series.
    """
    ordered = sorted(found, key=lambda each: (_series(each), each.parameter.valid_from))
    for (_name, status), rows in groupby(ordered, _series):
        series = list(rows)
        for each in series:
            _check_row(each)
        if status is LegalStatus.ENACTED:
            for before, after in pairwise(series):
                _check_pair(before, after)
            _check_ends(series)
    return tuple(each.parameter for each in ordered)


def _series(each: Placed) -> tuple[str, LegalStatus]:
    return each.parameter.name, each.parameter.status


def _check_row(each: Placed) -> None:
    end = each.parameter.valid_to
    if end is not None and end < each.parameter.valid_from:
        raise SpansWrong(f"{each.where}: it ends on {end}, before it begins")
    if each.parameter.due and end is None:
        raise SpansWrong(f"{each.where}: a row that is due has to say when it ends (to)")
    if each.parameter.last and end is None:
        raise SpansWrong(f"{each.where}: the last row of a series has to say when it ends (to)")


def _check_ends(rows: Sequence[Placed]) -> None:
    for each in rows:
        if each.parameter.first and each is not rows[0]:
            raise SpansWrong(f"{each.where}: it is called first, and there are rows before it")
        if each.parameter.last and each is not rows[-1]:
            raise SpansWrong(f"{each.where}: it is called last, and there are rows after it")


def _check_pair(before: Placed, after: Placed) -> None:
    name, begin, end = after.parameter.name, after.parameter.valid_from, before.parameter.valid_to
    if end is None or end >= begin:
        raise SpansWrong(f"{after.where}: {name} from {begin} overlaps with {before.where}")
    if end + _DAY != begin:
        raise SpansWrong(f"{after.where}: there is a gap of {name} between {end} and {begin}")
    if before.parameter.unit is not after.parameter.unit:
        raise SpansWrong(f"{after.where}: {name} has another unit than in {before.where}")
    if before.parameter.topic is not after.parameter.topic:
        raise SpansWrong(f"{after.where}: {name} has begun in another file, {before.where}")
