"""Default deny for the graph: every field has its stage in `domain.disclosure`."""

from typing import TypeVar

from strawberry.types.base import get_object_definition
from strawberry.utils.str_converters import to_camel_case

from domain.disclosure import DISCLOSURE, OPEN, Stage, Undeclared

T = TypeVar("T")


class UndeclaredField(Undeclared):
    """A field has no policy in `domain.disclosure`, or one that its type cannot keep."""


def stage_in_table(type_name: str, field: str) -> Stage:
    """The stage from which on a field is shown.

    Raises:
        UndeclaredField: it is not in the table.
    """
    stage = DISCLOSURE.get(type_name, {}).get(field)
    if stage is None:
        raise UndeclaredField(
            f"{type_name}.{field} has no stage: give it one in domain/disclosure.py"
        )
    return stage


def disclosed(cls: type[T]) -> type[T]:
    """Check a strawberry type that has no row and therefore nobody's stage: all of it is open.

    Raises:
        UndeclaredField: a field without a policy, or one above OPEN.
    """
    definition = get_object_definition(cls, strict=True)
    for field in definition.fields:
        name = field.graphql_name or to_camel_case(field.python_name)
        stage = stage_in_table(definition.name, name)
        if stage > OPEN:
            message = f"{definition.name}.{name} is shown from {stage.name} on: it needs an entity"
            raise UndeclaredField(message)
    return cls
