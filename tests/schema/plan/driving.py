"""A property of generated operations: drawn in a thread by hypothesis, checked on the test's loop.

So everything awaits the one pool of the session. What fails is made smaller by `reduction`, which
knows what an operation is; hypothesis would try for minutes.
"""

from collections.abc import Callable, Coroutine
from typing import Any

import anyio.from_thread
import anyio.to_thread
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.schema.plan.operations import Operation
from tests.schema.plan.reduction import smaller
from tests.schema.plan.ways import Caller, cases

Check = Callable[[Caller, Operation], Coroutine[Any, Any, None]]


async def hold(check: Check, *, examples: int, start: int, small: bool = True) -> None:
    """Run a check on that many cases; the same ones for the same start.

    Raises:
        AssertionError: for the first case that fails, with its operation made `small`.
    """
    failed: list[tuple[Caller, Operation]] = []

    async def watched(case: tuple[Caller, Operation]) -> None:
        try:
            await check(*case)
        except BaseException:
            failed.append(case)
            raise

    @seed(start)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases())
    def holds(case: tuple[Caller, Operation]) -> None:
        anyio.from_thread.run(watched, case)

    try:
        await anyio.to_thread.run_sync(holds)
    except AssertionError as error:
        if not failed or not small:
            raise
        raise AssertionError(await _told(check, *failed[0])) from error


async def _told(check: Check, caller: Caller, operation: Operation) -> str:
    """The failure of the smallest operation that fails."""

    async def fails(smaller_one: Operation) -> bool:
        try:
            await check(caller, smaller_one)
        except AssertionError:
            return True
        return False

    small = await smaller(operation, fails)
    shown = f"{caller}\n{small.text}\nvariables: {small.variables}, name: {small.operation_name}"
    try:
        await check(caller, small)
    except AssertionError as error:
        return f"{error}\n\n{shown}"
    return f"fails now and then:\n{shown}"
