import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from portal.failure import CommandError
from portal.supervise import Supervisor

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('on'); "


@asynccontextmanager
async def supervision(said: list[str]) -> AsyncIterator[Supervisor]:
    supervisor = Supervisor(dict(os.environ), said.append)
    try:
        yield supervisor
    finally:
        supervisor.kill()
        await supervisor.stop()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not condition():  # noqa: ASYNC110  other processes set no events
            await asyncio.sleep(0.02)


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_what_a_child_says_is_passed_on_under_its_name() -> None:
    said: list[str] = []
    async with supervision(said) as supervisor:
        assert await supervisor.finish("step", *python("print('one'); print('zwei äß')")) == 0
    assert said == ["[step] one", "[step] zwei äß"]


async def test_a_step_that_fails_tells_its_exit_code() -> None:
    async with supervision([]) as supervisor:
        assert await supervisor.finish("step", *python("raise SystemExit(3)")) == 3


async def test_a_child_that_ends_is_started_again() -> None:
    said: list[str] = []
    async with supervision(said) as supervisor:
        supervisor.keep("short", *python("print('here')"))
        await until(lambda: said.count("[short] here") == 2)
    assert "short ended with code 0, starting it again in 0.5 s." in said


class Stumbling:
    """A server that ended and whose first new start fails."""

    def __init__(self) -> None:
        self.running = False
        self.starts = 0

    def start(self) -> None:
        self.starts += 1
        if self.starts == 1:
            raise CommandError("no room")
        self.running = True


@pytest.mark.slow
async def test_a_server_is_started_again_until_it_runs_and_whenever_it_ends() -> None:
    said: list[str] = []
    server = Stumbling()
    async with supervision(said) as supervisor:
        supervisor.watch("Redis", server)
        await until(lambda: server.running)
        server.running = False
        await until(lambda: server.running)
    assert server.starts == 3
    assert said == [
        "Redis ended, starting it again in 0.5 s.",
        "Redis is still away (no room), starting it again in 1.0 s.",
        "Redis ended, starting it again in 2.0 s.",
    ]


async def test_a_server_is_not_started_again_while_everything_stops() -> None:
    server = Stumbling()
    async with supervision([]) as supervisor:
        supervisor.watch("Redis", server)
        await supervisor.stop()
        await asyncio.sleep(1)
    assert server.starts == 0


async def test_stopping_leaves_no_process_behind() -> None:
    said: list[str] = []
    async with supervision(said) as supervisor:
        for name in ("one", "two"):
            supervisor.keep(name, *python("print('on', flush=True); import time; time.sleep(600)"))
        await until(lambda: {"[one] on", "[two] on"} <= set(said))
        pids = [child.process.pid for child in supervisor.children if child.process]
        await supervisor.stop()
        assert len(pids) == 2
        assert not any(alive(pid) for pid in pids)


async def test_children_stop_in_the_reverse_of_the_order_they_started_in() -> None:
    said: list[str] = []
    farewell = (
        "import signal, time, sys; signal.signal(signal.SIGTERM, lambda *_: "
        "(print('bye', flush=True), sys.exit())); print('on', flush=True); time.sleep(600)"
    )
    async with supervision(said) as supervisor:
        for name in ("first", "second"):
            supervisor.keep(name, *python(farewell))
        await until(lambda: len(said) == 2)
        await supervisor.stop()
    assert said[2:] == ["[second] bye", "[first] bye"]


async def test_a_child_that_does_not_listen_can_be_ended_at_once() -> None:
    said: list[str] = []
    async with supervision(said) as supervisor:
        supervisor.keep("stubborn", *python(STUBBORN + "time.sleep(600)"))
        await until(lambda: said == ["[stubborn] on"])
        supervisor.kill()
        await asyncio.wait_for(supervisor.stop(), 5)
    assert said == ["[stubborn] on"]
