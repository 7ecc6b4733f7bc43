"""Subscriptions: a source of events per subscriber, one execution per event and group of equals.

Equals follow the same operation with the same variables in the same language and see alike. An
event is executed for the first of them and its bytes go to all; only the session of each is looked
at each time.
"""

import json
from collections.abc import AsyncGenerator, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import orjson
from graphql import ExecutionResult, GraphQLError

from domain.viewer import Viewer
from portal.http.answers import Answers, Sent
from portal.http.caller import Caller, Door, FaceContext
from portal.http.documents import PortalSchema
from portal.http.errors import PASSING, Presenter, Render, codes_of
from portal.http.execute import Interrupted, Plan, SlowReader, answer_of
from resolvers.delivery import Delivery, audience
from schema.context import Context
from services.live_queue import SlowConsumer
from services.recognition import demand_same_rights


@dataclass(slots=True)
class _Subscriber:
    """What of a subscriber outlives the opening."""

    plan: Plan
    caller: Caller
    viewer: Viewer
    language: Any
    operation: Hashable

    @property
    def group(self) -> Hashable:
        """Who gets the same answers."""
        return self.operation, self.language, audience(self.viewer)


class Followers:
    """Runs the subscriptions of this process for every transport alike."""

    def __init__(self, schema: PortalSchema, door: Door, render: Render) -> None:
        self._schema = schema
        self._door = door
        self._render = render
        self._answers = Answers()

    async def stream(self, plan: Plan, caller: Caller) -> AsyncGenerator[Sent, None]:
        """The answers of a subscription, ended when its reader closes it.

        Raises:
            Interrupted: the reader did not keep up, or something failed that nobody expected.
        """
        try:
            context = await self._door.context(caller)
        except Exception as error:  # noqa: BLE001  the one place that translates the unexpected
            Presenter(self._render, plan.facts, None).mask(error)
            raise Interrupted from None
        subscriber = _subscriber(plan, caller, context)
        source = await self._schema.source(plan.prepared, plan.name, plan.variables, context)
        if isinstance(source, ExecutionResult):
            yield self._refusal(plan, source, context)
            return
        del context  # its loaders would live as long as the subscription
        try:
            while True:
                sent = await self._next(subscriber, source)
                if sent is None:
                    return
                yield sent
                if sent.last:
                    return
        finally:
            await source.aclose()

    async def _next(
        self, subscriber: _Subscriber, source: AsyncGenerator[Any, None]
    ) -> Sent | None:
        try:
            event = await anext(source)
            sent = await self._sent(subscriber, event)
        except StopAsyncIteration:
            return None
        except SlowConsumer:
            raise SlowReader from None
        except Exception as error:  # noqa: BLE001  the one place that translates the unexpected
            sent = self._failure(subscriber.plan, subscriber.language, error)
        if sent.broken:
            raise Interrupted
        return sent

    async def _sent(self, subscriber: _Subscriber, event: Any) -> Sent:
        """The answer to an event; one that is no delivery is its own payload, and not shared."""
        plan, caller, viewer = subscriber.plan, subscriber.caller, subscriber.viewer
        if not isinstance(event, Delivery):
            return await self._executed(plan, event, self._door.context_as(caller, viewer))
        now = await self._door.recognise(caller, viewer)
        demand_same_rights(now, viewer)
        subscriber.viewer = now
        key = (subscriber.group, event.key)
        return await self._answers.get(key, lambda: self._read(plan, caller, now, event))

    async def _read(self, plan: Plan, caller: Caller, viewer: Viewer, event: Delivery) -> Sent:
        """Read and execute an event for everybody who sees what this viewer sees."""
        context = self._door.context_as(caller, viewer)
        try:
            payload = await event.read(cast("Context", context))
        except Exception as error:  # noqa: BLE001  the one place that translates the unexpected
            return self._failure(plan, context.language, error)
        return await self._executed(plan, payload, context)

    async def _executed(self, plan: Plan, payload: object, context: FaceContext) -> Sent:
        result = await self._schema.event(
            plan.prepared, plan.name, plan.variables, payload, context
        )
        presenter = Presenter(self._render, plan.facts, context.language)
        body = answer_of(plan, result, presenter, None, refused=False).body
        return _sent_of(body)

    def _refusal(self, plan: Plan, result: ExecutionResult, context: FaceContext) -> Sent:
        """Nothing could be opened: the errors are told and nothing comes behind them."""
        presenter = Presenter(self._render, plan.facts, context.language)
        body = answer_of(plan, result, presenter, None, refused=True).body
        broken = bool(PASSING & codes_of(body))
        return Sent(_text(body), refused=tuple(body["errors"]), last=True, broken=broken)

    def _failure(self, plan: Plan, language: Any, error: Exception) -> Sent:
        """The last answer of a subscription whose source or reading failed."""
        raised = error if isinstance(error, GraphQLError) else None
        located = raised or GraphQLError(str(error), original_error=error)
        presenter = Presenter(self._render, plan.facts, language)
        result = ExecutionResult(None, [located])
        body = answer_of(plan, result, presenter, None, refused=False).body
        return _sent_of(body, last=True)


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
    return Sent(_text(body), event_id_of(body), last=last, broken=broken)


def _subscriber(plan: Plan, caller: Caller, context: FaceContext) -> _Subscriber:
    variables = json.dumps(plan.variables, sort_keys=True)  # integers may be longer than orjson's
    operation = (plan.prepared.digest, plan.name, variables)
    return _Subscriber(plan, caller, context.viewer, context.language, operation)


def _text(body: Mapping[str, Any]) -> str:
    return orjson.dumps(body).decode()
