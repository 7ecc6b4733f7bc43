"""Properties of awaitable things: hypothesis draws in a thread, the checks run on the test's loop.

So a failing example shrinks as anywhere else, and everything awaits the one pool of the session.
"""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import anyio.from_thread
import anyio.to_thread
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

T = TypeVar("T")

_PHASES = (Phase.generate, Phase.shrink)


async def hold(
    check: Callable[[T], Coroutine[Any, Any, None]],
    strategy: "st.SearchStrategy[T]",
    *,
    examples: int,
    start: int,
) -> None:
    """Run a check on that many examples; the same ones for the same start."""

    @seed(start)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=_PHASES,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def holds(example: T) -> None:
        anyio.from_thread.run(check, example)

    await anyio.to_thread.run_sync(holds)
