"""Objects that are read when they are asked for."""

from collections.abc import Coroutine, Generator
from typing import Any, Protocol
from uuid import UUID

from schema.plan.entity import Entity


class OneReader(Protocol):
    """Whoever reads an object by its type and primary key."""

    def one(self, entity: Entity, key: str) -> Coroutine[Any, Any, Any]:
        """The object, or None."""


class Reference:
    """An object that is read when it is asked for: by a plan as selected, else whole.

    The executor awaits it as it awaits everything that a field gives.
    """

    __slots__ = ("_reader", "entity", "key")

    def __init__(self, reader: OneReader, entity: Entity, key: UUID) -> None:
        self._reader = reader
        self.entity = entity
        self.key = str(key)

    def __await__(self) -> Generator[Any, None, Any]:
        """The ordinary way."""
        return self._reader.one(self.entity, self.key).__await__()
