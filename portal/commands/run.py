"""`run`: everything on this machine, from the embedded servers to the mail sink, until Ctrl-C."""

import argparse
import asyncio
import json
import secrets
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from portal import embedded
from portal.failure import CommandError
from portal.probe import fetched, is_ready, listen, port_of, take
from portal.settings import Settings, listen_address, switch
from portal.step_down import data_folders, step_down
from portal.supervise import Supervisor, portal_command
from portal.welcome import Addresses, welcome

_PATIENCE = 90
_HOPELESS = 4
_REMINDER = 5
_MAIL_PORTS = (1025, 8025)
# In place of the servers that are not there yet while the other settings are checked.
_SOME_DATABASE = "postgres://portal_app@/portal?host=/"
_SOME_REDIS = "unix:///redis.sock"
_SOME_MAIL = "smtp://127.0.0.1:1025"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `--json`."""
    parser.add_argument(
        "--json", action="store_true", help="print one line of JSON when everything is ready"
    )


def execute(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Start everything, wait for the end, stop everything."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    host, port = listen_address(environ)
    _check(environ, port)
    listen(host, port).close()
    say = _say_on_stderr if options.json else _say
    arguments = ["run", *(["--json"] if options.json else [])]
    step_down(arguments, Path.cwd(), say)
    with (
        embedded.running(
            data_folders(environ, Path.cwd())[0],
            postgres=not environ.get("DATABASE_URL"),
            redis=not environ.get("REDIS_URL"),
            say=say,
        ) as servers,
        _mail_listeners(environ, port) as mail,
    ):
        addresses = servers.addresses()
        if mail:
            addresses["SMTP_URL"] = f"smtp://127.0.0.1:{port_of(mail[0])}"
        found = _complete(environ, servers.secret_key, addresses, port)
        run = _Run(found, servers, mail, host, port, say, as_json=options.json)
        return asyncio.run(run.until_stopped())


def _check(environ: Mapping[str, str], port: int) -> None:
    """Refuse wrong settings before anything is started."""
    addresses: dict[str, str] = {}
    if not environ.get("DATABASE_URL"):
        addresses |= dict.fromkeys(("DATABASE_URL", "DATABASE_OWNER_URL"), _SOME_DATABASE)
    if not environ.get("REDIS_URL"):
        addresses["REDIS_URL"] = _SOME_REDIS
    if not environ.get("SMTP_URL"):
        addresses["SMTP_URL"] = _SOME_MAIL
    _complete(environ, secrets.token_hex(32), addresses, port)


def _complete(
    environ: Mapping[str, str], secret_key: str, addresses: dict[str, str], port: int
) -> dict[str, str]:
    """Add to the environment what the processes need and nobody has set."""
    usual = {"DEMO": "1", "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    given = {name: value for name, value in environ.items() if value}
    # The address of an embedded server is never mixed with one that was given for another.
    found = usual | {"SECRET_KEY": secret_key} | given | addresses
    Settings.from_environ(found)
    return found


@contextmanager
def _mail_listeners(environ: Mapping[str, str], port: int) -> Iterator[Sequence[socket.socket]]:
    """Where the mail sink takes mails and shows them; nothing if they go somewhere else.

    They are taken here and inherited by the sink, so that a portal that starts at the same moment
    never chooses the same ports.
    """
    if environ.get("SMTP_URL"):
        yield ()
        return
    with take(_MAIL_PORTS[0], {port}) as smtp, take(_MAIL_PORTS[1], {port}) as web:
        yield smtp, web


@dataclass(slots=True)
class _Run:
    """One run, after the servers have started and before they are stopped."""

    environ: Mapping[str, str]
    servers: embedded.Embedded
    mail: Sequence[socket.socket]
    host: str
    port: int
    say: Callable[[str], None]
    as_json: bool

    async def until_stopped(self) -> int:
        """Start the processes, say how to reach them, stop them at the first signal."""
        supervisor = Supervisor(self.environ, self.say)
        stopped = asyncio.Event()
        self._listen_for_signals(supervisor, stopped)
        for name, server in self.servers.named().items():
            supervisor.watch(name, server)
        work = asyncio.create_task(self._start(supervisor))
        wait = asyncio.create_task(stopped.wait())
        try:
            await asyncio.wait([work, wait], return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                work.result()
                await wait
        finally:
            self.say("Stopping.")
            await supervisor.stop()
            for task in (work, wait):
                task.cancel()
            with suppress(asyncio.CancelledError, CommandError):
                await work
        return 0

    def _listen_for_signals(self, supervisor: Supervisor, stopped: asyncio.Event) -> None:
        def stop() -> None:
            if stopped.is_set():
                supervisor.kill()
            stopped.set()

        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, stop)

    async def _start(self, supervisor: Supervisor) -> None:
        mail_page = self._keep_mail_sink(supervisor)
        demo = switch(self.environ, "DEMO", default=True)
        await self._prepare(supervisor, *(["--demo"] if demo else []))
        for name in ("serve", "relay", "worker"):
            supervisor.keep(name, *portal_command(name))
        await self._wait_until_ready(supervisor)
        personas = await fetched(self.host, self.port, "/demo/personas")
        addresses = Addresses(self.environ["PUBLIC_URL"], mail_page, personas)
        if self.as_json:
            print(json.dumps(addresses.as_json()), flush=True)
        else:
            print("\n".join(welcome(addresses)), flush=True)

    def _keep_mail_sink(self, supervisor: Supervisor) -> str:
        if not self.mail:
            return ""
        inherited = ("--listeners", *(str(each.fileno()) for each in self.mail))
        target = ("--public-url", self.environ["PUBLIC_URL"])
        command = portal_command("mail-sink", *inherited, *target)
        supervisor.keep("mail-sink", *command, listeners=self.mail)
        return f"http://127.0.0.1:{port_of(self.mail[1])}/mail"

    async def _prepare(self, supervisor: Supervisor, *options: str) -> None:
        if await supervisor.finish("migrate", *portal_command("migrate", *options)):
            message = "The database could not be prepared, the line above says why"
            raise CommandError(message)

    async def _wait_until_ready(self, supervisor: Supervisor) -> None:
        began = said = time.monotonic()
        while not await is_ready(self.host, self.port):
            now = time.monotonic()
            if now - began > _PATIENCE or any(c.starts > _HOPELESS for c in supervisor.children):
                raise CommandError("The portal did not become ready; the lines above say why")
            if now - said > _REMINDER:
                self.say(f"Waiting for the API to become ready ({now - began:.0f} s).")
                said = now
            await asyncio.sleep(0.05)


def _say(sentence: str) -> None:
    print(sentence, flush=True)


def _say_on_stderr(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
