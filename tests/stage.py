"""The whole portal as processes: API, relay, worker and mail sink over a database of their own."""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import httpx

from portal.probe import free_port
from tests.databases import prepare
from tests.servers import Session

ROOT = Path(__file__).parents[1]
_SERVICES = ("serve", "relay", "worker")
_PATIENCE = 60.0
_FAREWELL = 20.0
_INHERITED = ("PATH", "HOME", "LANG", "PYTHONPATH", "LD_LIBRARY_PATH")


@dataclass
class Stage:
    """A running portal with the demo district."""

    environ: Mapping[str, str]
    log: IO[bytes]
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def address(self) -> str:
        return self.environ["PUBLIC_URL"]

    def mails_to(self, address: str) -> list[dict[str, Any]]:
        """What the mail sink took for an address."""
        port = self.environ["MAIL_SINK_PORT"]
        found = httpx.get(f"http://127.0.0.1:{port}/mails.json", params={"to": address}).json()
        return list(found)

    def said(self) -> str:
        """What the processes wrote."""
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    def finish(self, *arguments: str) -> None:
        """Run a command of the portal to its end."""
        process = self.start(*arguments)
        code = process.wait(_PATIENCE * 2)
        self.processes.remove(process)
        assert code == 0, f"{arguments} ended with {code}:\n{self.said()}"

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "portal", *arguments]
        process = subprocess.Popen(
            command, cwd=ROOT, env=self.environ, stdout=self.log, stderr=self.log
        )
        self.processes.append(process)
        return process

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not self._is_ready():
            ended = [process.args for process in self.processes if process.poll() is not None]
            late = time.monotonic() > deadline
            assert not ended, f"{ended} ended:\n{self.said()}"
            assert not late, f"not ready:\n{self.said()}"
            time.sleep(0.1)

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.address}/health/ready").status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        """Ask all to end; one that does not is killed, and named."""
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        stubborn = [process.args for process in self.processes if not _ends(process)]
        assert not stubborn, f"{stubborn} did not end:\n{self.said()}"


def _ends(process: "subprocess.Popen[bytes]") -> bool:
    try:
        process.wait(_FAREWELL)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    return True


@contextmanager
def running_portal(database: str, owner: str, redis: str) -> Iterator[Stage]:
    """The portal with the demo district, in a migrated database that is empty or has it already."""
    port = free_port(0)
    smtp = free_port(0, {port})
    mails = free_port(0, {port, smtp})
    environ = {name: os.environ[name] for name in _INHERITED if name in os.environ} | {
        "DATABASE_URL": database,
        "DATABASE_OWNER_URL": owner,
        "REDIS_URL": redis,
        "SECRET_KEY": secrets.token_hex(32),
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "SMTP_URL": f"smtp://127.0.0.1:{smtp}",
        "MAIL_SINK_PORT": str(mails),
        "DEMO": "1",
        "PUSH_CONTACT": "null:",
        "LOG_LEVEL": "WARNING",
        "PYTHONUNBUFFERED": "1",
    }
    with tempfile.TemporaryFile() as log:
        stage = Stage(environ, log)
        try:
            stage.finish("seed-demo")
            for name in _SERVICES:
                stage.start(name)
            stage.start("mail-sink", "--smtp-port", str(smtp), "--http-port", str(mails))
            stage.wait_until_ready()
            yield stage
        finally:
            stage.stop()


async def stage_database(session: Session, worker: str, name: str) -> tuple[str, str]:
    """A database for one stage: its address for the portal, and for the owner of the tables."""
    database = await prepare(session, f"{worker}_{name}")
    return session.runtime(database), session.owner(database)
