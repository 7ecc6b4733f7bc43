"""The bench keeps step with the schema: its district fits, and both Python servers answer alike."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace

import pytest

from bench import document, everybody, everybody_live, financing
from bench.__main__ import PARTS, main
from bench.compare import compare
from bench.district import SMALL
from bench.machine import SERVER_CORE, on_core, processor_ns
from bench.measure import Cost, Samples
from bench.operations import DOCUMENTS
from bench.peers import LIMIT, OURS, python_peers
from bench.processes import started
from bench.reads import as_json
from bench.reads_report import tables
from bench.stage import staged
from models.database import disconnect
from portal.failure import CommandError

TINY = replace(SMALL, seekers=200, assistants=400, orders=600, matches=6_000)


async def _apart(check: Callable[[], None]) -> None:
    """The bench connects by itself, with loops of its own; only one may do so in a process."""
    await disconnect()
    await asyncio.to_thread(check)


@pytest.mark.slow
async def test_the_portal_and_the_endpoint_written_by_hand_answer_alike(pool: object) -> None:
    await _apart(_answer_alike)


def _answer_alike() -> None:
    with (
        staged({}, TINY, lambda _: None) as stage,
        started(python_peers(), stage.environment(), stage.folder) as servers,
    ):
        assert asyncio.run(compare(servers, stage.district, 3)) == 3 * len(DOCUMENTS) * 2
        assert stage.postgres_ns() > 0
        assert all(processor_ns(each.pid) > 0 for each in servers)


@pytest.mark.slow
async def test_answers_that_differ_end_the_run_with_the_places_where_they_do(
    pool: object,
) -> None:
    await _apart(_answer_differently)


def _answer_differently() -> None:
    ours, limit = python_peers()
    liar = replace(limit, answer=lambda request, data: {**data, "read": request.read})
    with (
        staged({}, TINY, lambda _: None) as stage,
        started([ours, liar], stage.environment(), stage.folder) as servers,
        pytest.raises(CommandError, match=r"differently: data\.read is"),
    ):
        asyncio.run(compare(servers, stage.district, 1))


def _figures(own: float) -> dict[str, object]:
    samples = Samples()
    for name, server in ((OURS, own), (LIMIT, 100.0), ("yoga", 1_000.0)):
        for read in DOCUMENTS:
            samples.costs[name, read].append(Cost(server, 0))
    titles = {OURS: "this portal", LIMIT: "by hand", "yoga": "Yoga"}
    found = as_json(samples, list(titles), ())
    rss = dict.fromkeys(titles, 100 * 1024 * 1024)
    return {**found, "titles": titles, "rss": rss, "statements": {}, "quick": False, "busy": 0.5}


@pytest.mark.parametrize(("own", "verdicts"), [(150, (True, True)), (700, (False, False))])
def test_the_report_says_which_targets_are_reached(own: float, verdicts: tuple[bool, bool]) -> None:
    lines = list(tables(_figures(own)))
    best, by_hand, *_ = (line for line in lines if " wanted: " in line)
    assert (best.endswith(": reached"), by_hand.endswith(": reached")) == verdicts


def test_every_part_has_its_place_in_the_page() -> None:
    page = document.PAGE.read_text("utf-8")
    assert all(f"<!-- {part.name}: begin -->" in page for part in PARTS)


@pytest.mark.long
async def test_a_release_in_a_running_portal_is_seen_on_both_sides(
    pool: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(everybody, "QUICK_OFFERS", 300)
    monkeypatch.setattr(everybody, "QUICK_ORDERS", 20)
    monkeypatch.setattr(everybody_live, "RELEASES", 2)
    await _apart(_seen)


def _seen() -> None:
    found = everybody.measure(lambda _: None, quick=True)
    assert 0 < found["count_ms"] <= found["count_max"]
    assert 0 < found["list_ms"] <= found["list_max"]
    assert 0 < found["to_p50"] <= found["to_max"]
    assert found["open"] > 0
    assert found["hints"] > 0
    assert len([line for line in everybody.tables(found) if "reached" in line]) == 10


def test_own_contributions_are_counted_and_held_against_what_is_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(financing, "QUICK_PEOPLE", 100)
    found = financing.measure(lambda _: None, quick=True)
    assert found["steps"] > 5
    few = {**found, "brief": 19_999.0, "shown": 5_000.0}
    brief, shown = (line for line in financing.tables(few) if "reached" in line)
    assert brief.endswith("NOT reached |")
    assert shown.endswith("| reached |")


def test_a_core_is_given_back() -> None:
    before = os.sched_getaffinity(0)
    with on_core(SERVER_CORE):
        assert os.sched_getaffinity(0) == {SERVER_CORE}
    assert os.sched_getaffinity(0) == before


def test_the_figures_of_a_quick_trial_are_not_written_into_the_page(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(document, "kept", lambda: {"jobs": {"quick": True}})
    before = document.PAGE.read_text("utf-8")
    assert main(["report"]) == 1
    assert "jobs are a quick trial's" in capsys.readouterr().err
    assert document.PAGE.read_text("utf-8") == before
