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
after it, `due = true` that it is adjusted after it, to what is not known.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from domain.financing.parameter import Confidence, LegalStatus, LegalTopic, Parameter, Unit
from domain.financing.spans import Placed, SpansWrong, check_spans

FOLDER = Path(__file__).parent / "parameters"
_SHARED = {"unit", "paragraph", "status", "verified_on", "source", "confidence"}
_SERIES = {"name", "rows", *_SHARED}
_ROW = {"value", "values", "from", "to", "first", "last", "due", *_SHARED}
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")

W = TypeVar("W", bound=StrEnum)


class ParametersWrong(ValueError):
    """A file of figures is wrong; the text names file, series, row and reason."""


def load(folder: Path = FOLDER) -> tuple[Parameter, ...]:
    """All figures of a folder, by name and day.

    Raises:
        ParametersWrong: an unknown unit, a missing paragraph, a gap, an overlap.
    """
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise ParametersWrong(f"{folder}: there is no file that ends in .toml")
    found = [placed for path in paths for placed in _of_file(path)]
    try:
        return check_spans(found)
    except SpansWrong as error:
        raise ParametersWrong(str(error)) from error


def _of_file(path: Path) -> Iterator[Placed]:
    topic = _word(LegalTopic, path.stem.upper(), path.name, "topic")
    for number, series in enumerate(_series_of(path), 1):
        if not isinstance(series, Mapping):
            raise ParametersWrong(f"{path.name}, series {number}: this is no table")
        where = f"{path.name}, series {series.get('name', number)}"
        _known(series, _SERIES, where)
        for index, row in enumerate(_list(series, "rows", where), 1):
            place = f"{where}, row {index}"
            if not isinstance(row, Mapping):
                raise ParametersWrong(f"{place}: this is no table")
            for parameter in _of_row(topic, series, row, place):
                yield Placed(parameter, place)


def _series_of(path: Path) -> list[Any]:
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ParametersWrong(f"{path.name}: {error}") from error
    _known(content, {"series"}, path.name)
    return _list(content, "series", path.name)


def _list(table: Mapping[str, Any], name: str, where: str) -> list[Any]:
    value = table.get(name)
    if not isinstance(value, list) or not value:
        raise ParametersWrong(f"{where}: {name} is missing")
    return value


def _of_row(
    topic: LegalTopic, series: Mapping[str, Any], row: Mapping[str, Any], where: str
) -> Iterator[Parameter]:
    _known(row, _ROW, where)
    both = {**series, **row}
    for key, value in _values(row, where).items():
        yield Parameter(
            topic=topic,
            name=_name(series, key, where),
            value=_number(value, where),
            unit=_word(Unit, both.get("unit"), where, "unit"),
            valid_from=_day(row, "from", where),
            valid_to=_day(row, "to", where) if "to" in row else None,
            paragraph=_paragraph(both, where),
            status=_word(LegalStatus, both.get("status", LegalStatus.ENACTED), where, "status"),
            verified_on=_day(both, "verified_on", where),
            source=_text(both, "source", where),
            confidence=_word(Confidence, both.get("confidence"), where, "confidence"),
            first=_flag(row, "first", where),
            last=_flag(row, "last", where),
            due=_flag(row, "due", where),
        )


def _values(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    if ("value" in row) == ("values" in row):
        raise ParametersWrong(f"{where}: give either `value` or `values`")
    if "value" in row:
        return {"": row["value"]}
    if not isinstance(row["values"], Mapping) or not row["values"]:
        raise ParametersWrong(f"{where}: values is no table")
    return {f".{key}": value for key, value in row["values"].items()}


def _known(table: Mapping[str, Any], names: set[str], where: str) -> None:
    if unknown := sorted(set(table) - names):
        raise ParametersWrong(f"{where}: {', '.join(unknown)} is not known here")


def _text(table: Mapping[str, Any], name: str, where: str) -> str:
    value = table.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ParametersWrong(f"{where}: {name} is missing")
    return value


def _name(series: Mapping[str, Any], key: str, where: str) -> str:
    name = _text(series, "name", where) + key
    if not _NAME.fullmatch(name):
        raise ParametersWrong(f"{where}: the name {name!r} is not lower case ASCII with dots")
    return name


def _paragraph(table: Mapping[str, Any], where: str) -> str:
    paragraph = _text(table, "paragraph", where)
    if "§" not in paragraph:
        raise ParametersWrong(f"{where}: the paragraph {paragraph!r} has no §")
    return paragraph


def _number(value: object, where: str) -> Decimal:
    try:
        number = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or number < 0:
        raise ParametersWrong(f"{where}: {value!r} is not a number from 0 on, written as text")
    return number


def _day(row: Mapping[str, Any], name: str, where: str) -> date:
    value = row.get(name)
    if type(value) is not date:
        raise ParametersWrong(f"{where}: {name} is missing or not a day such as 2026-01-01")
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
