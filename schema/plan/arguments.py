"""The arguments of a connection: read once where they are written down, else from the variables."""

from collections.abc import Callable
from typing import Any

from graphql import (
    FieldNode,
    GraphQLObjectType,
    VariableNode,
    get_argument_values,
    print_ast,
)
from graphql.execution.values import VariableValues
from strawberry.types.arguments import convert_arguments

from schema.plan.declare import Connected
from schema.plan.entity import Entity
from schema.plan.field import declaration_of
from schema.plan.page import Asked
from schema.plan.selection import Details, Selection, Unplannable, name_of, planned_of

_SIMPLE = {"first": "first", "after": "after", "orderBy": "order_by"}

How = Callable[[VariableValues], Asked]


def arguments(
    selection: Selection, type_: GraphQLObjectType, details: Details, entity: Entity
) -> How:
    """How a connection's arguments are had, by the shortest way that gives what the library does.

    Raises:
        Unplannable: they cannot be; the ordinary way says why.
    """
    return _Given(selection, type_, details, entity).how()


def printed(details: Details) -> str:
    """The arguments of a field as text: equal texts ask for the same."""
    return ", ".join(sorted(print_ast(each) for each in details[0].node.arguments or ()))


class _Given:
    def __init__(
        self, selection: Selection, type_: GraphQLObjectType, details: Details, entity: Entity
    ) -> None:
        self._selection = selection
        self._node = details[0].node
        self._field = type_.fields[name_of(details)]
        self._entity = entity

    def how(self) -> How:
        values = {each.name.value: each.value for each in self._node.arguments or ()}
        if not any("$" in print_ast(value) for value in values.values()):
            return self._fixed()
        variables = {
            name: value.name.value
            for name, value in values.items()
            if isinstance(value, VariableNode)
        }
        return self._direct(variables) if values.keys() <= _SIMPLE.keys() else self.asked

    def asked(self, variables: VariableValues) -> Asked:
        """What the library makes of them."""
        return self._checked(self._given(self._node, variables))

    def _fixed(self) -> How:
        try:
            fixed = self.asked(self._selection.variables)
        except Exception as error:
            raise Unplannable("arguments") from error
        return lambda _variables: fixed

    def _direct(self, variables: dict[str, str]) -> How:
        """Plain values need no conversion; a null may be an error, which the library tells."""
        literals = [each for each in self._node.arguments or () if each.name.value not in variables]
        node = FieldNode(name=self._node.name, arguments=tuple(literals))
        default = self._given(node, self._selection.variables)

        def asked(values: VariableValues) -> Asked:
            given = dict(default)
            for name, variable in variables.items():
                if variable in values.coerced:
                    value = values.coerced[variable]
                    if value is None:
                        return self.asked(values)
                    given[_SIMPLE[name]] = value
            return self._checked(given)

        return asked

    def _given(self, node: FieldNode, variables: VariableValues) -> dict[str, Any]:
        schema = self._selection.schema
        return convert_arguments(
            get_argument_values(self._field, node, variables),
            planned_of(self._field).arguments,
            scalar_registry=schema.schema_converter.scalar_registry,
            config=schema.config,
        )

    def _checked(self, given: dict[str, Any]) -> Asked:
        declared = declaration_of(planned_of(self._field))
        if not isinstance(declared, Connected):
            raise Unplannable("arguments of no connection")
        return Asked.of(declared, given, self._entity, self._selection.district)
