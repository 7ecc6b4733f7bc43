"""The history is sealed after the commit: each entry once, in the order of transactions."""

import asyncio
import random
from datetime import timedelta
from itertools import pairwise

import pytest

from domain.audit import BEGINNING
from domain.ids import uuid7, uuid7_at
from domain.states import MatchState
from models import audit as rows
from models.database import execute, fetch, transaction
from models.match import Match
from services import audit, clock
from services.audit import forget_names, seal_some
from services.match import accept_order
from services.order import withdraw_order
from tests.models.event_support import connection
from tests.people import Place, make_seeker
from tests.services.auditing import WRITE, look, seal_all, seals, unsealed, write
from tests.services.scenes import KEYS, answering

pytestmark = pytest.mark.usefixtures("database")


async def test_what_people_do_is_sealed_and_holds(place: Place) -> None:
    seeker, order, helpers, matches = await answering(place, 2)
    await accept_order(helpers[0], None, matches[0].id)
    await withdraw_order(seeker, None, order.id)
    await seal_all()
    found = await look()
    assert found.broken is None
    assert found.checked == found.head.sequence == len(await seals()) >= 6
    assert (found.unsealed, found.late) == (0, 0)
    assert (await Match.get(id=matches[0].id)).state is MatchState.WITHDRAWN


async def test_an_empty_chain_is_whole() -> None:
    found = await look()
    assert (found.checked, found.head.sequence, found.head.hash) == (0, 0, BEGINNING)
    assert found.broken is None
    assert await seal_some(KEYS, clock.now()) == 0


async def test_a_seal_holds_no_id_of_a_person(place: Place) -> None:
    seeker, acting = await make_seeker(place), await make_seeker(place)
    await write(uuid7(), range(1, 2), acting.id, seeker.id)
    await seal_all()
    (row,) = await fetch("SELECT s::text AS said, actor_code, principal_code FROM audit_seals s")
    assert seeker.id.hex not in row["said"].replace("-", "")
    assert acting.id.hex not in row["said"].replace("-", "")
    assert len({row["actor_code"], row["principal_code"], None}) == 3


async def test_batches_go_on_where_the_last_one_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "BATCH", 3)
    await write(uuid7(), range(1, 9))
    await seal_all()
    found = await look()
    assert (found.checked, found.broken) == (8, None)
    order = await fetch(
        "SELECT version FROM audit_seals s JOIN transitions t ON t.id = s.transition_id "
        "ORDER BY sequence"
    )
    assert [row["version"] for row in order] == list(range(1, 9))


async def test_an_open_transaction_is_waited_for(runtime_url: str) -> None:
    slow, fast = uuid7(), uuid7()
    async with connection(runtime_url) as session:
        async with session.transaction():
            await session.execute(WRITE, slow, None, None, 1, 1)
            await write(fast, range(1, 2))
            assert await seal_some(KEYS, clock.now()) == 0
            assert await unsealed() == 1
        await seal_all()
    order = await fetch(
        "SELECT aggregate FROM audit_seals s JOIN transitions t ON t.id = s.transition_id "
        "ORDER BY sequence"
    )
    assert [row["aggregate"] for row in order] == [slow, fast]


FAR = """
INSERT INTO transitions (id, machine, aggregate, action, source, target, version, at, tx)
VALUES ($1, 'ORDER', $1, 'EXPIRE', 'RELEASED', 'EXPIRED', 1, now() - $2::interval, $3)
"""


async def test_an_entry_from_another_cluster_is_sealed_once_nobody_can_be_under_way() -> None:
    for minutes in (50, 70):
        await execute(FAR, uuid7(), timedelta(minutes=minutes), 2**60)
    assert await seal_some(KEYS, clock.now()) == 1
    assert await unsealed() == 1
    assert (await look()).late == 1


async def test_what_is_older_than_the_last_seal_is_found_by_the_whole_look() -> None:
    await write(uuid7(), range(1, 2))
    await seal_all()
    await execute(
        "INSERT INTO transitions (id, machine, aggregate, action, source, target, version, at) "
        "VALUES ($1, 'ORDER', $1, 'EXPIRE', 'RELEASED', 'EXPIRED', 1, now() - interval '3 hours')",
        uuid7_at(clock.now() - timedelta(hours=3)),
    )
    assert await seal_some(KEYS, clock.now()) == 0
    async with asyncio.timeout(20):
        while await unsealed():
            await seal_some(KEYS, clock.now(), everything=True)
    assert (await look()).broken is None


@pytest.mark.parametrize("seed", [1, 2])
async def test_sealers_and_writers_at_once_make_one_chain(
    runtime_url: str, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(audit, "BATCH", 7)
    writing = True

    async def writer(number: int) -> None:
        dice, aggregate = random.Random(f"{seed}/{number}"), uuid7()
        async with connection(runtime_url) as session:
            for version in range(1, 26):
                async with session.transaction():
                    await session.execute(WRITE, aggregate, None, None, version, version)
                    await asyncio.sleep(dice.choice([0, 0.001, 0.01]))

    async def sealer() -> int:
        left = 0
        while writing or await unsealed():
            left += await seal_some(KEYS, clock.now()) is None
            await asyncio.sleep(0)
        return left

    async with asyncio.timeout(60):
        sealing = [asyncio.create_task(sealer()) for _ in range(3)]
        await asyncio.gather(*(writer(number) for number in range(6)))
        writing = False
        left = await asyncio.gather(*sealing)
    assert sum(left) > 0
    found = await look()
    assert (found.checked, found.unsealed, found.broken) == (150, 0, None)
    order = await fetch(
        "SELECT t.tx::text::bigint AS tx, t.id FROM audit_seals s "
        "JOIN transitions t ON t.id = s.transition_id ORDER BY sequence"
    )
    assert all(
        (first["tx"], first["id"]) < (second["tx"], second["id"])
        for first, second in pairwise(order)
    )


async def test_a_sealer_that_finds_another_one_leaves() -> None:
    await write(uuid7(), range(1, 2))
    held, release = asyncio.Event(), asyncio.Event()

    async def other() -> None:
        async with transaction():
            assert await rows.alone()
            held.set()
            await release.wait()

    task = asyncio.create_task(other())
    await held.wait()
    assert await seal_some(KEYS, clock.now()) is None
    release.set()
    await task
    await seal_all()


OLD = """
INSERT INTO transitions (id, machine, aggregate, action, source, target, version, at, actor_id,
  principal_id)
VALUES ($1, 'ORDER', $1, 'EXPIRE', 'RELEASED', 'EXPIRED', 1, now() - $2::interval, $3, $4)
"""


async def test_who_did_it_is_forgotten_after_a_year_and_the_chain_holds(place: Place) -> None:
    seeker, other = (await make_seeker(place)).id, (await make_seeker(place)).id
    for days in (0, 364, 367, 800):
        await execute(OLD, uuid7(), timedelta(days=days), seeker, other)
    assert await forget_names(clock.now()) == 0  # not before the pseudonyms are in a seal
    await seal_all()
    await execute(OLD, uuid7(), timedelta(days=800), seeker, None)
    assert await forget_names(clock.now()) == 2
    assert await forget_names(clock.now()) == 0
    named = await fetch(
        "SELECT count(actor_id) AS actors, count(principal_id) AS principals FROM transitions"
    )
    assert named == [{"actors": 3, "principals": 2}]
    assert (await look(within=timedelta(days=999))).broken is None


async def test_an_account_that_goes_does_not_break_the_chain(place: Place) -> None:
    seeker, other = (await make_seeker(place)).id, (await make_seeker(place)).id
    await write(uuid7(), range(1, 4), seeker, other)
    await seal_all()
    await execute("DELETE FROM users WHERE id = ANY($1)", [seeker, other])
    assert await fetch("SELECT DISTINCT actor_id, principal_id, on_behalf FROM transitions") == [
        {"actor_id": None, "principal_id": None, "on_behalf": True}
    ]
    await write(uuid7(), range(1, 2))
    await seal_all()
    found = await look()
    assert (found.checked, found.broken) == (4, None)
