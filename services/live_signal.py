"""The knock on the door: Redis says that new events can be read, never which ones.

The message is empty. Whoever hears it reads PostgreSQL, so a lost message costs time, not an
event, and nothing about anybody passes through Redis.
"""

import asyncio
import logging
import random
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from redis.asyncio import Redis

CHANNEL = "portal:events"

_SHORTEST_PAUSE = 0.05
_DOUBLINGS = 7  # 6.4 seconds at most
_CONNECT_SECONDS = 2.0
_HEALTH_SECONDS = 10.0

_log = logging.getLogger(__name__)


async def publish(redis: Redis) -> None:
    """Knock at every process that follows the events."""
    await redis.publish(CHANNEL, b"")


async def listen(url: str, knock: Callable[[], None]) -> None:
    """Call `knock` for every message, over one connection, until cancelled.

    The confirmation of a subscription knocks as well: what was published while there was none is
    a gap.
    """
    failures = 0
    while True:
        try:
            async with aclosing(_messages(url)) as messages:
                async for _ in messages:
                    failures = 0
                    knock()
        except Exception as error:  # noqa: BLE001  whatever happens to Redis, we come back
            failures = min(failures + 1, _DOUBLINGS)
            if failures == 1:
                _log.warning("events: Redis is away (%s), polling", type(error).__name__)
        pause = _SHORTEST_PAUSE * 2**failures
        await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311  jitter, not a secret


async def _messages(url: str) -> AsyncGenerator[object, None]:
    client = Redis.from_url(
        url, socket_connect_timeout=_CONNECT_SECONDS, health_check_interval=_HEALTH_SECONDS
    )
    async with client, client.pubsub() as subscription:
        await subscription.subscribe(CHANNEL)
        while True:
            message = await subscription.get_message(timeout=_HEALTH_SECONDS)
            if message is not None:
                yield message
