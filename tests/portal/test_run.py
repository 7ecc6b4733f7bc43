import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal import embedded
from portal.account import stand_in
from portal.cli import main
from portal.demo.personas import PERSONAS

ROOT = Path(__file__).parents[2]
PATIENCE = 120
SECRET = "0123456789abcdef0123456789abcdef"
pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Run:
    """A running portal, started as `make run` starts it."""

    process: subprocess.Popen[str]
    ready: dict[str, object]

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.gettempdir()) / f"assistenz-portal-run-{os.getpid()}-{time.time_ns()}"
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(autouse=True)
def only_what_the_test_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY", "SMTP_URL"):
        monkeypatch.delenv(name, raising=False)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def started(folder: Path, **settings: str) -> Iterator[Run]:
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "portal", "run", "--json"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(folder), "PORT": str(port), **settings},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert line, "the portal ended before it was ready"
            yield Run(process, json.loads(line))
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(60)


def readiness(url: object) -> dict[str, object]:
    try:
        with urllib.request.urlopen(str(url), timeout=10) as answer:  # noqa: S310  our own
            body: dict[str, object] = json.load(answer)
    except urllib.error.HTTPError as refusal:
        body = json.load(refusal)
    return body


def until_readiness(url: object, wanted: dict[str, object]) -> None:
    deadline = time.monotonic() + 60
    while (found := readiness(url)) != wanted:
        assert time.monotonic() < deadline, found
        time.sleep(0.05)


def server_process(folder: Path, name: str) -> int:
    """The process id of the embedded server with this program over this folder."""
    if name == "postgres":
        return int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (process / "cmdline").read_bytes().split(b"\0")
            line = b" ".join(words)
            if words[0] != b"/bin/sh" and b"redis" in words[0] and os.fsencode(folder) in line:
                return int(process.name)
    raise AssertionError("there is no Redis")


def status(url: object) -> int:
    with urllib.request.urlopen(str(url), timeout=10) as answer:  # noqa: S310  our own
        code: int = answer.status
        return code


def processes_of(folder: Path) -> list[str]:
    """The command lines and environments that know this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            known = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if os.fsencode(folder) in known and process.name != str(os.getpid()):
            found.append(known.replace(b"\0", b" ").decode(errors="replace")[:200])
    return found


def until_gone(folder: Path, seconds: float) -> list[str]:
    deadline = time.monotonic() + seconds
    while (left := processes_of(folder)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def test_everything_starts_answers_and_is_gone_after_ctrl_c(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with started(folder) as run:
        assert status(f"{run.ready['portal']}health/live") == 200
        assert status(run.ready["ready"]) == 200
        personas = run.ready["personas"]
        assert isinstance(personas, list)
        assert {persona["role"] for persona in personas} == {each["role"] for each in PERSONAS}
        with_code = {each["role"] for each in personas if re.fullmatch(r"\d{6}", each["code"])}
        assert with_code == {"COORDINATOR", "CUSTOMER_SERVICE", "ADMINISTRATION"}
        assert status(run.ready["mails"]) == 200
        assert len(processes_of(folder)) >= 6
        assert run.stop() == 0
    assert processes_of(folder) == []
    capfd.readouterr()
    with started(folder) as again:
        assert again.stop(signal.SIGTERM) == 0
    said = capfd.readouterr().err
    assert "The database is up to date." in said, "nothing had to be made anew"
    assert "The demo district is there." in said
    assert processes_of(folder) == []


def test_a_person_is_told_where_everything_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    monkeypatch.setenv("DATA_DIR", str(folder))
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
    assert "[migrate] The demo district is loaded." in said
    assert until_gone(folder, 20) == []


def test_a_killed_portal_leaves_no_process_and_starts_again(folder: Path) -> None:
    with started(folder) as run:
        run.stop(signal.SIGKILL)
    assert until_gone(folder, 60) == []
    with started(folder) as again:
        assert status(again.ready["ready"]) == 200
        assert again.stop() == 0


def test_a_killed_embedded_server_is_started_again_and_the_portal_is_ready_again(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with started(folder) as run:
        for name, missing, called in (
            ("redis", "redis", "The embedded Redis"),
            ("postgres", "database", "The embedded PostgreSQL"),
        ):
            killed = server_process(folder, name)
            os.kill(killed, signal.SIGKILL)
            until_readiness(run.ready["ready"], {"status": "not ready", "missing": [missing]})
            until_readiness(run.ready["ready"], {"status": "ready"})
            assert server_process(folder, name) != killed
            assert f"{called} ended, starting it again in 0.5 s.\n" in capfd.readouterr().err
        assert run.stop() == 0
    assert processes_of(folder) == []


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


def test_two_portals_that_start_at_once_have_ports_of_their_own_for_mails(folder: Path) -> None:
    folder.mkdir(mode=0o755)  # the portal may be another user
    with ExitStack() as stack, ThreadPoolExecutor() as pool:
        runs = list(pool.map(stack.enter_context, map(started, (folder / "1", folder / "2"))))
        assert len({run.ready["mails"] for run in runs}) == 2
        assert [status(run.ready["mails"]) for run in runs] == [200, 200]
        assert [run.stop() for run in runs] == [0, 0]


def test_two_portals_over_the_same_data_are_refused(folder: Path) -> None:
    account, _ = stand_in()
    with started(folder):
        second = subprocess.run(
            [sys.executable, "-m", "portal", "run"],
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": str(folder), "PORT": str(free_port())},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    assert second.returncode == 1
    said = f"{folder} is in use by a running portal: stop that one, or set DATA_DIR.\n"
    assert second.stderr == said
    assert bool(account) == ("Continuing as" in second.stdout)
