"""The disclosure ladder on types: a field above the viewer's stage answers null."""

from collections.abc import Callable
from typing import Any, TypeVar

from strawberry.extensions import FieldExtension
from strawberry.types import Info
from strawberry.types.base import StrawberryOptional, get_object_definition
from strawberry.types.field import StrawberryField
from strawberry.utils.str_converters import to_camel_case

from domain.disclosure import DISCLOSURE, OPEN, Stage, shown

T = TypeVar("T")


class UndeclaredField(TypeError):
    """A field has no policy in `domain.disclosure`, or one that its type cannot keep."""


class _Ladder(FieldExtension):
    """Answers null unless the source's `stage` is high enough."""

    def __init__(self, type_name: str, field_name: str) -> None:
        self._type_name = type_name
        self._field_name = field_name

    def _hidden(self, source: Any) -> bool:
        return not shown(self._type_name, self._field_name, source.stage)

    def resolve(self, next_: Callable[..., Any], source: Any, info: Info, **kwargs: Any) -> Any:
        """For synchronous resolvers."""
        return None if self._hidden(source) else next_(source, info, **kwargs)

    async def resolve_async(
        self, next_: Callable[..., Any], source: Any, info: Info, **kwargs: Any
    ) -> Any:
        """For asynchronous resolvers."""
        return None if self._hidden(source) else await next_(source, info, **kwargs)


def disclosed(cls: type[T]) -> type[T]:
    """Put every field of a strawberry type on the ladder.

    Raises:
        UndeclaredField: a field without a policy, or one above OPEN that cannot be null.
    """
    definition = get_object_definition(cls, strict=True)
    for field in definition.fields:
        name = field.graphql_name or to_camel_case(field.python_name)
        stage = DISCLOSURE.get(definition.name, {}).get(name)
        if stage is None:
            raise UndeclaredField(f"{definition.name}.{name} is not in domain.disclosure")
        if stage > OPEN:
            _put(field, definition.name, name, stage)
    return cls


def _put(field: StrawberryField, type_name: str, name: str, stage: Stage) -> None:
    if not isinstance(field.type, StrawberryOptional):
        raise UndeclaredField(f"{type_name}.{name} is shown from {stage.name} on: make it nullable")
    field.extensions.append(_Ladder(type_name, name))
