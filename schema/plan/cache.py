"""The read plan in front of execution: which operations it takes, and how often it did."""

from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    OperationType,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues
from strawberry.schema import BaseSchema

from schema.context import Context
from schema.limits_walk import variables_in_directives
from schema.plan.level import Run
from schema.plan.payload import payload_of
from schema.plan.root import Read, root
from schema.plan.selection import Selection, Unplannable
from schema.plan.visible import Rights

PLANS = 1_024


@dataclass(slots=True)
class Ways:
    """How many operations went which way; the ordinary way by reason."""

    planned: int = 0
    ordinary: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        """For whoever watches the process."""
        return {"planned": self.planned, "ordinary": dict(sorted(self.ordinary.items()))}


@dataclass(frozen=True, slots=True)
class Operation:
    """A valid operation with the values of its variables; None if they do not fit."""

    document: DocumentNode
    digest: str
    node: OperationDefinitionNode
    variables: VariableValues | None

    @property
    def kind(self) -> OperationType:
        """Query, mutation or subscription."""
        return OperationType(self.node.operation)

    @property
    def name(self) -> str | None:
        """The operation's own name."""
        return self.node.name.value if self.node.name else None

    @property
    def fragments(self) -> dict[str, FragmentDetails]:
        """The fragments beside it, by name."""
        return {
            each.name.value: FragmentDetails(each)
            for each in self.document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled operation: how each root field is read, in the order of the answer."""

    roots: Mapping[str, Read]

    async def read(self, run: Run) -> dict[str, Any]:
        """The data of the answer."""
        return {key: await read(run) for key, read in self.roots.items()}


class ReadPlan:
    """Plans by operation, rights and the values that decide what is selected."""

    def __init__(self, schema: BaseSchema, size: int = PLANS) -> None:
        self.ways = Ways()
        self._schema = schema
        self._size = size
        self._plans: OrderedDict[tuple[object, ...], Plan | Unplannable] = OrderedDict()
        self._directive_variables: dict[str, list[str]] = {}

    async def answer(
        self, operation: Operation, context: Context, payload: object = None
    ) -> dict[str, Any] | None:
        """The data of a query's answer, or of the answer to an event of a subscription.

        None where the ordinary way has to give it. Whatever happens in a plan, the operation is run
        again the ordinary way, which knows how nulls propagate and where errors stand; reading can
        be repeated.
        """
        try:
            data = await self._read(operation, context, payload)
        except Unplannable as unplannable:
            self.ways.ordinary[unplannable.reason] += 1
        except Exception as error:  # noqa: BLE001  the ordinary way meets it again and says what it is
            self.ways.ordinary[type(error).__name__] += 1
        else:
            self.ways.planned += 1
            return data
        return None

    async def _read(
        self, operation: Operation, context: Context, payload: object
    ) -> dict[str, Any]:
        if operation.kind is OperationType.MUTATION:
            raise Unplannable("mutation")
        if operation.variables is None:
            raise Unplannable("variables")
        plan = self._plan(operation, operation.variables, context, payload)
        async with context.pool.connection() as reading:
            return await plan.read(Run(reading, context, operation.variables, payload))

    def _plan(
        self, operation: Operation, variables: VariableValues, context: Context, payload: object
    ) -> Plan:
        rights = Rights.of(context.viewer)
        chosen = tuple(variables.coerced.get(each) for each in self._deciding(operation))
        key = (operation.digest, operation.name, chosen, rights, type(payload))
        if key in self._plans:
            self._plans.move_to_end(key)
        else:
            selection = Selection(
                schema=self._schema,
                fragments=operation.fragments,
                operation=operation.node,
                variables=variables,
                rights=rights,
                district=context.district,
            )
            self._plans[key] = _compiled(selection, operation.kind, type(payload))
            if len(self._plans) > self._size:
                self._plans.popitem(last=False)
        found = self._plans[key]
        if isinstance(found, Unplannable):
            raise Unplannable(found.reason)
        return found

    def _deciding(self, operation: Operation) -> list[str]:
        """The variables that decide with `@skip` and `@include` what is selected."""
        known = self._directive_variables
        if operation.digest not in known:
            if len(known) >= self._size:
                known.clear()
            known[operation.digest] = variables_in_directives(operation.document)
        return known[operation.digest]


def _compiled(selection: Selection, kind: OperationType, payload: type[Any]) -> Plan | Unplannable:
    try:
        if kind is OperationType.QUERY:
            return Plan({key: root(selection, each) for key, each in selection.roots().items()})
        return Plan(
            {key: payload_of(selection, each, payload) for key, each in selection.roots().items()}
        )
    except Unplannable as unplannable:
        return unplannable
    except Exception as error:  # noqa: BLE001  the ordinary way meets it again and says what it is
        return Unplannable(type(error).__name__)
