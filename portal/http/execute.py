"""Running an operation: limits first, then its context, a place, a time limit and the answer."""

import asyncio
from dataclasses import dataclass
from typing import Any

from graphql import ExecutionResult as CoreResult
from graphql import GraphQLError, OperationDefinitionNode, OperationType
from graphql.execution.values import VariableValues
from strawberry.types.execution import ExecutionResult

from domain.errors import RateLimited
from notifications.language import negotiate
from portal.http.caller import Caller, ContextFactory, FaceContext
from portal.http.documents import DocumentRefused, PortalSchema, Prepared
from portal.http.errors import (
    INTERNAL,
    UNAVAILABLE,
    Facts,
    Presenter,
    Render,
    plain,
    refused,
    unavailable_body,
)
from portal.http.guard import Params
from portal.http.refusal import Refusal
from portal.http.slots import NoSlot, Slots
from portal.http.values import FaceValues
from schema.context import Context
from schema.limits import Cost, LimitExceeded, check_cost, coerced, root_fields_of
from schema.misfit import misfits
from schema.plan.cache import Operation, ReadPlan

_NAME_LENGTH = 64
_SIGN_IN = "signIn"


@dataclass(frozen=True, slots=True)
class Plan:
    """An operation that may be executed."""

    text: str
    prepared: Prepared
    operation: OperationDefinitionNode
    variables: dict[str, Any]
    values: VariableValues
    cost: Cost

    @property
    def kind(self) -> OperationType:
        """Query, mutation or subscription."""
        return OperationType(self.operation.operation)

    @property
    def name(self) -> str | None:
        """The operation's own name."""
        return self.operation.name.value if self.operation.name else None

    @property
    def fields(self) -> dict[str, str]:
        """The root fields, by the name that each has in the answer."""
        return root_fields_of(self.prepared.document, self.operation)

    @property
    def read_operation(self) -> Operation:
        """The same for the read plan."""
        prepared = self.prepared
        return Operation(prepared.document, prepared.digest, self.operation, self.values)

    @property
    def facts(self) -> Facts:
        """What a log may know."""
        return Facts(self.name[:_NAME_LENGTH] if self.name else None, self.prepared.digest)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. `status` is 200 whenever the operation was executed."""

    body: dict[str, Any]
    status: int = 200
    context: FaceContext | None = None

    @property
    def refused(self) -> bool:
        """Whether nothing was executed."""
        return "data" not in self.body


class Engine:
    """Executes operations for every transport alike."""

    def __init__(
        self,
        schema: PortalSchema,
        context_factory: ContextFactory,
        render: Render,
        values: FaceValues,
        reads: ReadPlan | None = None,
    ) -> None:
        self._schema = schema
        self._reads = reads
        self._context_factory = context_factory
        self._render = render
        self._values = values
        self._slots = Slots(values)

    def plan(self, params: Params) -> Plan:
        """The operation behind the parameters, within every limit.

        Raises:
            DocumentRefused: with errors that carry their codes.
        """
        documents = self._schema.documents
        prepared = documents.prepare(params.query)
        operation = prepared.operation(params.operation_name)
        try:
            values = coerced(documents.schema, operation, params.variables, documents.limits)
            known = params.variables if values is None else values.coerced
            cost = prepared.cost(documents.schema, operation, known, documents.limits)
        except LimitExceeded as error:
            raise DocumentRefused([error]) from None
        try:
            check_cost(cost)
        except LimitExceeded as error:
            raise DocumentRefused([error], cost) from None
        if values is None:
            wrong = misfits(documents.schema, prepared.document, operation, params.variables)
            raise DocumentRefused(wrong, cost)
        return Plan(prepared.text, prepared, operation, params.variables, values, cost)

    async def context(self, caller: Caller) -> FaceContext:
        """A fresh context for the caller."""
        return await self._context_factory(caller)

    async def execute(self, plan: Plan, caller: Caller) -> Answer:
        """The answer to a query or mutation; never raises for what happens inside."""
        try:
            async with asyncio.timeout(self._values.operation_seconds) as limit:
                return await self._execute(plan, caller)
        except Refusal as refusal:
            return Answer(refusal.body(), refusal.status)
        except TimeoutError as error:
            if limit.expired():
                return Answer(unavailable_body(), 503)
            return self._failed(plan, error)
        except Exception as error:  # noqa: BLE001  the one place that translates the unexpected
            return self._failed(plan, error)

    async def _execute(self, plan: Plan, caller: Caller) -> Answer:
        context = await self._context_factory(caller)
        presenter = Presenter(self._render, plan.facts, context.language)
        try:
            async with self._slots.take(_key_of(context, caller)):
                data = await self._read(plan, context)
                if data is not None:
                    return _read_answer(plan, data, context)
                result = await self._schema.execute(
                    plan.text, plan.variables, context_value=context, operation_name=plan.name
                )
        except NoSlot:
            busy = RateLimited(seconds=1, what="REQUEST")
            error = refused(busy, self._render(busy, context.language))
            return Answer({"errors": [error]}, 429, context)
        unread = result.data is None and all(each.path is None for each in result.errors or ())
        return answer_of(plan, result, presenter, context, refused=unread)

    async def _read(self, plan: Plan, context: FaceContext) -> dict[str, Any] | None:
        """The data of a query that the read plan knows."""
        if self._reads is None or not isinstance(context, Context):
            return None
        return await self._reads.answer(plan.read_operation, context)

    def _failed(self, plan: Plan, error: Exception) -> Answer:
        masked = Presenter(self._render, plan.facts, None).mask(error)
        return Answer({"errors": [masked]}, _status_of([masked]))


def refusal_of(refused: DocumentRefused, accept_language: str | None) -> Answer:
    """The answer to a document that is not executed."""
    body: dict[str, Any] = {"errors": plain(refused.errors, negotiate(accept_language))}
    if refused.cost is not None:
        body["extensions"] = {"cost": refused.cost.as_extension()}
    return Answer(body, 400)


def answer_of(
    plan: Plan,
    result: ExecutionResult | CoreResult,
    presenter: Presenter,
    context: FaceContext | None,
    *,
    refused: bool,
) -> Answer:
    """The answer that a result makes; `refused` if nothing was executed."""
    body: dict[str, Any] = {}
    if result.errors:
        body["errors"] = presenter.present(result.errors)
    if not refused:
        body["data"] = result.data
    body["extensions"] = {**(result.extensions or {}), "cost": plan.cost.as_extension()}
    return Answer(body, _status_of(body["errors"]) if refused else 200, context)


def refuse_signing_in(plan: Plan) -> None:
    """Refuse what sets a cookie where no answer can carry one.

    Raises:
        DocumentRefused: the document signs somebody in.
    """
    if plan.kind is OperationType.MUTATION and _SIGN_IN in plan.fields.values():
        message = f"'{_SIGN_IN}' is not possible over a socket: use HTTP."
        raise DocumentRefused(
            [GraphQLError(message, extensions={"code": "TRANSPORT_REFUSED"})], plan.cost
        )


def _read_answer(plan: Plan, data: dict[str, Any], context: FaceContext) -> Answer:
    return Answer({"data": data, "extensions": {"cost": plan.cost.as_extension()}}, 200, context)


def _status_of(errors: list[dict[str, Any]]) -> int:
    codes = {each["extensions"]["code"] for each in errors}
    return 500 if INTERNAL in codes else 503 if UNAVAILABLE in codes else 400


def _key_of(context: FaceContext, caller: Caller) -> str:
    return str(context.viewer.actor_id or caller.client_address)
