"""What the tests of whole portals share: to start one as `make run` does, and to look at it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Run:
    """A running portal, started as `make run` starts it."""

    folder: Path
    process: subprocess.Popen[str]
    ready: dict[str, object]
    log: IO[str]

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)

    def said(self) -> str:
        self.log.seek(0)
        return self.log.read()


@dataclass(frozen=True)
class First:
    """A portal that has started over nothing, was looked at and has ended."""

    folder: Path
    ready: dict[str, Any]
    answers: list[int]
    processes: list[str]
    code: int
    left: list[str]
    said: str


@contextmanager
def vacant() -> Iterator[Path]:
    """A folder that is not there yet, and is gone afterwards."""
    made = Path(tempfile.gettempdir()) / f"assistenz-portal-run-{os.getpid()}-{time.time_ns()}"
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def started(folder: Path, **settings: str) -> Iterator[Run]:
    command = [sys.executable, "-m", "portal", "run", "--json"]
    environ = {**os.environ, "DATA_DIR": str(folder), "PORT": str(free_port()), **settings}
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen(
            command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            run = Run(folder, process, json.loads(line or "{}"), log)
            assert line, f"the portal ended before it was ready:\n{run.said()}"
            yield run
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


def copied(first: First, folder: Path) -> Path:
    """The data of the first start once more: a start over them takes half of the time."""
    subprocess.run(["cp", "-a", first.folder, folder], check=True)
    return folder
