"""Inputs of calculators as plain values that JSON can hold, and back, by how they are declared.

What a dataclass says itself where nothing was said is left out, so that links are short and old
ones are read after a new question was added.
"""

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

LEAVES = (bool, int, Decimal, date)


class NotPlain(ValueError):
    """A value is not what is declared."""


def plain(value: Any) -> Any:
    """A value in texts, numbers, truth values, lists and dictionaries."""
    if dataclasses.is_dataclass(value):
        said = ((each, getattr(value, each.name)) for each in dataclasses.fields(value))
        return {each.name: plain(said_so) for each, said_so in said if said_so != each.default}
    if isinstance(value, Mapping):
        return {plain(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Decimal | date) else value


def unplain(declared: Any, value: Any) -> Any:
    """The value of a declared type behind a plain one.

    Raises:
        NotPlain: it is none.
    """
    origin, parts = get_origin(declared), get_args(declared)
    if origin in {Union, UnionType}:
        return _optional(parts, value)
    if origin is tuple and isinstance(value, list):
        return tuple(unplain(parts[0], each) for each in value)
    if origin is not None and issubclass(origin, Mapping) and isinstance(value, dict):
        return {unplain(parts[0], key): unplain(parts[1], each) for key, each in value.items()}
    if dataclasses.is_dataclass(declared) and isinstance(value, dict):
        return _object(declared, value)
    return _leaf(declared, value)


@cache
def fields_of(declared: type[Any]) -> Mapping[str, Any]:
    """The fields of a dataclass with their types."""
    return get_type_hints(declared)


def _optional(parts: tuple[Any, ...], value: Any) -> Any:
    others = [each for each in parts if each is not type(None)]
    if value is None and len(others) < len(parts):
        return None
    return unplain(others[0], value)


def _object(declared: Any, value: dict[str, Any]) -> Any:
    fields = fields_of(declared)
    if unknown := value.keys() - fields.keys():
        raise NotPlain(f"{declared.__name__} has no {', '.join(sorted(unknown))}")
    try:
        return declared(**{name: unplain(fields[name], each) for name, each in value.items()})
    except TypeError as error:
        raise NotPlain(f"{declared.__name__} lacks a field") from error


def _leaf(declared: Any, value: Any) -> Any:
    try:
        if declared in {bool, int} and type(value) is declared:
            return value
        if declared is Decimal and isinstance(value, str):
            return Decimal(value)
        if declared is date and isinstance(value, str):
            return date.fromisoformat(value)
        if isinstance(declared, type) and issubclass(declared, Enum):
            return declared(value)
    except (ValueError, ArithmeticError) as error:
        raise NotPlain(f"no {declared.__name__}") from error
    raise NotPlain(f"no {declared}")
