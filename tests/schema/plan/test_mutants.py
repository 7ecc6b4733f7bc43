"""A small change anywhere in the plan's code gives another answer to some generated operation.

Each mutant of the modules below is put into this process and has to answer operations whose right
answers were written down before, the ordinary way and without a mutant. The survivors are listed
in `docs/decisions/0022-read-plan.md`, each kind with its reason.
"""

import importlib
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import ModuleType
from typing import NamedTuple

import pytest

from portal.asgi import Process
from schema.plan import full, page, visible, way
from schema.plan.cache import ReadPlan
from tests.schema.plan.operations import Operation
from tests.schema.plan.ways import LEFT, Caller, Way, alike, answer, case_of
from tests.tools.mutations import Mutant, mutants_of
from tests.tools.transplant import transplanted

# How many mutants of each module make no difference to an answer.
HARMLESS = {
    "schema.connection": 3,
    "schema.plan.arguments": 4,
    "schema.plan.filters": 12,
    "schema.plan.full": 0,
    "schema.plan.level": 5,
    "schema.plan.listing": 0,
    "schema.plan.page": 7,
    "schema.plan.root": 17,
    "schema.plan.row": 5,
    "schema.plan.sql": 3,
    "schema.plan.value": 4,
    "schema.plan.visible": 8,
    "schema.plan.way": 0,
}
CASES = 600
_PATIENCE = 5.0
_ENOUGH = 0.75
_KEPT: tuple[Callable[..., object], ...] = (
    full.full,
    way.own_way,
    page.total,
    page.totals,
    visible.visible,
    visible.rule_of,
    visible.every_row,
    visible.deciding_matches,
    visible.is_by_matches,
    visible._matched,
)


class Case(NamedTuple):
    """An operation and its right answer."""

    caller: Caller
    operation: Operation
    right: bytes


@pytest.fixture
async def cases(ordinary: Way) -> list[Case]:
    random = Random(20_261_126)
    found = [case_of(random) for _ in range(CASES)]
    return [Case(*each, await answer(ordinary, *each)) for each in found]


def _forget(process: Process) -> None:
    """Plans and statements that were made before."""
    process.plan.__init__(process.plan._schema)  # type: ignore[misc]  # the application holds this very object
    for kept in _KEPT:
        kept.cache_clear()  # type: ignore[attr-defined]  # lru_cache


async def _is_noticed(planned: Way, cases: list[Case], plan: ReadPlan) -> bool:
    """Whether an answer is wrong, or the plan gives up where it did not before."""
    for case in cases:
        try:
            with _bounded():
                found = await answer(planned, case.caller, case.operation)
            if not alike(found, case.right):
                return True
        except Exception:  # noqa: BLE001  whatever it is, somebody notices
            return True
        if plan.tally.ordinary.keys() - LEFT:  # looked at each time: what hangs does so every time
            return True
    return plan.tally.planned < _ENOUGH * len(cases)


async def _survives(
    process: Process, planned: Way, cases: list[Case], module: ModuleType, mutant: Mutant
) -> bool | None:
    """Whether nothing notices a mutant; None where it changes nothing that runs later."""
    _forget(process)
    with transplanted(module, mutant.source) as changed:
        if not changed:
            return None
        return not await _is_noticed(planned, cases, process.plan)


class _Hangs(Exception):
    """A mutant does not come to an end."""


@contextmanager
def _bounded() -> Iterator[None]:
    """Break into an answer that does not come; the plan then gives up, which is noticed."""

    def interrupt(_number: int, _frame: object) -> None:
        raise _Hangs

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE, _PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")  # mutants leave awaitables behind
async def test_no_small_change_of_the_plan_goes_unnoticed(
    process: Process, planned: Way, cases: list[Case], capsys: pytest.CaptureFixture[str]
) -> None:
    _forget(process)
    assert not await _is_noticed(planned, cases, process.plan), process.plan.tally
    survivors: list[str] = []
    for name, harmless in HARMLESS.items():
        module = importlib.import_module(name)
        source = Path(module.__file__ or "").read_text("utf-8")  # noqa: ASYNC240  a test
        mutants = mutants_of(source)
        fates = [await _survives(process, planned, cases, module, each) for each in mutants]
        left = [m for m, fate in zip(mutants, fates, strict=True) if fate]
        found = [f"{name}:{m.line}  {m.original}  →  {m.mutated}" for m in left]
        survivors += found if len(found) > harmless else []
        with capsys.disabled():
            tried = sum(fate is not None for fate in fates)
            sys.stdout.write(f"\n{name}: {tried} of {len(mutants)} tried, {len(left)} survived")
            sys.stdout.flush()
            sys.stdout.write("".join(f"\n    {each}" for each in found))
    _forget(process)
    assert not await _is_noticed(planned, cases, process.plan), "the servers did not stay up"
    assert survivors == []
