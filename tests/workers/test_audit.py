"""The duties of the history: it is sealed every minute, its head told and names forgotten daily."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest

from domain.ids import uuid7, uuid7_at
from domain.keys import Keys
from models.database import execute, fetch
from services import clock
from tests.people import Place, make_seeker
from tests.services.auditing import look, seals, write
from tests.services.scenes import KEYS
from workers import audit as subject
from workers.audit import forget_who, seal_history, seal_with, tell_head
from workers.job import HANDLERS, Done, Job
from workers.run import HANDLER_MODULES

pytestmark = pytest.mark.usefixtures("database")

JOB = Job(uuid7(), "audit", uuid7(), {}, 1)


@pytest.fixture(autouse=True)
def sealing() -> Iterator[None]:
    seal_with(Keys(b"another"))
    seal_with(KEYS)
    yield
    subject._keys.clear()


async def test_the_duties_are_known_and_hold_no_long_transaction() -> None:
    assert "workers.audit" in HANDLER_MODULES
    found = {kind: each for kind, each in HANDLERS.items() if kind.startswith("audit.")}
    assert {kind: each.every for kind, each in found.items()} == {
        "audit.seal": timedelta(minutes=1),
        "audit.head": timedelta(days=1),
        "audit.forget": timedelta(days=1),
    }
    assert all(each.outside for each in found.values())


async def test_what_has_come_is_sealed_in_several_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.audit.BATCH", 2)
    monkeypatch.setattr(subject, "BATCH", 2)
    await write(uuid7(), range(1, 8))
    while len(await seals()) < 7:  # others on this server may hold the horizon back
        assert await seal_history(JOB) == Done()
    assert (await look()).broken is None


async def test_the_head_is_told_after_everything_was_sealed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    await write(uuid7(), range(1, 2))
    while not await seals():
        await seal_history(JOB)
    await execute(
        "INSERT INTO transitions (id, machine, aggregate, action, source, target, version, at) "
        "VALUES ($1, 'ORDER', $1, 'EXPIRE', 'RELEASED', 'EXPIRED', 1, now() - interval '3 hours')",
        uuid7_at(clock.now() - timedelta(hours=3)),
    )
    await seal_history(JOB)
    assert len(await seals()) == 1
    with caplog.at_level(logging.INFO, logger="workers.audit"):
        assert await tell_head(JOB) == Done()
    _, head = await seals()
    assert caplog.messages == [f"audit head 2:{head.hash}"]


async def test_names_are_forgotten(place: Place) -> None:
    seeker = (await make_seeker(place)).id
    await execute(
        "INSERT INTO transitions (id, machine, aggregate, action, source, target, version, at, "
        "actor_id) VALUES ($1, 'ORDER', $1, 'EXPIRE', 'RELEASED', 'EXPIRED', 1, "
        "now() - interval '367 days', $2)",
        uuid7(),
        seeker,
    )
    await tell_head(JOB)
    assert await forget_who(JOB) == Done()
    assert await fetch("SELECT actor_id FROM transitions") == [{"actor_id": None}]
