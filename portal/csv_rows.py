"""Reading CSV files of a district: a wrong file is refused with the line and the reason."""

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from portal.failure import CommandError

T = TypeVar("T")


def rows_of(path: Path, columns: Sequence[str], read: Callable[[Mapping[str, str]], T]) -> list[T]:
    """What `read` makes of each line; blank lines and those that begin with # are left out.

    Raises:
        CommandError: no such file, or what is wrong in which line of it.
    """
    lines = [
        (number, line)
        for number, line in enumerate(_text(path).splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    ]
    if not lines or [each.strip() for each in lines[0][1].split(",")] != list(columns):
        raise CommandError(f"{path}: the first line must read {','.join(columns)}")
    _refuse_repeated(path, lines[1:])
    return [_row(path, number, line, columns, read) for number, line in lines[1:]]


def _refuse_repeated(path: Path, lines: Sequence[tuple[int, str]]) -> None:
    first: dict[str, int] = {}
    for number, line in lines:
        before = first.setdefault(line.strip(), number)
        if before != number:
            raise CommandError(f"{path}, line {number}: the same as line {before}")


def _row(
    path: Path,
    number: int,
    line: str,
    columns: Sequence[str],
    read: Callable[[Mapping[str, str]], T],
) -> T:
    try:
        return read(_named(columns, next(csv.reader([line], strict=True))))
    except (ValueError, csv.Error) as error:
        raise CommandError(f"{path}, line {number}: {error}") from None


def _named(columns: Sequence[str], values: Sequence[str]) -> Mapping[str, str]:
    if len(values) != len(columns):
        raise ValueError(f"there must be {len(columns)} values")
    return dict(zip(columns, values, strict=True))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is not UTF-8 text: {error}") from None
