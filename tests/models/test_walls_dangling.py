"""No open match of an order that has ended, whoever commits first."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import asyncpg
import pytest
from tortoise.exceptions import IntegrityError

from models.database import execute, fetch, parse_url, transaction
from tests.locks import blocked
from tests.people import Place, make_assistant, make_seeker
from tests.staging import guards_asleep, put_match, put_order

WITHDRAW = "UPDATE orders SET state = 'WITHDRAWN', version = version + 1 WHERE id = $1"
ENDED, OPEN = ("DECLINED", "WITHDRAWN", "LAPSED"), ("SUGGESTED", "ACCEPTED", "ON_HOLD", "MEETING")


@dataclass(frozen=True)
class Scene:
    """A released order, the people who could be asked, and where everything is."""

    order: UUID
    draft: UUID
    helpers: tuple[UUID, ...]
    url: str


@pytest.fixture
async def scene(owner_url: str, runtime_url: str, place: Place) -> Scene:
    seeker = (await make_seeker(place)).id
    helpers = tuple([(await make_assistant(place)).id for _ in range(2)])
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker, place, "RELEASED")
        draft = await put_order(connection, seeker, place, "DRAFT")
    return Scene(order, draft, helpers, runtime_url)


@asynccontextmanager
async def rival(scene: Scene) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(
        **parse_url(scene.url).arguments(), server_settings={"lock_timeout": "5s"}
    )
    try:
        yield connection
    finally:
        await connection.close()


async def dangling() -> int:
    (row,) = await fetch(
        "SELECT count(*) AS n FROM matches m JOIN orders o ON o.id = m.order_id "
        "WHERE o.state IN ('DRAFT', 'WITHDRAWN', 'EXPIRED') "
        "AND m.state NOT IN ('DECLINED', 'WITHDRAWN', 'LAPSED')"
    )
    return int(row["n"])


@pytest.mark.parametrize("state", OPEN)
@pytest.mark.parametrize("end", ["WITHDRAWN", "EXPIRED"])
async def test_an_order_does_not_end_while_a_match_is_open(
    owner_url: str, scene: Scene, state: str, end: str
) -> None:
    async with guards_asleep(owner_url) as connection:
        await put_match(connection, scene.order, state, assistant=scene.helpers[0])
    with pytest.raises(IntegrityError, match="open match"):
        await execute("UPDATE orders SET state = $2 WHERE id = $1", scene.order, end)
    assert await fetch("SELECT state FROM orders WHERE id = $1", scene.order) == [
        {"state": "RELEASED"}
    ]


@pytest.mark.parametrize("state", ENDED)
async def test_an_order_ends_when_its_matches_have_ended(
    owner_url: str, scene: Scene, state: str
) -> None:
    async with guards_asleep(owner_url) as connection:
        await put_match(connection, scene.order, state, assistant=scene.helpers[0])
    assert await execute(WITHDRAW, scene.order) == 1


async def test_order_and_match_may_end_in_one_transaction_in_either_order(
    owner_url: str, scene: Scene
) -> None:
    async with guards_asleep(owner_url) as connection:
        match = await put_match(connection, scene.order, assistant=scene.helpers[0])
    async with transaction():
        await execute(WITHDRAW, scene.order)
        await execute("UPDATE matches SET state = 'LAPSED' WHERE id = $1", match)
    assert await dangling() == 0


INSERT = (
    "INSERT INTO matches (id, order_id, kind, assistant_id, state, version, created_at) "
    "VALUES (gen_random_uuid(), $1, 'ASSISTANT', $2, 'SUGGESTED', 1, now())"
)


async def test_nobody_is_asked_for_a_draft_or_an_ended_order(scene: Scene) -> None:
    await execute(WITHDRAW, scene.order)
    for order in (scene.draft, scene.order):
        with pytest.raises(IntegrityError, match="open match"):
            await execute(INSERT, order, scene.helpers[0])
    assert await fetch("SELECT id FROM matches") == []


async def test_a_match_does_not_move_to_an_order_that_has_ended(scene: Scene) -> None:
    await execute(INSERT, scene.order, scene.helpers[0])
    with pytest.raises(IntegrityError, match="open match"):
        await execute("UPDATE matches SET order_id = $1", scene.draft)
    assert await dangling() == 0


async def test_when_the_withdrawal_commits_first_the_new_match_is_refused(scene: Scene) -> None:
    async with rival(scene) as asking:
        async with transaction():
            await execute(WITHDRAW, scene.order)
            begun = asking.transaction()
            await begun.start()
            await asking.execute(INSERT, scene.order, scene.helpers[0])
            commit = asyncio.create_task(begun.commit())
            await blocked()
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            await commit
        assert refused.value.constraint_name == "no_dangling_match"
    assert await dangling() == 0
    assert await fetch("SELECT state FROM orders WHERE id = $1", scene.order) == [
        {"state": "WITHDRAWN"}
    ]


async def test_when_the_new_match_commits_first_the_withdrawal_is_refused(scene: Scene) -> None:
    async with rival(scene) as asking, asking.transaction():
        await asking.execute(INSERT, scene.order, scene.helpers[0])
        # The rival's deferred check has run, its commit has not: the withdrawal must wait.
        await asking.execute("SET CONSTRAINTS ALL IMMEDIATE")
        async with rival(scene) as ending:
            withdrawal = asyncio.create_task(ending.execute(WITHDRAW, scene.order))
            await blocked()
            await asking.execute("COMMIT")
            await asking.execute("BEGIN")
            with pytest.raises(asyncpg.CheckViolationError) as refused:
                await withdrawal
    assert refused.value.constraint_name == "no_dangling_match"
    assert await dangling() == 0
    assert await fetch("SELECT state FROM orders WHERE id = $1", scene.order) == [
        {"state": "RELEASED"}
    ]


async def test_of_many_crossings_none_leaves_a_match_dangling(scene: Scene) -> None:
    async def ask(connection: asyncpg.Connection) -> bool:
        try:
            await connection.execute(INSERT, scene.order, scene.helpers[0])
        except asyncpg.CheckViolationError:
            return False
        return True

    async def end(connection: asyncpg.Connection) -> bool:
        try:
            await connection.execute(WITHDRAW, scene.order)
        except asyncpg.CheckViolationError:
            return False
        return True

    async with rival(scene) as one, rival(scene) as two, rival(scene) as tidying:
        for number in range(40):
            pair = (ask(one), end(two)) if number % 2 else (end(two), ask(one))
            asked, ended = (await asyncio.gather(*pair))[:: 1 if number % 2 else -1]
            assert asked != ended
            assert await dangling() == 0
            await tidying.execute("DELETE FROM matches")
            if ended:
                await tidying.execute(
                    "INSERT INTO orders SELECT (jsonb_populate_record(o, jsonb_build_object("
                    "'id', gen_random_uuid(), 'state', 'DRAFT'))).* FROM orders o WHERE id = $1",
                    scene.order,
                )
                scene = await renewed(scene)


async def renewed(scene: Scene) -> Scene:
    (row,) = await fetch(
        "UPDATE orders SET state = 'RELEASED', released_at = now() WHERE id = ("
        "SELECT id FROM orders WHERE state = 'DRAFT' AND id <> $1 LIMIT 1) RETURNING id",
        scene.draft,
    )
    return Scene(row["id"], scene.draft, scene.helpers, scene.url)
