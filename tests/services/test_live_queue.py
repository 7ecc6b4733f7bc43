"""The unread events of one subscriber: bounded, coalesced, nothing dropped silently."""

import asyncio
import random
from uuid import UUID

import pytest

from domain.cursor import Position
from services import live_queue
from services.live_queue import CAPACITY, Gap, LiveEvent, Queue, Resync, SlowConsumer, coalesced


def event(number: int, aggregate: int, version: int = 1, kind: str = "changed") -> LiveEvent:
    return LiveEvent(
        event_id=f"id {number}",
        topic="order",
        key=UUID(int=1),
        aggregate=UUID(int=aggregate),
        version=version,
        kind=kind,
        position=Position(number, number),
    )


async def drained(queue: Queue) -> list[LiveEvent | Resync | Gap]:
    taken: list[LiveEvent | Resync | Gap] = []
    while (one := queue.take()) is not None:
        taken.append(one)
    return taken


async def test_events_of_different_objects_come_in_order() -> None:
    queue = Queue()
    events = [event(number, aggregate=number) for number in range(1, 6)]
    for one in events:
        queue.offer(one)
    assert await drained(queue) == events


async def test_a_newer_event_of_the_same_object_takes_the_place_of_the_unread_one() -> None:
    queue = Queue()
    queue.offer(event(1, aggregate=7, version=1))
    queue.offer(event(2, aggregate=8))
    queue.offer(event(3, aggregate=7, version=2))
    assert await drained(queue) == [event(2, aggregate=8), event(3, aggregate=7, version=2)]


async def test_an_event_that_was_taken_is_not_replaced() -> None:
    queue = Queue()
    queue.offer(event(1, aggregate=7, version=1))
    first = queue.take()
    queue.offer(event(2, aggregate=7, version=2))
    assert [first, *await drained(queue)] == [event(1, 7, 1), event(2, 7, 2)]


async def test_an_older_version_that_comes_later_moves_the_place_and_keeps_the_newer() -> None:
    queue = Queue()
    queue.offer(event(1, aggregate=7, version=2, kind="accepted"))
    queue.offer(event(2, aggregate=8))
    queue.offer(event(3, aggregate=7, version=1, kind="made"))
    assert await drained(queue) == [event(2, 8), event(3, 7, version=2, kind="accepted")]


async def test_the_same_object_under_two_keys_is_two_subjects() -> None:
    queue = Queue()
    one = event(1, aggregate=7)
    other = LiveEvent("id 2", "suggested", UUID(int=2), one.aggregate, 1, "x", Position(2, 2))
    queue.offer(one)
    queue.offer(other)
    assert await drained(queue) == [one, other]


async def test_stopping_anywhere_and_resuming_there_misses_no_newest_version() -> None:
    dice = random.Random(20)
    for _ in range(200):
        log = [event(n, dice.randrange(5), version=n) for n in range(1, 40)]
        stop = dice.randrange(1, 39)
        queue = Queue()
        seen: list[LiveEvent] = []
        for one in log[:stop]:
            queue.offer(one)
            if dice.random() < 0.4:
                taken = queue.take()
                assert isinstance(taken, LiveEvent)
                seen.append(taken)
        last = seen[-1].position if seen else Position(0, 0)
        seen += coalesced(one for one in log if one.position > last)
        positions = [one.position for one in seen]
        assert positions == sorted(set(positions))
        newest = {one.aggregate: one.version for one in log}
        assert {one.aggregate: one.version for one in seen} == newest


def fill(queue: Queue, first: int, number: int) -> None:
    for n in range(first, first + number):
        queue.offer(event(n, aggregate=n))


async def test_a_queue_holds_64_objects() -> None:
    queue = Queue()
    fill(queue, 1, 64)
    assert len(await drained(queue)) == 64


async def test_a_full_queue_lets_go_and_names_the_place_where_the_gap_begins() -> None:
    queue = Queue()
    fill(queue, 1, 40)
    for _ in range(3):
        queue.take()
    fill(queue, 41, 60)
    assert await drained(queue) == [Gap(Position(3, 3))]
    queue.skip(Position(101, 0))
    fill(queue, 100, 3)
    assert await drained(queue) == [event(101, 101), event(102, 102)]


async def test_a_new_version_of_an_unread_object_fits_into_a_full_queue() -> None:
    queue = Queue()
    fill(queue, 1, CAPACITY)
    queue.offer(event(100, aggregate=1, version=2))
    assert (await drained(queue))[-1] == event(100, aggregate=1, version=2)


async def test_who_asks_too_late_after_an_overflow_is_cut_with_code_4413(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(live_queue, "PATIENCE", 0.05)
    queue = Queue()
    fill(queue, 1, CAPACITY + 1)
    await asyncio.sleep(0.1)
    for _ in range(2):
        with pytest.raises(SlowConsumer) as failure:
            queue.take()
        assert failure.value.code == 4413


async def test_who_never_catches_up_is_cut_at_a_later_overflow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(live_queue, "PATIENCE", 0.05)
    queue = Queue()
    fill(queue, 1, CAPACITY + 1)
    assert isinstance(queue.take(), Gap)
    fill(queue, 100, 10)
    assert queue.take() == event(100, 100)
    await asyncio.sleep(0.1)
    fill(queue, 200, CAPACITY)
    with pytest.raises(SlowConsumer):
        queue.take()


async def test_who_has_caught_up_once_may_fall_behind_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(live_queue, "PATIENCE", 0.08)
    queue = Queue()
    fill(queue, 1, CAPACITY + 1)
    assert len(await drained(queue)) == 1
    await asyncio.sleep(0.1)
    fill(queue, 100, CAPACITY + 1)
    assert isinstance(queue.take(), Gap)


async def test_an_object_that_is_pushed_back_too_long_becomes_a_gap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(live_queue, "PATIENCE", 0.05)
    queue = Queue(Position(1, 0))
    queue.offer(event(1, aggregate=7, version=1))
    queue.offer(event(2, aggregate=7, version=2))
    await asyncio.sleep(0.1)
    queue.offer(event(3, aggregate=7, version=3))
    assert queue.take() == Gap(Position(1, 0))


async def test_what_stands_at_or_before_a_passed_position_never_comes() -> None:
    queue = Queue()
    queue.offer(event(1, aggregate=1))
    queue.offer(event(3, aggregate=3))
    queue.skip(Position(2, 2))
    queue.offer(event(2, aggregate=2))
    assert await drained(queue) == [event(3, aggregate=3)]


async def test_a_restart_replaces_everything_unread_by_one_resync() -> None:
    queue = Queue()
    queue.skip(Position(1000, 1))
    queue.offer(event(1001, aggregate=1))
    fill(queue, 1002, CAPACITY)
    queue.restart(Resync("there"))
    queue.offer(event(5, aggregate=2))
    assert await drained(queue) == [Resync("there"), event(5, aggregate=2)]


async def test_a_reader_is_woken_by_event_restart_and_end() -> None:
    woken: list[bool] = []
    queue = Queue(wake=lambda: woken.append(queue.pending))
    assert not queue.pending
    queue.offer(event(1, aggregate=1))
    assert queue.take() == event(1, aggregate=1)
    queue.restart(Resync("there"))
    assert queue.take() == Resync("there")
    queue.end()
    assert woken == [True, True, True]
    queue.offer(event(2, aggregate=2))
    assert (queue.take(), queue.ended) == (None, True)
