"""What an operation selects, for everybody with the same rights: the input of a compilation."""

from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
)
from graphql.execution.collect_fields import (
    FieldDetails,
    FragmentDetails,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues
from strawberry.schema import BaseSchema
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField

from schema.plan.declare import Rows
from schema.plan.entity import ENTITIES, Entity
from schema.plan.sql import Statement
from schema.plan.visible import Rights

Details = list[FieldDetails]


class Unplannable(Exception):
    """The plan does not know how to read this; the ordinary way does."""

    weight = 1

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class Weight:
    """How many fields have been selected so far."""

    fields: int = 0


@dataclass(frozen=True, slots=True)
class Selection:
    """One operation with the values of the variables that decide what is selected."""

    schema: BaseSchema
    fragments: dict[str, FragmentDetails]
    operation: OperationDefinitionNode
    variables: VariableValues
    rights: Rights
    district: str
    weight: Weight = field(default_factory=Weight)

    @property
    def graph(self) -> GraphQLSchema:
        """The built schema."""
        graph: GraphQLSchema = self.schema._schema  # type: ignore[attr-defined]  # noqa: SLF001  strawberry's own
        return graph

    def roots(self) -> dict[str, Details]:
        """The root fields, by the key in the answer; equal keys are merged."""
        type_ = self.graph.get_root_type(self.operation.operation)
        if type_ is None:
            raise Unplannable("no root")
        return collect_fields(
            self.graph, self.fragments, self.variables, type_, self.operation
        ).grouped_field_set

    def fields(self, type_: GraphQLObjectType, details: Details) -> dict[str, Details]:
        """What is selected of an object, likewise."""
        found = collect_subfields(
            self.graph, self.fragments, self.variables, self.operation, type_, details
        ).grouped_field_set
        self.weight.fields += len(found)
        return found

    def statement(self, entity: Entity, rows: Rows | None) -> Statement:
        """A statement over the rows of a type."""
        return Statement(entity, self.rights, rows)


def planned_of(of: GraphQLField) -> StrawberryField:
    """The strawberry field behind a field of the built schema."""
    found: StrawberryField = of.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
    return found


def name_of(details: Details) -> str:
    """The name of the field that is selected; all nodes of a key have the same."""
    return details[0].node.name.value


def object_type(of: GraphQLField) -> GraphQLObjectType:
    """The type of the objects that a field leads to.

    Raises:
        Unplannable: an interface or union, whose rows would have to be found first.
    """
    found = get_named_type(of.type)
    if not isinstance(found, GraphQLObjectType):
        raise Unplannable("abstract type below the root")
    return found


def entity_of(type_: GraphQLObjectType) -> Entity:
    """The entity behind a type, or behind the connection of it."""
    return ENTITIES[type_.name.removesuffix("Connection")]


def written(parts: dict[str, str]) -> str:
    """The expression for an object of the answer; its keys are names of GraphQL, nothing else."""
    return "{" + ", ".join(f"{key!r}: {value}" for key, value in parts.items()) + "}"


def constant(value: Any) -> str:
    """The expression for a value that is known."""
    return repr(value)
