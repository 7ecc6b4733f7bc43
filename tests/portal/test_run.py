import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from portal import embedded
from portal.account import stand_in
from portal.cli import main
from portal.demo.personas import PERSONAS
from tests.portal.started import (
    ROOT,
    First,
    Run,
    copied,
    free_port,
    processes_of,
    server_process,
    started,
    status,
    until_gone,
    until_readiness,
    vacant,
)

PATIENCE = 120
SECRET = "0123456789abcdef0123456789abcdef"
# One test process makes the first start, whose data the others begin with.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("run")]


@pytest.fixture
def folder() -> Iterator[Path]:
    with vacant() as made:
        yield made


@pytest.fixture(scope="module", autouse=True)
def only_what_the_test_says() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY", "SMTP_URL"):
            patched.delenv(name, raising=False)
        yield


@pytest.fixture(scope="module")
def first() -> Iterator[First]:
    """The slowest of all starts: it makes the databases and loads the demo."""
    with vacant() as folder, started(folder) as run:
        places = (f"{run.ready['portal']}health/live", run.ready["ready"], run.ready["mails"])
        answers, processes = [status(place) for place in places], processes_of(folder)
        code, left = run.stop(), processes_of(folder)
        yield First(folder, run.ready, answers, processes, code, left, run.said())


@pytest.fixture(scope="module")
def running(first: First) -> Iterator[Run]:
    """For tests that leave it as they have found it."""
    with vacant() as folder, started(copied(first, folder)) as run:
        yield run


def test_everything_starts_answers_and_is_gone_after_ctrl_c(first: First) -> None:
    assert first.answers == [200, 200, 200]
    personas = first.ready["personas"]
    assert {persona["role"] for persona in personas} == {each["role"] for each in PERSONAS}
    with_code = {each["role"] for each in personas if re.fullmatch(r"\d{6}", each["code"])}
    assert with_code == {"COORDINATOR", "CUSTOMER_SERVICE", "ADMINISTRATION"}
    assert len(first.processes) >= 6
    assert (first.code, first.left) == (0, [])
    assert "[migrate] The demo district is loaded." in first.said


def test_a_second_start_makes_nothing_anew(running: Run) -> None:
    said = running.said()
    assert "The database is up to date." in said
    assert "The demo district is there." in said


def test_a_person_is_told_where_everything_is(
    first: First, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    monkeypatch.setenv("DATA_DIR", str(copied(first, folder)))
    monkeypatch.setenv("PORT", str(port))
    # In this very process, which goes on as the account that it has.
    monkeypatch.setattr("portal.commands.run.step_down", lambda *_: None)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    told: list[str] = []

    def interrupt_when_told() -> None:
        deadline = time.monotonic() + PATIENCE
        while "Ctrl-C stops" not in "".join(told) and time.monotonic() < deadline:
            time.sleep(0.1)
            told.append(capsys.readouterr().out)
        os.kill(os.getpid(), signal.SIGINT)

    watcher = threading.Thread(target=interrupt_when_told)
    watcher.start()
    try:
        assert main(["run"]) == 0
    finally:
        watcher.join()
        for number, handler in handlers.items():
            signal.signal(number, handler)
    said = "".join(told)
    assert f"  Portal    http://127.0.0.1:{port}/\n" in said
    assert all(persona["email"] in said for persona in PERSONAS)
    assert len(re.findall(r"Leine-Solling-Harz-2026  \d{6}\n", said)) == 3
    assert "[migrate] The demo district is there." in said
    assert until_gone(folder, 20) == []


def test_a_killed_portal_leaves_no_process_and_starts_again(first: First, folder: Path) -> None:
    with started(copied(first, folder)) as run:
        run.stop(signal.SIGKILL)
    assert until_gone(folder, 60) == []
    with started(folder) as again:
        assert status(again.ready["ready"]) == 200
        assert again.stop(signal.SIGTERM) == 0
    assert processes_of(folder) == []


def test_a_killed_embedded_server_is_started_again_and_the_portal_is_ready_again(
    running: Run,
) -> None:
    for name, missing, called in (
        ("redis", "redis", "The embedded Redis"),
        ("postgres", "database", "The embedded PostgreSQL"),
    ):
        killed = server_process(running.folder, name)
        os.kill(killed, signal.SIGKILL)
        until_readiness(running.ready["ready"], {"status": "not ready", "missing": [missing]})
        until_readiness(running.ready["ready"], {"status": "ready"})
        assert server_process(running.folder, name) != killed
        assert f"{called} ended, starting it again in 0.5 s.\n" in running.said()


def test_servers_of_ones_own_with_one_role_are_enough_and_missed_when_they_are_gone(
    folder: Path,
) -> None:
    with embedded.throwaway() as own:
        addresses = {"DATABASE_URL": own.database_owner_url, "REDIS_URL": own.redis_url}
        with started(folder, **addresses) as run:
            assert status(run.ready["ready"]) == 200
            assert not (folder / "postgres").exists()
            own.stop()
            missing = ["database", "redis"]
            until_readiness(run.ready["ready"], {"status": "not ready", "missing": missing})
    refused = subprocess.run(
        [sys.executable, "-m", "portal", "serve"],
        cwd=ROOT,
        env={**os.environ, **addresses, "SECRET_KEY": SECRET, "PORT": str(free_port())},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    last = refused.stderr.splitlines()[-1]
    assert last.startswith("The database cannot be reached (")


def test_two_portals_that_start_at_once_have_ports_of_their_own_for_mails(
    first: First, folder: Path
) -> None:
    folder.mkdir(mode=0o755)  # the portal may be another user
    folders = [copied(first, folder / name) for name in ("1", "2")]
    with ExitStack() as stack, ThreadPoolExecutor() as pool:
        runs = list(pool.map(stack.enter_context, map(started, folders)))
        assert len({run.ready["mails"] for run in runs}) == 2
        assert [status(run.ready["mails"]) for run in runs] == [200, 200]
        assert [run.stop() for run in runs] == [0, 0]


def test_two_portals_over_the_same_data_are_refused(running: Run) -> None:
    account, _ = stand_in()
    second = subprocess.run(
        [sys.executable, "-m", "portal", "run"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(running.folder), "PORT": str(free_port())},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert second.returncode == 1
    said = f"{running.folder} is in use by a running portal: stop that one, or set DATA_DIR.\n"
    assert second.stderr == said
    assert bool(account) == ("Continuing as" in second.stdout)
