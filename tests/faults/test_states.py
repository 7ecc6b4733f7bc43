"""A history of states that is no path, and an acknowledgement without its effect, are found."""

from typing import Any
from uuid import UUID

import pytest

from domain.ids import encode
from faults.cast import DISTRICT
from faults.checks.states import acknowledged_missing, paths_broken
from tests.faults.telling import call

ONE = UUID(int=1)
ID = encode("match", DISTRICT, ONE)


def step(action: str, source: str, target: str, version: int) -> dict[str, Any]:
    return {
        "machine": "MATCH",
        "aggregate": ONE,
        "action": action,
        "source": source,
        "target": target,
        "version": version,
    }


MADE = step("SUGGEST", "", "SUGGESTED", 1)
SAID_YES = step("ACCEPT_ORDER", "SUGGESTED", "ACCEPTED", 2)
AWARDED = step("AWARD_ORDER", "ACCEPTED", "AWARDED", 3)


def broken(*steps: dict[str, Any], now: str = "AWARDED") -> list[str]:
    return paths_broken(steps, [{"machine": "MATCH", "aggregate": ONE, "state": now}])


def test_steps_that_follow_each_other_are_a_path() -> None:
    assert broken(MADE, SAID_YES, AWARDED) == []
    assert broken(AWARDED, SAID_YES) == [], "the order of the rows does not matter"


@pytest.mark.parametrize(
    "steps",
    [
        (MADE, AWARDED),  # a step is missing
        (step("AWARD_ORDER", "SUGGESTED", "AWARDED", 2),),  # an illegal one
        (step("ACCEPT_ORDER", "SUGGESTED", "AWARDED", 2),),  # with another end
        (SAID_YES, AWARDED, AWARDED),  # twice
        (SAID_YES,),  # the row stands elsewhere
        (step("SUGGEST", "", "ACCEPTED", 1), AWARDED),  # made where nothing begins
    ],
)
def test_what_is_no_path_is_found(steps: tuple[dict[str, Any], ...]) -> None:
    assert len(broken(*steps)) == 1


def test_what_was_acknowledged_happened_once() -> None:
    said = call(said={"data": {"awardOrder": {"id": ID, "version": 3}}})
    assert acknowledged_missing([said, said], [AWARDED]) == []
    assert len(acknowledged_missing([said], [SAID_YES])) == 1
    assert len(acknowledged_missing([said], [AWARDED, AWARDED])) == 1
