"""The read plan in front of execution: which operations it takes, and how often it did."""

import logging
import traceback
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues
from strawberry.schema import BaseSchema

from domain.errors import DomainError
from models.read_pool import is_passing
from schema.context import Context
from schema.limits_walk import variables_in_directives
from schema.plan.level import NullRefused, Run
from schema.plan.payload import payload_of
from schema.plan.root import Read, ReferenceRefused, root
from schema.plan.selection import Selection, Unplannable
from schema.plan.visible import Rights

PLANS = 1_024
HEAVIEST = 40_000  # fields of all plans together
_MOST_TOLD = 100

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    """How many operations went which way; the ordinary way by reason."""

    planned: int = 0
    ordinary: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        """For whoever watches the process."""
        return {"planned": self.planned, "ordinary": dict(sorted(self.ordinary.items()))}


@dataclass(frozen=True, slots=True)
class Operation:
    """A valid operation with the values of its variables."""

    document: DocumentNode
    digest: str
    node: OperationDefinitionNode
    variables: VariableValues

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
class Compiled:
    """A compiled operation: how each root field is read, in the order of the answer."""

    selection: Selection
    roots: Mapping[str, Read]

    @property
    def weight(self) -> int:
        """How many fields it shapes; a few hundred bytes each."""
        return self.selection.weight.fields

    async def read(self, run: Run) -> dict[str, Any]:
        """The data of the answer."""
        return {key: await read(run) for key, read in self.roots.items()}


class ReadPlan:
    """Plans by operation, rights and the values that decide what is selected."""

    def __init__(self, schema: BaseSchema, size: int = PLANS) -> None:
        self.tally = Tally()
        self._schema = schema
        self._size = size
        self._plans: OrderedDict[tuple[object, ...], Compiled | Unplannable] = OrderedDict()
        self._directive_variables: dict[str, list[str]] = {}
        self._told: set[str] = set()

    async def answer(
        self, operation: Operation, context: Context, payload: object = None
    ) -> dict[str, Any] | None:
        """The data of a query's answer, or of the answer to an event of a subscription.

        None where the ordinary way has to give it. Whatever happens in a plan, the operation is run
        again the ordinary way, which knows how nulls propagate and where errors stand; reading can
        be repeated. Only where the database is away or too slow it is not asked twice.
        """
        try:
            data = await self._read(operation, context, payload)
        except Unplannable as unplannable:
            self.tally.ordinary[unplannable.reason] += 1
        except Exception as error:  # the ordinary way meets it again and says what it is
            if is_passing(error):
                raise
            self.tally.ordinary[type(error).__name__] += 1
            self._tell(operation, error)
        else:
            self.tally.planned += 1
            return data
        return None

    async def _read(
        self, operation: Operation, context: Context, payload: object
    ) -> dict[str, Any]:
        if operation.kind is OperationType.MUTATION:
            raise Unplannable("mutation")
        plan = self._plan(operation, operation.variables, context, payload)
        async with context.pool.connection() as reading:
            return await plan.read(Run(reading, context, operation.variables, payload))

    def _plan(
        self, operation: Operation, variables: VariableValues, context: Context, payload: object
    ) -> Compiled:
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
                variables=_only(variables, self._deciding(operation)),
                rights=rights,
                district=context.district,
            )
            self._plans[key] = _compiled(selection, operation.kind, type(payload))
            self._evict()
        found = self._plans[key]
        if isinstance(found, Unplannable):
            raise Unplannable(found.reason)
        return found

    def _evict(self) -> None:
        """Let the longest unused plans go: there are too many, or together they are too large."""
        weight = sum(plan.weight for plan in self._plans.values())
        while len(self._plans) > 1 and (len(self._plans) > self._size or weight > HEAVIEST):
            _key, plan = self._plans.popitem(last=False)
            weight -= plan.weight

    def _tell(self, operation: Operation, error: Exception) -> None:
        """Log once per place what is no refusal: the plan has met something unexpected."""
        if isinstance(error, DomainError | GraphQLError | NullRefused | ReferenceRefused):
            return
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} at {frame.filename}:{frame.lineno}"
        if place not in self._told and len(self._told) < _MOST_TOLD:
            self._told.add(place)
            _log.warning("read plan: %s, document=%s", place, operation.digest)

    def _deciding(self, operation: Operation) -> list[str]:
        """The variables that decide with `@skip` and `@include` what is selected."""
        known = self._directive_variables
        if operation.digest not in known:
            if len(known) >= self._size:
                known.clear()
            known[operation.digest] = variables_in_directives(operation.document)
        return known[operation.digest]


def _only(variables: VariableValues, names: list[str]) -> VariableValues:
    """The variables that decide what is selected; a plan keeps nobody's other values."""
    return VariableValues(
        {name: each for name, each in variables.sources.items() if name in names},
        {name: each for name, each in variables.coerced.items() if name in names},
    )


def _compiled(
    selection: Selection, kind: OperationType, payload: type[Any]
) -> Compiled | Unplannable:
    try:
        if kind is OperationType.QUERY:
            roots = {key: root(selection, each) for key, each in selection.roots().items()}
        else:
            roots = {
                key: payload_of(selection, each, payload) for key, each in selection.roots().items()
            }
        return Compiled(selection, roots)
    except Unplannable as unplannable:
        return unplannable
    except Exception as error:  # noqa: BLE001  the ordinary way meets it again and says what it is
        return Unplannable(type(error).__name__)
