"""From an event to the bytes of its answer: reading, executing, and telling what went wrong."""

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

import orjson
from graphql import ExecutionResult, GraphQLError

from domain.errors import RateLimited
from domain.viewer import Viewer
from portal.http.answers import Sent
from portal.http.caller import Caller, Door, FaceContext
from portal.http.documents import PortalSchema
from portal.http.errors import PASSING, Presenter, Render, codes_of
from portal.http.execute import Plan, answer_of
from portal.http.refusal import Refusal
from portal.http.source import Source
from schema.context import Context
from schema.plan.cache import ReadPlan


class Wanted(NamedTuple):
    """What is to be read for everybody who sees what this viewer sees."""

    plan: Plan
    caller: Caller
    viewer: Viewer
    source: Source


class EventReader:
    """Makes the answers of subscriptions."""

    def __init__(
        self, schema: PortalSchema, door: Door, render: Render, reads: ReadPlan | None = None
    ) -> None:
        self._schema = schema
        self._door = door
        self._render = render
        self._reads = reads

    async def read(self, wanted: Wanted, event: Any) -> Sent:
        """The answer to an event, read with the viewer's rights at this moment."""
        plan, context = wanted.plan, self._door.context_as(wanted.caller, wanted.viewer)
        try:
            payload = await wanted.source.payload(event, cast("Context", context))
            result = await self._planned(plan, payload, context) or await self._schema.event(
                plan.prepared, plan.name, plan.variables, payload, context
            )
            return _sent_of(self._body(plan, result, context.language))
        except RateLimited as error:  # goes by: the next event may be read again
            return self.failure(plan, context.language, error, last=False)
        except Exception as error:  # noqa: BLE001  the one place that translates the unexpected
            return self.failure(plan, context.language, error)

    async def _planned(
        self, plan: Plan, payload: object, context: FaceContext
    ) -> ExecutionResult | None:
        if self._reads is None or not isinstance(context, Context):
            return None
        data = await self._reads.answer(plan.read_operation, context, payload)
        return None if data is None else ExecutionResult(data, None)

    def refusal(self, plan: Plan, result: ExecutionResult, language: Any) -> Sent:
        """Nothing could be opened: the errors are told and nothing comes behind them."""
        body = self._body(plan, result, language, refused=True)
        broken = bool(PASSING & codes_of(body))
        return Sent(orjson.dumps(body), refused=tuple(body["errors"]), last=True, broken=broken)

    @staticmethod
    def barred(refusal: Refusal) -> Sent:
        """Whoever asks was not let in."""
        body = refusal.body()
        return Sent(orjson.dumps(body), refused=tuple(body["errors"]), last=True)

    def failure(self, plan: Plan, language: Any, error: Exception, *, last: bool = True) -> Sent:
        """The answer of a subscription whose source or reading failed, as a rule the last one."""
        if not isinstance(error, GraphQLError):
            error = GraphQLError(str(error), original_error=error)
        return _sent_of(self._body(plan, ExecutionResult(None, [error]), language), last=last)

    def log(self, plan: Plan, error: Exception) -> None:
        """Log what nobody expected and nobody is told of."""
        Presenter(self._render, plan.facts, None).mask(error)

    def _body(
        self, plan: Plan, result: ExecutionResult, language: Any, *, refused: bool = False
    ) -> dict[str, Any]:
        presenter = Presenter(self._render, plan.facts, language)
        return answer_of(plan, result, presenter, None, refused=refused).body


def event_id_of(body: Mapping[str, Any]) -> str | None:
    """The `eventId` of the first root field that has one."""
    data = body.get("data")
    for value in data.values() if isinstance(data, dict) else ():
        found = value.get("eventId") if isinstance(value, dict) else None
        if isinstance(found, str) and found.isascii() and found.isprintable():
            return found
    return None


def _sent_of(body: Mapping[str, Any], *, last: bool = False) -> Sent:
    broken = body["data"] is None and bool(PASSING & codes_of(body))
    return Sent(orjson.dumps(body), event_id_of(body), last=last, broken=broken)
