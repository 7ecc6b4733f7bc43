"""What the ORM knows about columns and relations, read from its metadata once it is initialised."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from tortoise.fields import Field
from tortoise.fields.data import CharEnumFieldInstance, UUIDField
from tortoise.fields.relational import BackwardFKRelation, BackwardOneToOneRelation, RelationalField
from tortoise.models import Model


@dataclass(frozen=True, slots=True)
class Link:
    """How a row leads to rows of another model: equal values of two columns."""

    model: type[Model]
    here: str
    there: str


def link_of(model: type[Model], name: str) -> Link:
    """The link behind a relation of a model, forwards or backwards."""
    field: Any = model._meta.fields_map[name]  # noqa: SLF001  the ORM's own metadata
    if isinstance(field, BackwardFKRelation):
        return Link(field.related_model, key_of(model), str(field.relation_field))
    return Link(field.related_model, str(field.source_field), key_of(field.related_model))


def leads_to_many(model: type[Model], name: str) -> bool:
    """Whether a relation of a model may lead to several rows."""
    field = field_of(model, name)
    return isinstance(field, BackwardFKRelation) and not isinstance(field, BackwardOneToOneRelation)


def key_of(model: type[Model]) -> str:
    """The name of a model's primary key."""
    return str(model._meta.pk_attr)  # noqa: SLF001  as above


def table_of(model: type[Model]) -> str:
    """The name of a model's table."""
    return str(model._meta.db_table)  # noqa: SLF001  as above


def field_of(model: type[Model], path: str) -> Field[Any]:
    """The field at the end of a path through to-one relations, as `user__first_name`."""
    *steps, last = path.split("__")
    for step in steps:
        model = link_of(model, step).model
    found: Field[Any] = model._meta.fields_map[last]  # noqa: SLF001  as above
    return found


def is_relation(field: Field[Any]) -> bool:
    """Whether a field stands for rows of another model and not for a column."""
    return isinstance(field, RelationalField)


def enum_of(model: type[Model], path: str) -> type[Enum] | None:
    """The enumeration that a column holds, if it holds one."""
    field = field_of(model, path)
    return field.enum_type if isinstance(field, CharEnumFieldInstance) else None


def is_uuid(model: type[Model], path: str) -> bool:
    """Whether a column holds UUIDs: they travel as text, which is cheaper to decode."""
    return isinstance(field_of(model, path), UUIDField)


def type_of(model: type[Model], path: str) -> str:
    """The SQL type in which values for a column are handed over."""
    return "uuid" if is_uuid(model, path) else "text"


def may_be_null(model: type[Model], path: str) -> bool:
    """Whether a column can hold null, or its row can be missing at the end of the path."""
    return "__" in path or bool(field_of(model, path).null)
