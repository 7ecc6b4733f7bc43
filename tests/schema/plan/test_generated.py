"""Every generated operation of every caller is answered, and most of them with something."""

import secrets
import sys

import pytest

from portal.asgi import Process
from tests.schema.plan.driving import hold
from tests.schema.plan.operations import Operation
from tests.schema.plan.tally import Tally
from tests.schema.plan.ways import LEFT, Caller, Way, answer, same, status_of

QUICK, LONG, BATCH = 300, 20_000, 1_000


async def _answered(way: Way, examples: int, start: int, tally: Tally) -> None:
    async def check(caller: Caller, operation: Operation) -> None:
        found = await answer(way, caller, operation)
        assert status_of(found) in (200, 400), found
        assert b'"INTERNAL"' not in found, found
        assert b'"UNAVAILABLE"' not in found, found
        tally.add(found)

    await hold(check, examples=examples, start=start)


def _says_something(tally: Tally) -> None:
    assert tally.share("refused") < 0.15, tally
    assert tally.share("with nested objects") >= 0.5, tally
    assert 0.03 < tally.share("with errors and data") < 0.5, tally


@pytest.mark.no_cover
@pytest.mark.slow
async def test_every_operation_of_every_caller_is_answered(ordinary: Way) -> None:
    tally = Tally()
    await _answered(ordinary, QUICK, 1, tally)
    _says_something(tally)


async def _alike(  # noqa: PLR0913  each by its name
    ordinary: Way,
    planned: Way,
    process: Process,
    examples: int,
    start: int,
    *,
    small: bool = True,
) -> None:
    async def check(caller: Caller, operation: Operation) -> None:
        await same(ordinary, planned, caller, operation)

    await hold(check, examples=examples, start=start, small=small)
    tally = process.plan.tally
    assert set(tally.ordinary) <= LEFT, tally
    assert tally.planned > 3 * tally.ordinary.total(), tally


@pytest.mark.no_cover
@pytest.mark.slow
async def test_the_plan_and_the_ordinary_way_answer_alike(
    ordinary: Way, planned: Way, process: Process, pytestconfig: pytest.Config
) -> None:
    small = not pytestconfig.getoption("as_found")
    await _alike(ordinary, planned, process, QUICK, 2, small=small)


@pytest.mark.slow
async def test_an_operation_that_fails_is_shown_as_small_as_it_can_be(ordinary: Way) -> None:
    async def check(caller: Caller, operation: Operation) -> None:
        found = await answer(ordinary, caller, operation)
        assert b'"street":"Geheimer Weg' not in found, "a street"

    with pytest.raises(AssertionError, match="a street") as caught:
        await hold(check, examples=2000, start=7)
    text = str(caught.value)
    leaves = [line for line in text.splitlines() if line.strip().isidentifier()]
    assert [line.strip() for line in leaves] == ["street"], text
    assert "@" not in text
    assert text.count("_03155_") <= 1, "an id at most is left of the variables"


@pytest.mark.long
async def test_twenty_thousand_operations_are_answered_alike(
    ordinary: Way, planned: Way, process: Process, capsys: pytest.CaptureFixture[str]
) -> None:
    start = secrets.randbits(32)
    for batch in range(LONG // BATCH):
        await _alike(ordinary, planned, process, BATCH, start + batch)
        with capsys.disabled():
            sys.stdout.write(f"\n{(batch + 1) * BATCH} from seed {start}: {process.plan.tally}")
            sys.stdout.flush()
