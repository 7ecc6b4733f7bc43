"""The payload of a subscription's event: values that are there, and objects that are read."""

from typing import Any

from graphql import GraphQLField, GraphQLObjectType, get_named_type, is_non_null_type

from schema.plan.entity import ENTITIES
from schema.plan.level import NAMES, Run, evaluated, need
from schema.plan.reference import Reference
from schema.plan.root import Objects, Read
from schema.plan.selection import (
    Details,
    Selection,
    Unplannable,
    constant,
    name_of,
    planned_of,
    written,
)
from schema.plan.value import attribute


class Payload:
    """What is selected of payloads of one type."""

    def __init__(self, selection: Selection, type_: GraphQLObjectType, details: Details) -> None:
        self._objects: dict[str, tuple[str, bool, Objects]] = {}
        values: dict[str, str] = {}
        for key, each in selection.fields(type_, details).items():
            values[key] = self._field(selection, type_, key, each)
        self._values = evaluated(f"lambda payload: {written(values)}", dict(NAMES))

    def _field(
        self, selection: Selection, type_: GraphQLObjectType, key: str, details: Details
    ) -> str:
        name = name_of(details)
        if name == "__typename":
            return constant(type_.name)
        field: GraphQLField = type_.fields[name]
        if get_named_type(field.type).name not in ENTITIES:
            return attribute(selection, "payload", field, details)
        objects = Objects(selection, details)
        self._objects[key] = planned_of(field).python_name, is_non_null_type(field.type), objects
        return constant(None)

    async def read(self, run: Run, payload: object) -> dict[str, Any]:
        """The payload as it goes out.

        Raises:
            NullRefused: an object that has to be there is not to be seen.
        """
        shaped: dict[str, Any] = self._values(payload)
        for key, (name, promised, objects) in self._objects.items():
            reference: Reference | None = getattr(payload, name)
            if reference is not None:
                wanted = [(reference.entity, reference.key)]
                (shaped[key],) = await objects.read(run, wanted)
            if promised:
                need(shaped[key])
        return shaped


def payload_of(selection: Selection, details: Details, payload: type[Any]) -> Read:
    """How the root field of a subscription is read for payloads of a type.

    Raises:
        Unplannable: the payload is no object of the graph.
    """
    type_ = selection.graph.type_map.get(payload.__name__)
    if not isinstance(type_, GraphQLObjectType):
        raise Unplannable("payload")
    shape = Payload(selection, type_, details)

    async def read(run: Run) -> Any:
        return await shape.read(run, run.payload)

    return read
