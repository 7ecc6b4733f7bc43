"""Filter inputs as conditions: a text whose shape can be remembered, and its values.

A field of a filter is a column of the same name: a list means one of, an id is decoded, with
`_from` or `_until` behind the name an instant is a bound. One that is `searching` looks for words
in several columns. `and`, `or` and `not` nest. The ladder holds here too: who could filter by a
field could read it.
"""

import dataclasses
from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from strawberry.utils.str_converters import to_camel_case

from domain.disclosure import Stage
from domain.errors import DateRefused, NumberOutOfRange
from domain.ids import decode, split
from schema.plan.entity import Entity
from schema.plan.orm import is_uuid
from schema.plan.search import SLOT, conditions, searched

_CONDITIONS = 50
_CONDITION_DEPTH = 5
# A field with such an ending is a bound of its column, an instant with a zone.
_BOUNDS = {"_from": ">=", "_until": "<"}
_YEARS = range(1900, 2200)
# What a column's ids begin with, where its name does not say it; "" takes the id of anything.
_KINDS = {"actor_id": "user", "person_id": "user", "aggregate": ""}
_NESTING = frozenset({"and_", "or_", "not_"})


class LadderLeak(TypeError):
    """A filter by a field that some viewers of the rows may not see."""


def columns_of(where: type[Any]) -> list[str]:
    """The columns that a filter input speaks of."""
    fields = _fields_of(where)
    found = (columns or (column_of(name)[0],) for name, columns in fields.items())
    return list(dict.fromkeys(column for columns in found for column in columns))


def _fields_of(where: type[Any]) -> dict[str, tuple[str, ...]]:
    """The fields that are no nesting, each with the columns that it searches if it does."""
    fields = dataclasses.fields(where)
    return {each.name: searched(each.metadata) for each in fields if each.name not in _NESTING}


def searches(where: Any) -> bool:
    """Whether people are searched, however deep."""
    if where is None:
        return False
    own = (getattr(where, name) for name, columns in _fields_of(type(where)).items() if columns)
    inner = [*(where.and_ or ()), *(where.or_ or ()), where.not_]
    return any(each is not None for each in own) or any(searches(each) for each in inner)


def column_of(name: str) -> tuple[str, str | None]:
    """The column that a field of a filter speaks of, and the comparison if it is a bound."""
    for ending, comparison in _BOUNDS.items():
        if name.endswith(ending):
            return name.removesuffix(ending), comparison
    return name, None


def check_ladder(entity: Entity, where: type[Any], reached: Stage) -> None:
    """Refuse a filter that would tell what the ladder hides from some viewers of the rows.

    Raises:
        LadderLeak: a column's field is shown later than its row.
    """
    for column in columns_of(where):
        member = entity.members.get(to_camel_case(column.removesuffix("_id")))
        if member is None or member.stage > reached:
            raise LadderLeak(f"{entity.name} cannot be filtered by {column}")


def condition(where: Any, entity: Entity, district: str) -> tuple[str, list[Any]]:
    """The condition on the rows `t`, with a `{}` for each value, and the values in order.

    Raises:
        NumberOutOfRange: too many conditions, or too deep in each other.
        IdMalformed, NotMyDistrict: an id cannot be one of this column.
        DateRefused: a bound that is no instant, or one of another age.
        TextRefused, TextTooLong, SearchTooShort: see `schema.plan.search`.
    """
    if where is None:
        return "", []
    _check_size(where)
    values: list[Any] = []
    return _condition(where, entity, district, values), values


def _condition(where: Any, entity: Entity, district: str, values: list[Any]) -> str:
    parts = []
    for text, own in _own(where, entity, district):
        parts.append(text)
        values += own
    parts += [_condition(each, entity, district, values) for each in where.and_ or ()]
    if where.or_:
        either = [_condition(each, entity, district, values) for each in where.or_]
        parts.append("(" + " OR ".join(either) + ")")
    if where.not_ is not None:
        parts.append("NOT " + _condition(where.not_, entity, district, values))
    # Nothing said is true: in an OR and in a negation it has to count.
    return "(" + " AND ".join(parts or ["true"]) + ")"


def _own(where: Any, entity: Entity, district: str) -> Iterator[tuple[str, list[Any]]]:
    for name, columns in _fields_of(type(where)).items():
        value, (column, bound) = getattr(where, name), column_of(name)
        if value is None:
            continue
        if columns:
            yield from conditions(value, columns, to_camel_case(name))
        elif bound is not None:
            yield f't."{column}" {bound} {SLOT}::timestamptz', [_instant(value, name)]
        elif isinstance(value, list):
            yield f't."{column}" = ANY({SLOT}::text[])', [[_plain(each) for each in value]]
        elif entity.model is not None and is_uuid(entity.model, column):
            yield f't."{column}" = {SLOT}::uuid', [_id(value, column, district)]
        else:
            yield f't."{column}" = {SLOT}::text', [_plain(value)]


def _instant(value: datetime, name: str) -> datetime:
    if value.tzinfo is None or value.year not in _YEARS:
        raise DateRefused(field=to_camel_case(name))
    return value


def _id(value: str, column: str, district: str) -> UUID:
    field = to_camel_case(column)
    kind = _KINDS.get(column, column.removesuffix("_id"))
    return decode(value, kind or split(value, field=field)[0], district, field=field)


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _check_size(where: Any) -> None:
    count = 0
    stack = [(where, 1)]
    while stack:
        current, depth = stack.pop()
        count += 1
        if depth > _CONDITION_DEPTH:
            raise NumberOutOfRange(field="where", low=0, high=_CONDITION_DEPTH)
        if count > _CONDITIONS:
            raise NumberOutOfRange(field="where", low=0, high=_CONDITIONS)
        inner = [*(current.and_ or ()), *(current.or_ or ())]
        inner += [current.not_] if current.not_ is not None else []
        stack += [(each, depth + 1) for each in inner]
