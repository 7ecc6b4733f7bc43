import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from models.database import parse_url
from portal.cli import COMMANDS, main
from schema.disclosed import UndeclaredField
from tests.portal.commanding import SECRET, Portal, Said

ROOT = Path(__file__).parents[2]
DEAD = "01890a5d-ac96-774b-bcce-b302099a8058"


@pytest.fixture
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY", "LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


def test_without_a_command_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    said = capsys.readouterr().out
    assert all(command.name in said for command in COMMANDS)


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([name, "--help"])
    assert "usage: python -m portal" in capsys.readouterr().out


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["fly"])
    assert "invalid choice: 'fly'" in capsys.readouterr().err


@pytest.mark.usefixtures("nothing_set")
def test_a_missing_setting_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["jobs", "dead"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("DATABASE_URL is missing, for example: ")
    assert said.err.count("\n") == 1


@pytest.mark.usefixtures("nothing_set")
def test_a_database_that_is_away_is_one_sentence_without_the_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], taken_port: int
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://a:hidden-word@/portal?host=/nowhere")
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{taken_port}")
    monkeypatch.setenv("SECRET_KEY", SECRET)
    assert main(["jobs", "dead"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("The database portal at /nowhere cannot be reached: ")
    assert said.count("\n") == 1
    assert "hidden-word" not in said


def test_a_port_in_use_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], taken_port: int
) -> None:
    monkeypatch.setenv("PORT", str(taken_port))
    assert main(["run"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"Port {taken_port} of 127.0.0.1 cannot be used (")
    assert said.endswith(f"for example: PORT={taken_port + 1}.\n")


def test_a_field_without_a_stage_is_named_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def undeclared(*_given: object) -> int:
        raise UndeclaredField("Order.title has no stage")

    monkeypatch.setattr("portal.commands.sdl.execute", undeclared)
    assert main(["sdl"]) == 1
    said = capsys.readouterr().err
    assert said == "The graph cannot be built: Order.title has no stage.\n"


@pytest.mark.slow
def test_no_graph_is_built_of_a_field_that_leads_nowhere() -> None:
    program = """
import sys
from models.order import Order
del Order._meta.fields_map["description"]
from portal.cli import main
sys.exit(main(["sdl"]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The graph cannot be built: Order.description means ")


def test_a_fault_of_the_program_is_a_sentence_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_environ: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("portal.commands.run.listen_address", fail)
    monkeypatch.delenv("LOG_LEVEL", raising=False)
    assert main(["run"]) == 1
    said = capsys.readouterr().err
    assert said == (
        "portal run failed unexpectedly (ZeroDivisionError); LOG_LEVEL=DEBUG shows where.\n"
    )


@pytest.mark.slow
async def test_dead_letters_are_listed_for_people_and_machines(portal: Portal) -> None:
    assert await portal("jobs", "dead") == Said(0, "No job was given up.\n", "")
    assert await portal("jobs", "dead", "--json") == Said(0, "[]\n", "")


@pytest.mark.slow
async def test_an_id_that_is_no_dead_letter_is_reported(portal: Portal) -> None:
    unknown = "01890a5d-ac96-774b-bcce-b302099a8057"
    said = await portal("jobs", "requeue", unknown)
    assert said.code == 1
    assert said.err == f"These are not among the jobs that were given up: {unknown}.\n"
    said = await portal("jobs", "requeue", "seven")
    assert said.code == 1
    assert "'seven' is not the id of a job" in said.err


def test_where_a_fault_was_is_shown_when_asked_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_environ: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("portal.commands.run.listen_address", fail)
    monkeypatch.setenv("LOG_LEVEL", "debug")
    assert main(["run"]) == 1
    assert "ZeroDivisionError" in caplog.text


def test_an_interrupted_command_says_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_environ: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("portal.commands.run.listen_address", interrupt)
    assert main(["run"]) == 130
    assert capsys.readouterr() == ("", "")


def test_requeue_wants_to_know_what(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["jobs", "requeue"])
    assert "--all" in capsys.readouterr().err


@pytest.mark.slow
async def test_migrating_twice_changes_nothing_the_second_time(portal: Portal) -> None:
    assert (await portal("migrate")).code == 0
    assert await portal("migrate", "--json") == Said(0, '{"changed": false}\n', "")


@pytest.mark.slow
async def test_dead_letters_are_revived(portal: Portal, owner_url: str) -> None:
    connection = await asyncpg.connect(**parse_url(owner_url).arguments())
    try:
        await connection.execute(
            "INSERT INTO outbox (id, kind, aggregate, state, attempts, last_error, finished_at) "
            "VALUES ($1::uuid, 'order.match', $1::uuid, 2, 8, 'TimeoutError', now())",
            DEAD,
        )
    finally:
        await connection.close()
    assert "order.match" in (await portal("jobs", "dead")).out
    assert json.loads((await portal("jobs", "dead", "--json")).out)[0]["id"] == DEAD
    assert (await portal("jobs", "requeue", DEAD)).out == "1 job will be tried again.\n"
    assert (await portal("jobs", "dead")).out == "No job was given up.\n"


@pytest.mark.slow
async def test_a_new_epoch_makes_live_readers_read_anew(portal: Portal, owner_url: str) -> None:
    owner = await asyncpg.connect(**parse_url(owner_url).arguments())
    before = await owner.fetchval("SELECT epoch FROM portal_epoch")
    said = await portal("new-epoch", "--json")
    after = await owner.fetchval("SELECT epoch FROM portal_epoch")
    await owner.close()
    assert said.code == 0
    assert json.loads(said.out) == {"epoch": str(after)}
    assert before != after


OFFICER = ("create-staff", "amt@assistenz.example", "--first-name", "Ina", "--last-name", "Amt")


@pytest.mark.slow
async def test_the_first_officer_is_made_on_the_command_line(
    portal: Portal, owner_url: str
) -> None:
    said = await portal(*OFFICER, typed="vier-alte-Gartenzwerge\n")
    assert (said.code, said.out) == (0, "Ina Amt can sign in now.\n")
    owner = await asyncpg.connect(**parse_url(owner_url).arguments())
    row = await owner.fetchrow("SELECT role, state, email_confirmed_at FROM users")
    await owner.close()
    assert (row["role"], row["state"]) == ("CUSTOMER_SERVICE", "RELEASED")
    assert row["email_confirmed_at"] is not None
    again = await portal(*OFFICER, typed="vier-alte-Gartenzwerge\n")
    assert (again.code, again.err) == (1, "There is an account with this address already.\n")


@pytest.mark.slow
async def test_a_weak_password_of_an_officer_is_refused_with_a_sentence(portal: Portal) -> None:
    said = await portal(*OFFICER, typed="short\n")
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert "15" in said.err
