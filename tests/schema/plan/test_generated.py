"""Every generated operation of every caller is answered, and most of them with something."""

import secrets
import sys

import pytest

from tests.schema.plan.driving import hold
from tests.schema.plan.operations import Operation
from tests.schema.plan.tally import Tally
from tests.schema.plan.ways import Caller, Way, answer, cases, status_of

QUICK, LONG, BATCH = 300, 20_000, 1_000


async def _answered(way: Way, examples: int, start: int, tally: Tally) -> None:
    async def check(case: tuple[Caller, Operation]) -> None:
        found = await answer(way, *case)
        assert status_of(found) in (200, 400), found
        assert b'"INTERNAL"' not in found, found
        assert b'"UNAVAILABLE"' not in found, found
        tally.add(found)

    await hold(check, cases(), examples=examples, start=start)


def _says_something(tally: Tally) -> None:
    assert tally.share("refused") < 0.15, tally
    assert tally.share("with nested objects") >= 0.6, tally
    assert 0.05 < tally.share("with errors and data") < 0.5, tally


async def test_every_operation_of_every_caller_is_answered(ordinary: Way) -> None:
    tally = Tally()
    await _answered(ordinary, QUICK, 1, tally)
    _says_something(tally)


@pytest.mark.long
async def test_twenty_thousand_operations_are_answered(
    ordinary: Way, capsys: pytest.CaptureFixture[str]
) -> None:
    tally, start = Tally(), secrets.randbits(32)
    for batch in range(LONG // BATCH):
        await _answered(ordinary, BATCH, start + batch, tally)
        with capsys.disabled():
            sys.stdout.write(f"\nfrom seed {start}: {tally}")
            sys.stdout.flush()
    _says_something(tally)
