"""Subscriptions: one execution per event and group of equals, its bytes sent to each of them.

Equals follow the same operation with the same variables in the same language and see alike. Those
who have something to take are served in turns: one statement looks at the sessions of all of a
turn, and each event is read and executed for the first who needs it.
"""

import asyncio
import json
from collections.abc import Coroutine, Hashable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from graphql import ExecutionResult
from graphql.error import located_error

from domain.errors import SignInRequired
from domain.viewer import Viewer
from portal.http.answers import Answers, Sent
from portal.http.caller import Caller, Door
from portal.http.documents import PortalSchema
from portal.http.errors import Render
from portal.http.execute import Plan
from portal.http.reading import EventReader, Wanted
from portal.http.refusal import Refusal
from portal.http.source import Source
from portal.http.subscription import End, Sink, Subscription
from schema.plan.cache import ReadPlan
from services.live_queue import SlowConsumer
from services.session import demand_same_rights


class Taken(NamedTuple):
    """Who gets something in a turn, and what; the two lists belong together by place."""

    subscriptions: list[Subscription]
    events: list[Any]


class Group(NamedTuple):
    """Who gets the same answer to the same event."""

    event: Any
    members: list[Subscription]


class Followers:
    """Runs the subscriptions of this process for every transport alike."""

    def __init__(
        self, schema: PortalSchema, door: Door, render: Render, reads: ReadPlan | None = None
    ) -> None:
        self._schema = schema
        self._door = door
        self._reader = EventReader(schema, door, render, reads)
        self._answers = Answers()
        self._ready: list[Subscription] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def subscription(self, plan: Plan, caller: Caller, sink: Sink) -> Subscription:
        """A subscription that has not been opened; whoever makes it closes it."""
        variables = json.dumps(plan.variables, sort_keys=True)  # numbers may be beyond orjson's
        operation = (plan.prepared.digest, plan.name, variables)
        return Subscription(plan, caller, sink, operation, self._enqueue)

    async def open(self, subscription: Subscription) -> None:
        """Open it; from then on its sink gets the answers and, if it is not closed, its end."""
        plan = subscription.plan
        try:
            context = await self._door.context(subscription.caller)
        except Refusal as refusal:
            subscription.deliver(self._reader.barred(refusal))
            return
        except Exception as error:  # noqa: BLE001  the one place that translates the unexpected
            self._reader.log(plan, error)
            subscription.end(End.BROKEN)
            return
        subscription.begin(context.viewer, context.language)
        source = await self._schema.source(plan.prepared, plan.name, plan.variables, context)
        if isinstance(source, ExecutionResult):
            subscription.deliver(self._reader.refusal(plan, source, context.language))
            return
        await self._begin(subscription, source)

    async def _begin(self, subscription: Subscription, source: Source) -> None:
        subscription.source = source
        plan = subscription.plan
        try:
            await source.begin(subscription.wake)
        except Exception as error:  # noqa: BLE001  the one place that translates the unexpected
            nothing = ExecutionResult(None, [located_error(error, None, list(plan.fields))])
            subscription.deliver(self._reader.refusal(plan, nothing, subscription.language))
        except asyncio.CancelledError:
            await source.aclose()
            raise
        else:
            await self._begun(subscription, source)

    async def _begun(self, subscription: Subscription, source: Source) -> None:
        """Let it rest, unless its subscriber left while it began."""
        if subscription.over:
            await source.aclose()
        else:
            subscription.rest()

    def _enqueue(self, subscription: Subscription) -> None:
        if not self._ready:
            asyncio.get_running_loop().call_soon(self._begin_turn)
        self._ready.append(subscription)

    def _begin_turn(self) -> None:
        """Serve whoever has become ready since the last turn; turns do not wait for each other."""
        ready, self._ready = self._ready, []
        taken = Taken([], [])
        for each in ready:
            event = self._take(each)
            if event is not None:
                taken.subscriptions.append(each)
                taken.events.append(event)
        if taken.subscriptions:
            self._spawn(self._serve(taken))

    def _take(self, subscription: Subscription) -> Any | None:
        try:
            event = subscription.take()
        except SlowConsumer:
            subscription.end(End.SLOW)
        except Exception as error:  # noqa: BLE001  the one place that translates the unexpected
            self._fail(subscription, error)
        else:
            if event is None:
                self._without(subscription)
            return event
        return None

    def _without(self, subscription: Subscription) -> None:
        """Nothing could be taken: something is missing, or it is over, or it was taken before."""
        source = subscription.source
        if source is not None and source.gap:
            self._spawn(self._fill(subscription, source))
        elif source is not None and source.ended:
            subscription.end(End.COMPLETE)
        else:
            subscription.rest()

    async def _fill(self, subscription: Subscription, source: Source) -> None:
        try:
            await source.fill()
        except Exception as error:  # noqa: BLE001  the one place that translates the unexpected
            self._fail(subscription, error)
        else:
            subscription.rest()

    async def _serve(self, taken: Taken) -> None:
        """Look at the sessions, then make and send one answer for each group."""
        try:
            viewers = await self._door.recognise([each.viewer for each in taken.subscriptions])
        except Exception as error:  # noqa: BLE001  the one place that translates the unexpected
            for each in taken.subscriptions:
                self._fail(each, error)
            return
        groups = self._grouped(taken, viewers)
        await asyncio.gather(*(self._answer(*group) for group in groups))

    def _grouped(self, taken: Taken, viewers: Sequence[Viewer]) -> Iterable[Group]:
        """Who gets the same answer; one change is one object for everybody who hears of it."""
        groups: dict[tuple[Hashable, int], Group] = {}
        for each, event, viewer in zip(taken.subscriptions, taken.events, viewers, strict=True):
            if viewer is each.viewer or self._stays(each, viewer):
                key = (each.group, id(event))
                if key not in groups:
                    groups[key] = Group(event, [])
                groups[key].members.append(each)
        return groups.values()

    def _stays(self, subscription: Subscription, viewer: Viewer) -> bool:
        try:
            demand_same_rights(viewer, subscription.viewer)
        except SignInRequired as error:
            self._fail(subscription, error)
            return False
        subscription.become(viewer)
        return True

    async def _answer(self, event: Any, members: list[Subscription]) -> None:
        first = members[0]
        if first.source is not None:
            wanted = Wanted(first.plan, first.caller, first.viewer, first.source)
            key = (first.group, first.source.key(event))
            try:
                sent = await self._answers.get(key, partial(self._reader.read, wanted, event))
            except Exception as error:  # noqa: BLE001  the one place that translates the unexpected
                for each in members:
                    self._fail(each, error)
                return
            for each in members:
                self._deliver(each, sent)

    def _deliver(self, subscription: Subscription, sent: Sent) -> None:
        """One who cannot be served keeps nobody else waiting."""
        try:
            subscription.deliver(sent)
        except Exception as error:  # noqa: BLE001  as above
            self._reader.log(subscription.plan, error)
            subscription.end(End.BROKEN)

    def _fail(self, subscription: Subscription, error: Exception) -> None:
        failure = self._reader.failure(subscription.plan, subscription.language, error)
        subscription.deliver(failure)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
