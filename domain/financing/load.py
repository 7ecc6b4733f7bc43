"""Reads figures of the law from TOML, and refuses a file that is wrong with the row named.

    [[series]]
    name = "bezugsgroesse"
    unit = "EUR_PER_YEAR"
    paragraph = "§ 18 Abs. 1 SGB IV"
    verified_on = 2026-04-29
    confidence = "HIGH"
    rows = [
      { value = "37380", from = 2019-01-01, to = 2019-12-31, source = "SVBezGrV 2019" },
    ]

A row may hold `values` instead of one `value`, such as one for each care grade: `{ pg2 = "347" }`
makes a series of its own, `name.pg2`. What a row does not say itself, its series says.
`first = true` says that the law had no such figure before this row, `last = true` that it has none
after it.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, TypeVar

from domain.financing.parameter import Confidence, Parameter, Status, Topic, Unit

FOLDER = Path(__file__).parent / "parameters"
_SHARED = {"unit", "paragraph", "status", "verified_on", "source", "confidence"}
_SERIES = {"name", "rows", *_SHARED}
_ROW = {"value", "values", "from", "to", "first", "last", *_SHARED}
_DAY = timedelta(days=1)

W = TypeVar("W", bound=StrEnum)


class ParametersWrong(ValueError):
    """A file of figures is wrong; the text names file, series, row and reason."""


def load(folder: Path = FOLDER) -> tuple[Parameter, ...]:
    """All figures of a folder, by name and day.

    Raises:
        ParametersWrong: an unknown unit, a missing paragraph, a gap, an overlap.
    """
    found = [
        parameter
        for path in sorted(folder.glob("*.toml"))
        for parameter in _of_file(path.stem, path.read_text("utf-8"))
    ]
    found.sort(key=lambda each: (each.name, each.status, each.valid_from))
    for (name, status), rows in groupby(found, lambda each: (each.name, each.status)):
        if status is Status.ENACTED:
            _check_spans(name, list(rows))
    return tuple(found)


def _of_file(stem: str, text: str) -> Iterator[Parameter]:
    topic = _word(Topic, stem.upper(), f"{stem}.toml", "topic")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ParametersWrong(f"{stem}.toml: {error}") from error
    for number, series in enumerate(content.get("series", ()), 1):
        where = f"{stem}.toml, series {series.get('name', number)}"
        _known(series, _SERIES, where)
        for index, row in enumerate(series.get("rows", ()), 1):
            yield from _of_row(topic, series, row, f"{where}, row {index}")


def _of_row(
    topic: Topic, series: Mapping[str, Any], row: Mapping[str, Any], where: str
) -> Iterator[Parameter]:
    _known(row, _ROW, where)
    both = {**series, **row}
    for key, value in _values(row, where).items():
        yield Parameter(
            topic=topic,
            name=_text(series, "name", where) + key,
            value=_number(value, where),
            unit=_word(Unit, both.get("unit"), where, "unit"),
            valid_from=_day(row, "from", where),
            valid_to=_day(row, "to", where) if "to" in row else None,
            paragraph=_text(both, "paragraph", where),
            status=_word(Status, both.get("status", Status.ENACTED), where, "status"),
            verified_on=_day(both, "verified_on", where),
            source=_text(both, "source", where),
            confidence=_word(Confidence, both.get("confidence"), where, "confidence"),
            first=_flag(row, "first", where),
            last=_flag(row, "last", where),
        )


def _values(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    if ("value" in row) == ("values" in row):
        raise ParametersWrong(f"{where}: give either `value` or `values`")
    if "value" in row:
        return {"": row["value"]}
    return {f".{key}": value for key, value in row["values"].items()}


def _check_spans(name: str, rows: list[Parameter]) -> None:
    for row in rows:
        if row.valid_to is not None and row.valid_to < row.valid_from:
            raise ParametersWrong(f"{name}: the row from {row.valid_from} ends before it begins")
    _check_ends(name, rows)
    for before, after in pairwise(rows):
        end = before.valid_to
        if end is None or end >= after.valid_from:
            raise ParametersWrong(
                f"{name}: the rows from {before.valid_from} and {after.valid_from} overlap"
            )
        if end + _DAY != after.valid_from:
            raise ParametersWrong(f"{name}: there is a gap between {end} and {after.valid_from}")


def _check_ends(name: str, rows: list[Parameter]) -> None:
    for row in rows:
        if (row.first and row is not rows[0]) or (row.last and row is not rows[-1]):
            raise ParametersWrong(f"{name}: there are rows on both sides of {row.valid_from}")
    if rows[-1].last and rows[-1].valid_to is None:
        raise ParametersWrong(f"{name}: the last row, from {rows[-1].valid_from}, has no end")


def _known(table: Mapping[str, Any], names: set[str], where: str) -> None:
    if unknown := sorted(set(table) - names):
        raise ParametersWrong(f"{where}: {', '.join(unknown)} is not known here")


def _text(table: Mapping[str, Any], name: str, where: str) -> str:
    value = table.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ParametersWrong(f"{where}: {name} is missing")
    return value


def _number(value: object, where: str) -> Decimal:
    try:
        number = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise ParametersWrong(f"{where}: {value!r} is not a number written as text")
    return number


def _day(row: Mapping[str, Any], name: str, where: str) -> date:
    value = row.get(name)
    if type(value) is not date:
        raise ParametersWrong(f"{where}: {name} is missing or not a day")
    return value


def _flag(row: Mapping[str, Any], name: str, where: str) -> bool:
    value = row.get(name, False)
    if not isinstance(value, bool):
        raise ParametersWrong(f"{where}: {name} is neither true nor false")
    return value


def _word(words: type[W], value: object, where: str, name: str) -> W:
    try:
        return words(str(value))
    except ValueError:
        known = ", ".join(words)
        raise ParametersWrong(f"{where}: {name} {value!r} is none of {known}") from None
