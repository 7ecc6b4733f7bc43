"""A history that breaks a promise is found out."""

from pathlib import Path

import pytest

from faults.checks.calls import (
    answers_differ,
    losers_of_rounds,
    misuses_served,
    never_refused,
    server_errors,
    slow,
    stale_reads,
)
from faults.history import LOST, Call, History
from faults.run import worst_delay
from tests.faults.telling import MATCH, call, failure, refusal

CONFLICT = "IDEMPOTENCY_CONFLICT"


def test_a_round_has_one_winner() -> None:
    won, lost = call(), refusal("STATE_REFUSED")
    assert losers_of_rounds("race", [[won, lost], [lost, won]]) == []
    assert len(losers_of_rounds("race", [[won, won], [lost, lost]])) == 2


def test_an_answer_that_passes_is_neither_done_nor_settled() -> None:
    lost = call(status=LOST, said={})
    passing = [lost, refusal("IDEMPOTENCY_IN_FLIGHT"), failure("UNAVAILABLE"), call(status=503)]
    assert not any(each.is_settled or each.is_done for each in passing)
    assert call().is_done
    assert refusal("NOT_FOUND").is_settled
    assert not refusal("NOT_FOUND").is_done


def test_repeats_are_answered_alike() -> None:
    passing = refusal("IDEMPOTENCY_IN_FLIGHT")
    assert answers_differ([call(), passing, call(), call(key="other", said={"data": {}})]) == []
    newer = call(said={"data": {"awardOrder": {"id": MATCH, "version": 3}}})
    assert len(answers_differ([call(), newer])) == 1


def test_a_key_serves_one_input_and_refuses_the_other_by_name() -> None:
    first, misuse = call(), refusal(CONFLICT, given="b")
    assert misuses_served([first, misuse]) == never_refused([first, misuse]) == []
    assert len(misuses_served([first, call(given="b")])) == 1
    assert len(never_refused([first, refusal("NOT_FOUND", given="b")])) == 1


@pytest.mark.parametrize("bad", [call(status=500), failure("INTERNAL")])
def test_an_error_that_nobody_expected_is_seen(bad: Call) -> None:
    assert server_errors([call(), refusal("NOT_FOUND"), call(status=503)]) == []
    assert len(server_errors([bad])) == 1


def test_an_answer_that_is_slow_or_missing_is_seen() -> None:
    assert slow([call(seconds=1.9)]) == []
    assert len(slow([call(seconds=2.1), call(status=LOST)])) == 2


def test_nobody_reads_what_is_older_than_what_the_same_client_was_told() -> None:
    older = call(name="match", said={"data": {"match": {"id": MATCH, "version": 1}}})
    assert stale_reads([older, call(), call(name="match")]) == []
    assert len(stale_reads([call(), older])) == 1
    assert stale_reads([call(who="another"), older]) == []


def test_a_delay_goes_from_the_first_try_to_the_answer() -> None:
    tries = [call(status=LOST, began=1.0), call(status=503, began=4.0), call(began=7.0)]
    assert worst_delay([*tries, call(began=20.0)]) == pytest.approx(6.1)


def test_the_history_is_kept_line_by_line(tmp_path: Path) -> None:
    kept = tmp_path / "history"
    History([call(), refusal("NOT_FOUND")]).save(kept)
    assert len(kept.read_text().splitlines()) == 2
