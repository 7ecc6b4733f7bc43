"""Declaring handlers: what they may say of themselves."""

from datetime import timedelta

import pytest

from workers.job import HANDLERS, Done, Job, Outcome, handler


async def nothing(_job: Job) -> Outcome:
    return Done()


@pytest.mark.parametrize("timeout", [0, -1, 20.1])
def test_a_job_may_take_twenty_seconds_at_most(timeout: float) -> None:
    with pytest.raises(ValueError, match="20 seconds"):
        handler("test.too_long", timeout=timeout)


def test_a_period_is_no_longer_than_finished_rows_are_kept() -> None:
    with pytest.raises(ValueError, match="7 days"):
        handler("test.too_rare", every=timedelta(days=8))


def test_a_kind_has_one_handler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(HANDLERS, "test.once", raising=False)
    handler("test.once")(nothing)
    with pytest.raises(ValueError, match="already"):
        handler("test.once")(nothing)
    del HANDLERS["test.once"]


def test_a_handler_states_its_limits() -> None:
    handler("test.limits", timeout=5, tries=3, backoff=1.5, outside=True)(nothing)
    found = HANDLERS.pop("test.limits")
    assert (found.timeout, found.tries, found.backoff, found.outside) == (5, 3, 1.5, True)
    assert found.function is nothing
