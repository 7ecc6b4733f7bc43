"""Eight writers at once: the cursor loses nothing, a reader that follows the id loses some."""

import pytest

from tests.models.event_race import race

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_eight_writers_lose_nothing_to_the_cursor_and_something_to_the_naive_reader(
    runtime_url: str, seed: int
) -> None:
    run = await race(runtime_url, seed, rounds=30)
    assert len(run.read) == len(set(run.read))
    assert set(run.read) == run.written
    assert run.in_order
    assert set(run.naive) < run.written
