"""Documents that have been parsed, measured and validated once, and the schema that takes them."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from functools import cached_property
from inspect import isasyncgen, isawaitable
from typing import Any, cast

from graphql import (
    DocumentNode,
    ExecutionResult,
    Executor,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    ValuesOfCorrectTypeRule,
    create_source_event_stream,
    execute_subscription_event,
    specified_rules,
    validate,
)
from strawberry.extensions import SchemaExtension
from strawberry.federation import Schema
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule
from strawberry.types import ExecutionContext

from portal.http.source import Pumped, Source
from schema.limits import (
    LIMITS,
    Cost,
    LimitExceeded,
    Limits,
    check_shape,
    cost_of,
    cost_variables,
    operations_of,
    parse_within,
)
from schema.misfit import ValuesFit

_RULES = (
    *(each for each in specified_rules if each is not ValuesOfCorrectTypeRule),
    ValuesFit,
    MaybeNullValidationRule,
    OneOfInputValidationRule,
)
_MAX_ERRORS = 20
_MAX_COSTS = 64


class DocumentRefused(Exception):
    """The document is not executed; every error carries `extensions.code`."""

    def __init__(self, errors: list[GraphQLError], cost: Cost | None = None) -> None:
        super().__init__("document refused")
        self.errors = errors
        self.cost = cost


class Prepared:
    """A valid document within its limits."""

    def __init__(self, text: str, document: DocumentNode) -> None:
        self.text = text
        self.document = document
        self.digest = hashlib.sha256(text.encode()).hexdigest()
        self._operations = operations_of(document)
        self._cost_variables = cost_variables(document)
        self._costs: dict[tuple[object, ...], Cost] = {}

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation that a request means.

        Raises:
            DocumentRefused: none has the name, or several could be meant.
        """
        found = [
            each
            for each in self._operations
            if name is None or (each.name is not None and each.name.value == name)
        ]
        if len(found) == 1:
            return found[0]
        wanted = "Must provide 'operationName'." if name is None else "Unknown operation name."
        raise DocumentRefused(
            [GraphQLError(wanted, extensions={"code": "OPERATION_RESOLUTION_FAILURE"})]
        )

    def cost(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        limits: Limits,
    ) -> Cost:
        """What an operation costs; remembered per value of the variables that matter.

        Raises:
            LimitExceeded: a page or a list of references is too long.
        """
        sizes = tuple(_size(variables.get(each)) for each in self._cost_variables)
        key = (id(operation), *sizes)
        if key not in self._costs:
            if len(self._costs) >= _MAX_COSTS:
                self._costs.clear()
            self._costs[key] = cost_of(schema, self.document, operation, variables, limits)
        return self._costs[key]


class Documents:
    """Prepared documents by their text; the longest unused one leaves first."""

    def __init__(self, schema: GraphQLSchema, limits: Limits, size: int) -> None:
        self.schema = schema
        self.limits = limits
        self._size = size
        self._prepared: OrderedDict[str, Prepared] = OrderedDict()

    def known(self, text: str) -> Prepared | None:
        """The document of a text that has been prepared before."""
        found = self._prepared.get(text)
        if found is not None:
            self._prepared.move_to_end(text)
        return found

    def prepare(self, text: str) -> Prepared:
        """The document of a text, within its limits and valid.

        Raises:
            DocumentRefused: with the errors.
        """
        found = self.known(text)
        if found is None:
            found = Prepared(text, self._checked(text))
            self._prepared[text] = found
            if len(self._prepared) > self._size:
                self._prepared.popitem(last=False)
        return found

    def _checked(self, text: str) -> DocumentNode:
        try:
            document = parse_within(text, self.limits)
            check_shape(self.schema, document, self.limits)
        except LimitExceeded as error:
            raise DocumentRefused([error]) from None
        except GraphQLSyntaxError as error:
            raise DocumentRefused([_coded(error, "GRAPHQL_PARSE_FAILED")]) from None
        errors = validate(self.schema, document, _RULES, _MAX_ERRORS, hide_suggestions=True)
        if errors:
            raise DocumentRefused([_coded(each, "GRAPHQL_VALIDATION_FAILED") for each in errors])
        return document


class PortalSchema(Schema):
    """A federation schema that executes prepared documents and keeps no text of them in a log."""

    documents_limits: Limits = LIMITS
    documents_size: int = 512

    @cached_property
    def documents(self) -> Documents:
        """The prepared documents of this schema."""
        return Documents(self._schema, self.documents_limits, self.documents_size)

    def get_extensions(self, sync: bool = False) -> list[SchemaExtension]:
        """The schema's extensions, and the one that hands prepared documents over."""
        return [*super().get_extensions(sync), _TakePrepared(self.documents)]

    async def source(
        self, prepared: Prepared, name: str | None, variables: dict[str, Any], context: object
    ) -> Source | ExecutionResult:
        """Where the events of a subscription come from, or why there are none."""
        executor = self._executor(prepared, name, variables, context)
        if isinstance(executor, list):
            return ExecutionResult(None, executor)
        found: Any = create_source_event_stream(executor)
        source: Any = await found if isawaitable(found) else found
        if isinstance(source, ExecutionResult):
            return source
        return cast("Source", Pumped(source) if isasyncgen(source) else source)

    async def event(
        self,
        prepared: Prepared,
        name: str | None,
        variables: dict[str, Any],
        payload: object,
        context: object,
    ) -> ExecutionResult:
        """The answer of a subscription to one event."""
        executor = self._executor(prepared, name, variables, context, payload)
        if isinstance(executor, list):
            return ExecutionResult(None, executor)
        found = execute_subscription_event(executor)
        return await found if isawaitable(found) else found

    def _executor(
        self,
        prepared: Prepared,
        name: str | None,
        variables: dict[str, Any],
        context: object,
        payload: object = None,
    ) -> Executor[Any] | list[GraphQLError]:
        """The library's own executor, without the generators that it wraps around a source."""
        return Executor.build(self._schema, prepared.document, payload, context, variables, name)

    def process_errors(
        self,
        errors: list[GraphQLError],
        execution_context: ExecutionContext | None = None,
    ) -> None:
        """Leave logging to the face: the library's own would write the text of the document."""


class _TakePrepared(SchemaExtension):
    """Hands a prepared document to the library, which then neither parses nor validates it."""

    def __init__(self, documents: Documents) -> None:
        super().__init__()
        self._documents = documents
        self._prepared: Prepared | None = None

    def on_parse(self) -> Iterator[None]:
        """Instead of parsing."""
        self._prepared = self._documents.known(self.execution_context.query or "")
        if self._prepared is not None:
            self.execution_context.graphql_document = self._prepared.document
        yield

    def on_validate(self) -> Iterator[None]:
        """Instead of validating."""
        if self._prepared is not None:
            self.execution_context.pre_execution_errors = []
        yield


def _coded(error: GraphQLError, code: str) -> GraphQLError:
    """The error with the code, unless it has one of its own."""
    error.extensions = {"code": code, **(error.extensions or {})}
    return error


def _size(value: object) -> object:
    """What of a variable's value a cost depends on."""
    if isinstance(value, list):
        return ("list", len(value))
    return value if isinstance(value, int) else None
