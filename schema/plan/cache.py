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
from schema.plan.root import Read, root
from schema.plan.selection import Selection, Unplannable
from schema.plan.sql import Rights

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
        self._graph = schema._schema  # type: ignore[attr-defined]  # noqa: SLF001  strawberry's own schema
        self._size = size
        self._plans: OrderedDict[tuple[object, ...], Plan | Unplannable] = OrderedDict()
        self._directive_variables: dict[str, list[str]] = {}

    async def answer(
        self,
        document: DocumentNode,
        digest: str,
        operation: OperationDefinitionNode,
        variables: VariableValues | None,
        context: Context,
    ) -> dict[str, Any] | None:
        """The data of a query's answer, or None where the ordinary way has to give it.

        Whatever happens in a plan, the operation is run again the ordinary way, which knows how
        nulls propagate and where errors stand; reading can be repeated.
        """
        try:
            data = await self._read(document, digest, operation, variables, context)
        except Unplannable as unplannable:
            self.ways.ordinary[unplannable.reason] += 1
        except Exception as error:  # noqa: BLE001  the ordinary way meets it again and says what it is
            self.ways.ordinary[type(error).__name__] += 1
        else:
            self.ways.planned += 1
            return data
        return None

    async def _read(
        self,
        document: DocumentNode,
        digest: str,
        operation: OperationDefinitionNode,
        variables: VariableValues | None,
        context: Context,
    ) -> dict[str, Any]:
        if operation.operation is not OperationType.QUERY:
            raise Unplannable(operation.operation.value)
        if variables is None:
            raise Unplannable("variables")
        plan = self._plan(document, digest, operation, variables, context)
        async with context.pool.connection() as reading:
            run = Run(reading, context.viewer, context.language, context, variables)
            return await plan.read(run)

    def _plan(
        self,
        document: DocumentNode,
        digest: str,
        operation: OperationDefinitionNode,
        variables: VariableValues,
        context: Context,
    ) -> Plan:
        rights = Rights.of(context.viewer)
        name = operation.name.value if operation.name else None
        chosen = tuple(variables.coerced.get(each) for each in self._deciding(document, digest))
        key = (digest, name, chosen, rights)
        if key in self._plans:
            self._plans.move_to_end(key)
        else:
            self._plans[key] = self._compiled(
                document, operation, variables, rights, context.district
            )
            if len(self._plans) > self._size:
                self._plans.popitem(last=False)
        found = self._plans[key]
        if isinstance(found, Unplannable):
            raise Unplannable(found.reason)
        return found

    def _deciding(self, document: DocumentNode, digest: str) -> list[str]:
        """The variables that decide with `@skip` and `@include` what is selected."""
        if digest not in self._directive_variables:
            if len(self._directive_variables) >= self._size:
                self._directive_variables.clear()
            self._directive_variables[digest] = variables_in_directives(document)
        return self._directive_variables[digest]

    def _compiled(
        self,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: VariableValues,
        rights: Rights,
        district: str,
    ) -> Plan | Unplannable:
        fragments = {
            each.name.value: FragmentDetails(each)
            for each in document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        selection = Selection(self._schema, fragments, operation, variables, rights, district)
        try:
            roots = {
                key: root(selection, details)
                for key, details in selection.roots(self._graph.query_type).items()
            }
        except Unplannable as unplannable:
            return unplannable
        except Exception as error:  # noqa: BLE001  as in `answer`
            return Unplannable(type(error).__name__)
        return Plan(roots)
