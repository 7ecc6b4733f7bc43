"""The duties that forget: answers after two days, events after seven."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.ids import uuid7
from domain.viewer import Role, Viewer
from models.database import execute, fetch, transaction
from models.idempotency import IdempotencyKey
from services import clock, use_case
from services.use_case import forget_answers
from workers import idempotency
from workers.job import HANDLERS
from workers.period import periodic
from workers.run import HANDLER_MODULES, register_all
from workers.runner import LocalRunner

pytestmark = pytest.mark.usefixtures("database")

HOUR = timedelta(hours=1)


async def keep_answer(age: timedelta) -> None:
    await IdempotencyKey.create(
        scope=uuid7(),
        key="key",
        operation="it",
        digest="",
        answer={},
        created_at=datetime.now(UTC) - age,
    )


async def run_duty(kind: str) -> None:
    runner = LocalRunner()
    register_all(runner)
    async with transaction():
        await periodic(kind, HOUR, datetime.now(UTC))
    assert await runner.drain() == 1
    assert await fetch("SELECT last_error FROM outbox WHERE last_error IS NOT NULL") == []


async def test_answers_are_kept_for_two_days_and_then_forgotten() -> None:
    assert timedelta(hours=48) == idempotency.KEPT
    for hours in (47, 49, 1000):
        await keep_answer(timedelta(hours=hours))
    await run_duty("idempotency.retention")
    (left,) = await IdempotencyKey.all()
    assert left.created_at > datetime.now(UTC) - timedelta(hours=48)


async def test_answers_are_forgotten_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(use_case, "BATCH", 2)
    for _ in range(5):
        await keep_answer(timedelta(days=3))
    assert await forget_answers(datetime.now(UTC) - timedelta(days=2)) == 5
    assert await forget_answers(datetime.now(UTC)) == 0


async def test_the_age_of_an_answer_is_counted_by_the_portal_s_clock() -> None:
    @use_case.use_case
    async def nothing(_viewer: Viewer) -> None:
        return

    then = datetime(2026, 3, 2, tzinfo=UTC)
    clock.use(lambda: then)
    try:
        await nothing(Viewer(uuid7(), Role.SEEKER), "key")
    finally:
        clock.use(None)
    assert (await IdempotencyKey.get()).created_at == then


async def test_events_are_forgotten_after_seven_days() -> None:
    await execute(
        "INSERT INTO events (topic, key, aggregate, version, kind, at) "
        "SELECT 'order', gen_random_uuid(), gen_random_uuid(), 1, days, now() - days::interval "
        "FROM unnest(ARRAY['8 days', '6 days']) AS days"
    )
    await run_duty("event.retention")
    assert await fetch("SELECT kind FROM events") == [{"kind": "6 days"}]


async def test_what_ended_and_old_news_are_looked_for() -> None:
    for kind in ("order.retention", "order.forget_runs", "notification.retention"):
        await run_duty(kind)


async def test_every_duty_of_the_house_is_run_hourly_and_holds_no_long_transaction() -> None:
    assert {"workers.event", "workers.idempotency"} <= set(HANDLER_MODULES)
    for kind in ("event.retention", "idempotency.retention"):
        assert (HANDLERS[kind].every, HANDLERS[kind].outside) == (HOUR, True)
