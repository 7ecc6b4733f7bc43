"""`audit`: the chain is verified and its head told, for people and for programs."""

import json

import pytest

from domain.ids import uuid7
from domain.keys import Keys
from models.database import fetch
from services import clock
from services.audit import seal_some
from tests.portal.commanding import SECRET, Portal
from tests.services.auditing import tampering, unsealed, write

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("database")]


async def chain() -> None:
    await write(uuid7(), range(1, 4))
    while await unsealed():
        await seal_some(Keys(SECRET.encode()), clock.now())


async def test_a_whole_chain_is_said_to_be_whole(portal: Portal) -> None:
    await chain()
    said = await portal("audit", "verify")
    assert said.code == 0, said.err
    assert said.out.startswith("Nothing was changed. 3 seals are right (0 of them late), 0 ")
    head = (await portal("audit", "head")).out.strip()
    assert said.out.splitlines()[1] == f"The chain ends at {head}"
    rows = await fetch("SELECT sequence, hash FROM audit_seals ORDER BY sequence DESC LIMIT 1")
    plain = json.loads((await portal("audit", "head", "--json")).out)
    assert plain == {"district": "03155", **rows[0]}
    assert (await portal("audit", "verify", "--head", head)).code == 0


async def test_the_first_place_that_was_changed_is_named(portal: Portal, owner_url: str) -> None:
    await chain()
    head = (await portal("audit", "head")).out.strip()
    async with tampering(owner_url) as owner:
        await owner.execute("UPDATE transitions SET target = 'WITHDRAWN' WHERE version = 2")
    (row,) = await fetch("SELECT id FROM transitions WHERE version = 2")
    said = await portal("audit", "verify")
    assert said.code == 1
    assert said.out.startswith(f"BROKEN: entry 2 (transition {row['id']}) is not as it was sealed.")
    found = json.loads((await portal("audit", "verify", "--json")).out)
    assert (found["intact"], found["checked"]) == (False, 1)
    wanted = {"fault": "CHANGED", "sequence": 2, "transition": str(row["id"])}
    assert found["broken"] == wanted
    async with tampering(owner_url) as owner:
        await owner.execute("DELETE FROM audit_seals WHERE sequence > 1")
        await owner.execute("DELETE FROM transitions WHERE version > 1")
    assert (await portal("audit", "verify")).code == 0
    said = await portal("audit", "verify", "--head", head)
    assert said.code == 1
    assert "entry 2 is missing: the remembered head" in said.out


async def test_what_is_no_head_is_a_sentence(portal: Portal) -> None:
    said = await portal("audit", "verify", "--head", "seven")
    assert (said.code, said.out) == (1, "")
    assert "'seven' is not a head" in said.err
    assert json.loads((await portal("audit", "head", "--json")).out)["sequence"] == 0
