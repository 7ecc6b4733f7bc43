"""Old events are forgotten, and a restore begins a new epoch."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from models import event
from models.database import execute, fetch
from services import live_upkeep

pytestmark = pytest.mark.usefixtures("database")

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def _write(kind: str, age: timedelta) -> None:
    await execute(
        "INSERT INTO events (topic, key, aggregate, version, kind, at) "
        "VALUES ('order', $1, $1, 1, $2, $3)",
        UUID(int=1),
        kind,
        NOW - age,
    )


async def test_events_are_kept_for_seven_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_upkeep, "BATCH", 2)
    for _ in range(5):
        await _write("old", timedelta(days=7, seconds=1))
    await _write("kept", timedelta(days=7) - timedelta(seconds=1))
    assert await live_upkeep.forget_old(NOW) == 5
    assert await live_upkeep.forget_old(NOW) == 0
    assert await fetch("SELECT kind FROM events") == [{"kind": "kept"}]


async def test_after_a_restore_the_epoch_is_another() -> None:
    before = (await event.head()).epoch
    assert await live_upkeep.renew_epoch() == (await event.head()).epoch != before
