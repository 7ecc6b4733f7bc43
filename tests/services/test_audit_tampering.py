"""Whoever owns the tables and puts their triggers to sleep cannot change the history unseen."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.audit import Head
from domain.ids import uuid7
from domain.keys import Keys
from services import clock
from services.audit import Broken, Fault, Look, verify
from tests.people import Place, make_seeker
from tests.services.auditing import look, seal_all, seals, tampering, write

pytestmark = pytest.mark.usefixtures("database")

NUMBER = 6


@pytest.fixture
async def chain(place: Place) -> list[Head]:
    """Six sealed transitions; the versions are the numbers of their seals."""
    seeker, other = (await make_seeker(place)).id, (await make_seeker(place)).id
    await write(uuid7(), range(1, NUMBER + 1), seeker, other)
    await seal_all()
    found = await seals()
    assert (await look()).broken is None
    return found


async def broken(owner_url: str, *statements: str, **more: object) -> Broken | None:
    """What is found after the statements."""
    async with tampering(owner_url) as owner:
        for each in statements:
            await owner.execute(each)
    return (await look(**more)).broken


CHANGES = {
    "machine": "'MATCH'",
    "aggregate": "gen_random_uuid()",
    "action": "'WITHDRAW_ORDER'",
    "source": "'IN_PROGRESS'",
    "target": "'WITHDRAWN'",
    "version": "99",
    "actor_id": "principal_id",
    "principal_id": "actor_id",
    "at": "at - interval '1 microsecond'",
    "role": "'SYSTEM'",
    "on_behalf": "false",
    "tx": "'7'",
    "person_id": "gen_random_uuid()",
    "other_id": "gen_random_uuid()",
    "order_id": "gen_random_uuid()",
    "match_id": "gen_random_uuid()",
}


@pytest.mark.parametrize("column", CHANGES)
async def test_a_changed_entry_is_named(owner_url: str, chain: list[Head], column: str) -> None:
    sql = f"UPDATE transitions SET {column} = {CHANGES[column]} WHERE version = 3"  # noqa: S608  our own names
    found = await broken(owner_url, sql)
    assert found is not None
    assert (found.fault, found.sequence) == (Fault.CHANGED, 3)
    assert isinstance(found.transition_id, UUID)


async def test_a_deleted_entry_is_named(owner_url: str, chain: list[Head]) -> None:
    found = await broken(owner_url, "DELETE FROM transitions WHERE version = 4")
    assert found is not None
    assert (found.fault, found.sequence) == (Fault.ENTRY_MISSING, 4)


async def test_an_entry_that_is_deleted_with_its_seal_leaves_a_gap(
    owner_url: str, chain: list[Head]
) -> None:
    found = await broken(
        owner_url,
        "DELETE FROM audit_seals WHERE sequence = 4",
        "DELETE FROM transitions WHERE version = 4",
    )
    assert found == Broken(Fault.SEAL_MISSING, 4, None)
    found = await broken(
        owner_url, "UPDATE audit_seals SET sequence = sequence - 1 WHERE sequence > 4"
    )
    assert found is not None
    assert (found.fault, found.sequence) == (Fault.CHANGED, 4)


async def test_the_beginning_cannot_be_cut_off(owner_url: str, chain: list[Head]) -> None:
    found = await broken(owner_url, "DELETE FROM audit_seals WHERE sequence < 3")
    assert found == Broken(Fault.SEAL_MISSING, 1, None)


async def test_entries_cannot_change_places(owner_url: str, chain: list[Head]) -> None:
    swap = (
        "UPDATE audit_seals SET sequence = 900 WHERE sequence = 2",
        "UPDATE audit_seals SET sequence = 2 WHERE sequence = 3",
        "UPDATE audit_seals SET sequence = 3 WHERE sequence = 900",
    )
    found = await broken(owner_url, *swap)
    assert found is not None
    assert (found.fault, found.sequence) == (Fault.CHANGED, 2)


INSERT = (
    "INSERT INTO transitions (id, machine, aggregate, action, source, target, version, at) "
    "VALUES (portal_uuid7(), 'ORDER', gen_random_uuid(), 'EXPIRE', 'RELEASED', 'EXPIRED', 7, "
    "now() - interval '{age}')"
)


async def test_an_entry_that_was_written_past_the_portal_has_no_seal(
    owner_url: str, chain: list[Head]
) -> None:
    assert await broken(owner_url, INSERT.format(age="1 minute")) is None
    found = await broken(owner_url, INSERT.format(age="2 hours"))
    assert found is not None
    assert (found.fault, found.sequence) == (Fault.NOT_SEALED, None)
    assert await broken(owner_url, within=timedelta(hours=3)) is None


async def test_an_entry_of_the_past_is_late_once_it_is_sealed(
    owner_url: str, chain: list[Head]
) -> None:
    await broken(owner_url, INSERT.format(age="2 hours"))
    await seal_all()
    found = await look()
    assert (found.broken, found.late, found.checked) == (None, 1, NUMBER + 1)


async def test_nobody_makes_a_seal_without_the_secret(owner_url: str, chain: list[Head]) -> None:
    forged = (
        "INSERT INTO audit_seals (sequence, transition_id, hash, sealed_at) "
        "SELECT 7, id, md5('a') || md5('b'), now() FROM transitions WHERE version = 7"
    )
    found = await broken(owner_url, INSERT.format(age="2 hours"), forged)
    assert found is not None
    assert (found.fault, found.sequence) == (Fault.CHANGED, 7)


@pytest.mark.parametrize("column", ["actor_code", "principal_code", "hash", "sealed_at"])
async def test_a_changed_seal_is_named(owner_url: str, chain: list[Head], column: str) -> None:
    value = {"hash": "md5('a') || md5('b')", "sealed_at": "sealed_at + interval '1 microsecond'"}
    sql = f"UPDATE audit_seals SET {column} = {value.get(column, 'md5($$a$$)')} WHERE sequence = 5"  # noqa: S608  our own names
    found = await broken(owner_url, sql)
    assert found is not None
    assert (found.fault, found.sequence) == (Fault.CHANGED, 5)


CUT = ("DELETE FROM audit_seals WHERE sequence > 4", "DELETE FROM transitions WHERE version > 4")


async def test_a_tail_that_was_cut_off_shows_against_a_remembered_head_alone(
    owner_url: str, chain: list[Head]
) -> None:
    assert await broken(owner_url, *CUT) is None
    for remembered in chain[4:]:
        assert await broken(owner_url, remembered=remembered) == Broken(Fault.CUT_OFF, 5, None)
    for remembered in chain[:4]:
        assert await broken(owner_url, remembered=remembered) is None


async def test_a_tail_that_was_made_anew_shows_against_a_remembered_head_alone(
    owner_url: str, chain: list[Head]
) -> None:
    await broken(owner_url, *CUT)
    await write(uuid7(), range(1, 4))
    await seal_all()
    assert await broken(owner_url) is None
    found = await broken(owner_url, remembered=chain[-1])
    assert found is not None
    assert (found.fault, found.sequence) == (Fault.OTHER_HEAD, NUMBER)
    assert await broken(owner_url, remembered=chain[3]) is None


async def test_a_part_is_looked_at_by_itself(owner_url: str, chain: list[Head]) -> None:
    sql = "UPDATE transitions SET target = 'WITHDRAWN' WHERE version = 3"
    assert await broken(owner_url, sql, until=2, remembered=chain[-1]) is None
    assert await broken(owner_url, after=3) is None
    assert (await look(after=3)).checked == 3
    assert await broken(owner_url, after=2) is not None
    assert (await look(after=99)).checked == 0


async def test_another_secret_finds_everything_changed(chain: list[Head]) -> None:
    found = await verify(Keys(b"another secret"), clock.now(), Look())
    assert found.broken is not None
    assert (found.broken.fault, found.broken.sequence) == (Fault.CHANGED, 1)


async def test_who_did_it_may_be_gone_but_not_come_back_as_somebody_else(
    owner_url: str, chain: list[Head], place: Place
) -> None:
    gone = "UPDATE transitions SET actor_id = NULL, principal_id = NULL WHERE version = 2"
    assert await broken(owner_url, gone) is None
    back = "UPDATE transitions SET actor_id = (SELECT id FROM users WHERE role <> 'SEEKER' LIMIT 1)"
    found = await broken(owner_url, f"{back} WHERE version = 2")
    assert found is not None
    assert (found.fault, found.sequence) == (Fault.CHANGED, 2)
