"""What one document may ask for, decided before anything is executed.

Every count is linear in the size of the document: a fragment is measured once and its counts are
multiplied by the number of its spreads (`schema/limits_measure.py`). The figures are those of
`Limits`; each is tested at its border.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    get_variable_values,
    parse,
)
from graphql.execution.values import VariableValues

from schema.limits_measure import LIST_ARGUMENTS, PAGE_ARGUMENTS, Measure, Measurement
from schema.limits_walk import (
    longest_list_in,
    longest_list_of,
    nesting_of,
    operations_of,
    repeats_of,
    root_fields_of,
    variables_in,
)

__all__ = [
    "LIMITS",
    "Cost",
    "LimitExceeded",
    "Limits",
    "check_cost",
    "check_lists",
    "check_shape",
    "coerced",
    "cost_of",
    "cost_variables",
    "operations_of",
    "parse_within",
    "root_fields_of",
]

_LARGEST_SHOWN = 1_000_000_000
_TOO_MANY_TOKENS = "Document contains more than"


@dataclass(frozen=True, slots=True)
class Limits:
    """The figures; the defaults are the ones in force."""

    query_bytes: int = 16_384
    tokens: int = 1_000
    depth: int = 10
    aliases: int = 30
    directives: int = 50
    root_fields: int = 20
    mutations: int = 5
    nesting: int = 40
    repeats: int = 20
    introspection_fields: int = 1_000
    introspection_depth: int = 20
    cost: int = 5_000
    page: int = 100
    default_page: int = 20
    references: int = 100
    list_entries: int = 200
    lone_mutations: frozenset[str] = frozenset(
        {"signIn", "registerSeeker", "confirmEmail", "requestEmailConfirmation"}
    )


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Cost:
    """What an operation would cost and what it may cost, in fields times page sizes."""

    requested: int
    limit: int

    def as_extension(self) -> dict[str, int]:
        """The value of `extensions.cost`."""
        return {"requested": min(self.requested, _LARGEST_SHOWN), "limit": self.limit}


class LimitExceeded(GraphQLError):
    """The document asks for more than a limit allows."""

    def __init__(self, name: str, requested: int, limit: int) -> None:
        shown = min(requested, _LARGEST_SHOWN)
        super().__init__(
            f"The document exceeds the limit '{name}': {shown} requested, {limit} allowed.",
            extensions={
                "code": "LIMIT_EXCEEDED",
                "limit": {"name": name, "requested": shown, "limit": limit},
            },
        )


def parse_within(text: str, limits: Limits = LIMITS) -> DocumentNode:
    """The document of a text of bounded length and number of tokens.

    Raises:
        LimitExceeded: too many bytes or tokens.
        GraphQLSyntaxError: not a document.
    """
    size = len(text.encode())
    if size > limits.query_bytes:
        raise LimitExceeded("bytes", size, limits.query_bytes)
    try:
        return parse(text, max_tokens=limits.tokens)
    except GraphQLSyntaxError as error:
        if _TOO_MANY_TOKENS in error.message:
            raise LimitExceeded("tokens", limits.tokens + 1, limits.tokens) from None
        raise


def check_shape(schema: GraphQLSchema, document: DocumentNode, limits: Limits = LIMITS) -> None:
    """Refuse a document whose shape alone is too much, whatever its variables say.

    Runs before validation, so that a hostile document never reaches the rules that are not linear.

    Raises:
        LimitExceeded: the first limit that does not hold.
    """
    _refuse_above("nesting", nesting_of(document), limits.nesting)
    _refuse_above("repeats", repeats_of(document), limits.repeats)
    _refuse_above("list entries", longest_list_in(document), limits.list_entries)
    measurement = Measurement(schema, document, {}, limits.default_page)
    for operation in operations_of(document):
        _check_measure(operation, measurement.of(operation, limits.lone_mutations), limits)


def cost_of(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    limits: Limits = LIMITS,
) -> Cost:
    """What the operation costs with these variables, as `coerced` gives them.

    Raises:
        LimitExceeded: a page or a list of references is too long.
    """
    measurement = Measurement(schema, document, variables, limits.default_page)
    measure = measurement.of(operation, limits.lone_mutations)
    _refuse_above("first", measure.largest_page, limits.page)
    _refuse_above("references", measure.largest_list, limits.references)
    return Cost(requested=measure.cost, limit=limits.cost)


def coerced(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    limits: Limits = LIMITS,
) -> VariableValues | None:
    """The variables as execution will see them, with defaults and with numbers as numbers.

    None if they do not fit: nothing is executed with them.

    Raises:
        LimitExceeded: a list in them is too long, at whatever depth.
    """
    check_lists(variables, limits)
    definitions = operation.variable_definitions or ()
    found = get_variable_values(schema, definitions, dict(variables), max_errors=1)
    return None if isinstance(found, list) else found


def check_lists(variables: Mapping[str, Any], limits: Limits = LIMITS) -> None:
    """Refuse variables that hold a list nobody needs, at whatever depth.

    Raises:
        LimitExceeded: a list is too long.
    """
    _refuse_above("list entries", longest_list_of(variables), limits.list_entries)


def cost_variables(document: DocumentNode) -> list[str]:
    """Names of the variables on which the cost depends."""
    return variables_in(document, PAGE_ARGUMENTS + LIST_ARGUMENTS)


def check_cost(cost: Cost) -> None:
    """Refuse what is over the budget.

    Raises:
        LimitExceeded: with both numbers.
    """
    _refuse_above("cost", cost.requested, cost.limit)


def _check_measure(operation: OperationDefinitionNode, measure: Measure, limits: Limits) -> None:
    directives = measure.directives + _directives_of_definition(operation)
    _refuse_above("depth", measure.depth, limits.depth)
    _refuse_above("introspection depth", measure.introspection_depth, limits.introspection_depth)
    _refuse_above("aliases", measure.aliases, limits.aliases)
    _refuse_above("directives", directives, limits.directives)
    _refuse_above("root fields", measure.width, limits.root_fields)
    _refuse_above("introspection fields", measure.introspection, limits.introspection_fields)
    if operation.operation is OperationType.MUTATION:
        _refuse_above("mutations", measure.width, 1 if measure.lone else limits.mutations)


def _directives_of_definition(operation: OperationDefinitionNode) -> int:
    of_variables = sum(len(each.directives or ()) for each in operation.variable_definitions or ())
    return len(operation.directives or ()) + of_variables


def _refuse_above(name: str, requested: int, limit: int) -> None:
    if requested > limit:
        raise LimitExceeded(name, requested, limit)
