"""Subscriptions: one execution per event and group of equals, its bytes sent to each of them.

Equals follow the same operation with the same variables in the same language and see alike. Those
who have something to take are served in turns: one statement looks at the sessions of all of a
turn, and each event is read and executed for the first who needs it.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, cast

import orjson
from graphql import ExecutionResult, GraphQLError

from domain.viewer import Viewer
from portal.http.answers import Answers, Sent
from portal.http.caller import Caller, Door, FaceContext
from portal.http.documents import PortalSchema
from portal.http.errors import PASSING, Presenter, Render, codes_of
from portal.http.execute import Plan, answer_of
from portal.http.subscription import End, Sink, Subscription
from resolvers.delivery import Delivery
from schema.context import Context
from services.live_queue import SlowConsumer
from services.session import demand_same_rights

Turn = list[tuple[Subscription, Delivery]]


class Followers:
    """Runs the subscriptions of this process for every transport alike."""

    def __init__(self, schema: PortalSchema, door: Door, render: Render) -> None:
        self._schema = schema
        self._door = door
        self._render = render
        self._answers = Answers()
        self._ready: list[Subscription] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def subscription(self, plan: Plan, caller: Caller, sink: Sink) -> Subscription:
        """A subscription that has not been opened; whoever makes it closes it."""
        return Subscription(plan, caller, sink, self._enqueue)

    async def open(self, subscription: Subscription) -> None:
        """Open it; from then on its sink gets the answers and, if it is not closed, its end."""
        plan = subscription.plan
        try:
            context = await self._door.context(subscription.caller)
        except Exception as error:  # noqa: BLE001  the one place that translates the unexpected
            Presenter(self._render, plan.facts, None).mask(error)
            subscription.end(End.BROKEN)
            return
        subscription.viewer, subscription.language = context.viewer, context.language
        variables = json.dumps(plan.variables, sort_keys=True)  # numbers may be beyond orjson's
        subscription.operation = plan.prepared.digest, plan.name, variables
        found = await self._schema.source(plan.prepared, plan.name, plan.variables, context)
        if isinstance(found, ExecutionResult):
            subscription.deliver(self._refusal(plan, found, context))
            return
        subscription.source = found
        try:
            await found.begin(subscription.wake)
        except Exception as error:  # noqa: BLE001  as above
            subscription.deliver(self._failure(plan, context.language, error))
        else:
            subscription.rest()

    def _enqueue(self, subscription: Subscription) -> None:
        if not self._ready:
            asyncio.get_running_loop().call_soon(self._begin_turn)
        self._ready.append(subscription)

    def _begin_turn(self) -> None:
        """Serve whoever has become ready since the last turn; turns do not wait for each other."""
        ready, self._ready = self._ready, []
        turn: Turn = []
        for each in ready:
            delivery = self._taken(each)
            if delivery is not None:
                turn.append((each, delivery))
        if turn:
            self._spawn(self._serve(turn))

    def _taken(self, subscription: Subscription) -> Delivery | None:
        try:
            delivery = subscription.take()
        except SlowConsumer:
            subscription.end(End.SLOW)
            return None
        except Exception as error:  # noqa: BLE001  the one place that translates the unexpected
            subscription.deliver(self._failure(subscription.plan, subscription.language, error))
            return None
        if delivery is None:
            self._without(subscription)
        return delivery

    def _without(self, subscription: Subscription) -> None:
        """Nothing could be taken: something is missing, or it is over, or it was taken before."""
        source = subscription.source
        if source is not None and source.gap:
            self._spawn(self._fill(subscription))
        elif source is not None and source.ended:
            subscription.end(End.COMPLETE)
        else:
            subscription.rest()

    async def _fill(self, subscription: Subscription) -> None:
        try:
            if subscription.source is not None:
                await subscription.source.fill()
        except Exception as error:  # noqa: BLE001  the one place that translates the unexpected
            subscription.deliver(self._failure(subscription.plan, subscription.language, error))
        else:
            subscription.rest()

    async def _serve(self, turn: Turn) -> None:
        """Look at the sessions, then make and send one answer for each group."""
        asked = [(each.caller, each.viewer) for each, _ in turn]
        try:
            viewers = await self._door.recognise(asked)
        except Exception as error:  # noqa: BLE001  the one place that translates the unexpected
            for each, _ in turn:
                each.deliver(self._failure(each.plan, each.language, error))
            return
        groups = self._grouped(turn, viewers)
        await asyncio.gather(*(self._answer(*each) for each in groups.items()))

    def _grouped(self, turn: Turn, viewers: Sequence[Viewer]) -> "Groups":
        groups: Groups = defaultdict(list)
        for (each, delivery), viewer in zip(turn, viewers, strict=True):
            if viewer is not each.viewer:
                try:
                    demand_same_rights(viewer, each.viewer)
                except Exception as error:  # noqa: BLE001  an expected refusal
                    each.deliver(self._failure(each.plan, each.language, error))
                    continue
                each.viewer = viewer
            groups[each.group, delivery.key].append((each, delivery))
        return groups

    async def _answer(self, key: Any, members: Turn) -> None:
        first, delivery = members[0]
        plan, caller, viewer = first.plan, first.caller, first.viewer
        sent = await self._answers.get(key, lambda: self._read(plan, caller, viewer, delivery))
        for each, _ in members:
            each.deliver(sent)

    async def _read(self, plan: Plan, caller: Caller, viewer: Viewer, event: Delivery) -> Sent:
        """Read and execute an event for everybody who sees what this viewer sees."""
        context = self._door.context_as(caller, viewer)
        try:
            payload = await event.read(cast("Context", context))
            result = await self._schema.event(
                plan.prepared, plan.name, plan.variables, payload, context
            )
        except Exception as error:  # noqa: BLE001  the one place that translates the unexpected
            return self._failure(plan, context.language, error)
        presenter = Presenter(self._render, plan.facts, context.language)
        return _sent_of(answer_of(plan, result, presenter, None, refused=False).body)

    def _refusal(self, plan: Plan, result: ExecutionResult, context: FaceContext) -> Sent:
        """Nothing could be opened: the errors are told and nothing comes behind them."""
        presenter = Presenter(self._render, plan.facts, context.language)
        body = answer_of(plan, result, presenter, None, refused=True).body
        broken = bool(PASSING & codes_of(body))
        refused = tuple(body["errors"])
        return Sent(orjson.dumps(body), refused=refused, last=True, broken=broken)

    def _failure(self, plan: Plan, language: Any, error: Exception) -> Sent:
        """The last answer of a subscription whose source or reading failed."""
        told = error if isinstance(error, GraphQLError) else None
        told = told or GraphQLError(str(error), original_error=error)
        presenter = Presenter(self._render, plan.facts, language)
        result = ExecutionResult(None, [told])
        body = answer_of(plan, result, presenter, None, refused=False).body
        return _sent_of(body, last=True)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


Groups = dict[Any, Turn]


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
