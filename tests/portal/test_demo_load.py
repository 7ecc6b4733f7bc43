"""Loading municipalities and the demo district into a real database."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest

from domain.consent import VERSIONS, ConsentKind
from domain.evidence import Proof, proofs_until
from models.asyncpg_client import SafeClient
from models.database import connect, disconnect, execute, fetch
from models.evidence import Evidence
from models.user import Assistant
from portal.demo import personas
from portal.demo.load import ADVICE, DISTRICT, MUNICIPALITIES, is_loaded, load
from portal.failure import CommandError
from portal.municipalities import ids_by_name, keep, read
from services.password import verify_password
from tests.servers import Session
from tests.stage import stage_database

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PLACES = read(MUNICIPALITIES, DISTRICT)
ONCE = pytest.mark.xdist_group("demo")  # one test process loads it for all that only look at it


async def counts(*tables: str) -> list[int]:
    return [(await fetch(f"SELECT count(*) AS n FROM {table}"))[0]["n"] for table in tables]  # noqa: S608


@pytest.fixture(scope="module")
async def demo_url(server_session: Session, worker_name: str) -> str:
    """A database of its own with the demo, for tests that only look at it."""
    url, _owner = await stage_database(server_session, worker_name, "demo")
    await connect(url, pool_size=2, application_name="tests")
    await load(lambda _line: None)
    await disconnect()
    return url


@pytest.fixture
async def demo(demo_url: str) -> AsyncIterator[None]:
    await connect(demo_url, pool_size=2, application_name="tests")
    yield
    await disconnect()


async def test_importing_twice_changes_nothing_and_keeps_the_ids(database: SafeClient) -> None:
    assert await keep(PLACES) == 11
    ids = await ids_by_name(DISTRICT)
    assert await keep(PLACES) == 0
    assert await ids_by_name(DISTRICT) == ids


async def test_importing_updates_what_changed_and_leaves_other_districts(
    database: SafeClient,
) -> None:
    await keep(PLACES)
    await keep(read(MUNICIPALITIES, "03159"))
    assert await keep([replace(PLACES[0], population=1), *PLACES[1:]]) == 1
    assert await counts("districts", "municipalities") == [2, 15]


async def test_the_demo_is_loaded_once(database: SafeClient) -> None:
    lines: list[str] = []
    assert await load(lines.append)
    assert not await load(lines.append)
    assert await is_loaded()
    assert await counts("providers", "assistants", "seekers") == [3, 2000, 300]
    assert any("2,000 assistants" in line for line in lines)


@pytest.mark.usefixtures("demo")
@ONCE
async def test_everybody_released_has_talk_check_and_history() -> None:
    states = await fetch("SELECT state, count(*) AS n FROM users GROUP BY state ORDER BY state")
    assert [(row["state"], row["n"]) for row in states] == [("REGISTERED", 16), ("RELEASED", 2291)]
    assert await counts("talks", "talk_answers", "identity_checks", "transitions") == [
        2294,
        294,
        2291,
        2291 + 1,  # and somebody agreed to act
    ]
    late = "SELECT 1 FROM transitions t JOIN users u ON u.id = t.aggregate WHERE t.at <= created_at"
    assert not await fetch(late)
    wrong = (
        "SELECT 1 FROM transitions t JOIN users u ON u.id = aggregate AND t.version <> u.version"
    )
    assert not await fetch(wrong)


@pytest.mark.usefixtures("demo")
@ONCE
async def test_the_released_assistants_have_shown_what_the_rules_ask_for() -> None:
    ledgers: dict[UUID, list[Proof]] = {}
    for row in await Evidence.all().order_by("id"):
        ledgers.setdefault(row.assistant_id, []).append(row.proof)
    for assistant in await Assistant.all():
        ledger = ledgers.get(assistant.id, [])
        assert assistant.proofs_until == proofs_until(ledger, assistant.employment)
    rows = await fetch("SELECT count(*) AS n FROM assistants WHERE proofs_until > current_date")
    assert rows == [{"n": 1997}]


@pytest.mark.usefixtures("demo")
@ONCE
async def test_the_personas_can_sign_in_with_the_demos_password() -> None:
    for persona in personas.ALL:
        row = (await fetch("SELECT * FROM users WHERE email = $1", persona.email))[0]
        acts = persona is personas.REPRESENTATIVE
        assert row["state"] == ("REGISTERED" if acts else "RELEASED")
        assert (await verify_password(personas.PASSWORD, row["password_hash"])).matches


async def test_a_demo_of_an_earlier_version_agrees_to_newer_texts_and_withdraws_nothing_back(
    database: SafeClient,
) -> None:
    await load(lambda _line: None)
    owed = "SELECT count(*) AS n FROM consents WHERE kind = $1 AND version = $2"
    newest = VERSIONS[ConsentKind.PRIVACY]
    everybody = await fetch(owed, "PRIVACY", newest)
    await execute("UPDATE consents SET version = version - 1 WHERE kind = 'PRIVACY'")
    await execute(
        "UPDATE consents SET withdrawn_at = now() WHERE kind = 'HEALTH_DATA' AND user_id = "
        "(SELECT id FROM users WHERE email = $1)",
        personas.SEEKER.email,
    )
    await execute("UPDATE users SET email = 'a@b.de' WHERE email = $1", personas.COORDINATOR.email)
    assert not await load(lambda _line: None)
    assert not await load(lambda _line: None)
    assert await fetch(owed, "PRIVACY", newest) == [{"n": everybody[0]["n"] - 1}]
    assert await fetch(owed, "PRIVACY", newest - 1) == everybody
    standing = "SELECT 1 FROM consents c JOIN users u ON u.id = user_id WHERE email = $1 "
    standing += "AND kind = 'HEALTH_DATA' AND withdrawn_at IS NULL"
    assert not await fetch(standing, personas.SEEKER.email)


async def test_the_demo_is_not_loaded_beside_other_people(database: SafeClient) -> None:
    await keep(PLACES)
    await execute(
        "INSERT INTO users (id, email, email_version, role, state, version, language, first_name, "
        "last_name, created_at) VALUES (portal_uuid7(), 'a@b.de', 1, 'SEEKER', 'REGISTERED', 1, "
        "'de', 'A', 'B', now())"
    )
    with pytest.raises(CommandError, match="empty database"):
        await load(lambda _line: None)
    assert await counts("users", "assistants") == [1, 0]


@pytest.fixture
def environ(clean_database: None, runtime_url: str, owner_url: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": runtime_url,
        "DATABASE_OWNER_URL": owner_url,
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SECRET_KEY": "0123456789abcdef0123456789abcdef",
    }


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


async def run(environ: dict[str, str], *arguments: str) -> Said:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *arguments),
        env=environ,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return Said(process.returncode or 0, out.decode(), err.decode())


async def portal(environ: dict[str, str], *arguments: str) -> Said:
    return await run(environ, "-m", "portal", *arguments)


async def test_the_command_loads_the_demo_and_says_so_the_second_time(
    environ: dict[str, str],
) -> None:
    first = await portal(environ, "seed-demo")
    assert (first.code, first.err) == (0, "")
    assert "300 seekers" in first.out
    second = await portal(environ, "seed-demo")
    assert (second.code, second.out) == (0, "The demo district is there.\n")


async def test_the_demo_is_refused_for_another_district(environ: dict[str, str]) -> None:
    refused = await portal({**environ, "DISTRICT_KEY": "03159"}, "seed-demo")
    assert refused.code == 2
    assert "DISTRICT_KEY" in refused.err


async def test_the_command_imports_any_district_of_a_file(environ: dict[str, str]) -> None:
    arguments = ("import-municipalities", str(MUNICIPALITIES), "--district", "03159")
    first = await portal(environ, *arguments)
    assert first.code == 0
    assert "Göttingen: 4 municipalities, 4 new or changed." in first.out
    assert "Osterode am Harz" in first.out
    assert "0 new or changed" in (await portal(environ, *arguments)).out
    assert (await portal(environ, "import-municipalities", "missing.csv")).code == 1
    centres = await portal(
        environ, "import-advice-centres", str(ADVICE), "--district", "03159", "--json"
    )
    done = json.loads(centres.out)
    assert "37154" in done.pop("outside")
    assert "Outside the district 03159: 37154, " in centres.err
    assert done == {"district": "03159", "centres": 4, "replaced": 0}


async def test_the_demo_does_not_depend_on_the_order_of_hashes(environ: dict[str, str]) -> None:
    script = (
        "import hashlib; from portal.demo.load import *; "
        "people = generate(read(MUNICIPALITIES, DISTRICT)); "
        "print(hashlib.sha256(repr(people).encode()).hexdigest())"
    )
    said = [await run({**environ, "PYTHONHASHSEED": seed}, "-c", script) for seed in ("1", "2")]
    assert [one.code for one in said] == [0, 0]
    assert said[0].out == said[1].out
