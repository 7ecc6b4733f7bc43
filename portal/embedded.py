"""The embedded servers as one: a data folder in, addresses out, nothing left behind."""

import fcntl
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from portal.account import Account, private_folder, stand_in, write_private
from portal.embedded_postgres import DATABASE, EmbeddedPostgres, Passwords
from portal.embedded_redis import EmbeddedRedis
from portal.failure import CommandError

# A socket's path may have 104 bytes on macOS and 108 on Linux, its own name included.
_LONGEST_SOCKET_FOLDER = 80
_SECRETS = "secrets"
_ENVIRONMENT = "environment"
_THROWAWAY_PREFIX = "assistenz-portal-"
_SETTLED = 60


def _silent(_sentence: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True, repr=False)
class Embedded:
    """The running servers of one data folder."""

    postgres: EmbeddedPostgres | None
    redis: EmbeddedRedis | None
    secret_key: str

    @property
    def database_url(self) -> str:
        """The address for the processes of the portal."""
        return self._postgres.url("portal_app")

    @property
    def database_owner_url(self) -> str:
        """The address for migrations."""
        return self._postgres.url("portal_owner")

    @property
    def admin_url(self) -> str:
        """The superuser's address, for making and dropping databases."""
        return self._postgres.url("postgres", "postgres")

    @property
    def redis_url(self) -> str:
        """The address of Redis."""
        if self.redis is None:
            raise CommandError("The embedded Redis was not started")
        return self.redis.url

    def environment(self) -> dict[str, str]:
        """Return the settings that lead a process of the portal to these servers."""
        return {"SECRET_KEY": self.secret_key, **self.addresses()}

    def addresses(self) -> dict[str, str]:
        """Return the addresses of the servers that run."""
        found = {}
        if self.postgres:
            found["DATABASE_URL"] = self.database_url
            found["DATABASE_OWNER_URL"] = self.database_owner_url
        if self.redis:
            found["REDIS_URL"] = self.redis_url
        return found

    def named(self) -> dict[str, EmbeddedPostgres | EmbeddedRedis]:
        """Return the servers that were started, under the names that people read."""
        pairs = {"The embedded PostgreSQL": self.postgres, "The embedded Redis": self.redis}
        return {name: server for name, server in pairs.items() if server}

    def stop(self) -> None:
        """Stop the servers, Redis first, and wait for their end."""
        if self.redis:
            self.redis.stop()
        if self.postgres:
            self.postgres.stop()

    @property
    def _postgres(self) -> EmbeddedPostgres:
        if self.postgres is None:
            raise CommandError("The embedded PostgreSQL was not started")
        return self.postgres


@contextmanager
def running(
    folder: Path,
    *,
    postgres: bool = True,
    redis: bool = True,
    throwaway: bool = False,
    say: Callable[[str], None] = _silent,
) -> Iterator[Embedded]:
    """Run the wanted servers over a data folder for as long as the block lasts.

    Started as root they run as an account of their own, to which the folder then belongs. With
    `throwaway` they are fast and forget everything at a power cut.
    """
    account, made = stand_in()
    if made:
        say(made)
    private_folder(folder, account)
    with _locked(folder), _sockets(folder, account) as sockets:
        known = _secrets(folder, account)
        servers = Embedded(
            EmbeddedPostgres(
                folder / "postgres",
                sockets,
                Passwords(known["SUPERUSER"], known["OWNER"], known["APP"]),
                account=account,
                throwaway=throwaway,
            )
            if postgres
            else None,
            EmbeddedRedis(folder, sockets, known["REDIS"], account=account) if redis else None,
            known["SECRET_KEY"],
        )
        try:
            _start(servers, say)
            write_private(folder / _ENVIRONMENT, _lines(servers.environment()), account)
            yield servers
        finally:
            (folder / _ENVIRONMENT).unlink(missing_ok=True)
            servers.stop()


@contextmanager
def throwaway() -> Iterator[Embedded]:
    """Run servers in a fresh private folder that is removed at the end; meant for tests."""
    account, _ = stand_in()
    parent = _temporary_parent(account)
    _sweep(parent, account.uid if account else os.geteuid())
    folder = Path(tempfile.mkdtemp(prefix=_THROWAWAY_PREFIX, dir=parent))
    if account:
        os.chown(folder, account.uid, account.gid)
    try:
        with running(folder, throwaway=True) as servers:
            yield servers
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def environment_of(folder: Path) -> Mapping[str, str]:
    """Return the settings of the servers that run over this data folder, nothing if none do."""
    try:
        lines = (folder / _ENVIRONMENT).read_text().splitlines()
    except OSError:
        return {}
    return dict(line.split("=", 1) for line in lines)


def _start(servers: Embedded, say: Callable[[str], None]) -> None:
    if servers.postgres:
        say(f"Starting the embedded PostgreSQL (database {DATABASE}).")
        servers.postgres.start()
    if servers.redis:
        say("Starting the embedded Redis.")
        servers.redis.start()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep a second start away from the folder; the system frees the lock when a process dies."""
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            message = f"{folder} is in use by a running portal: stop that one, or set DATA_DIR"
            raise CommandError(message) from None
        yield


@contextmanager
def _sockets(folder: Path, account: Account | None) -> Iterator[Path]:
    """Give a private folder for sockets whose path is short enough for the system."""
    near = folder.resolve() / "run"
    if len(os.fsencode(near)) <= _LONGEST_SOCKET_FOLDER:
        yield private_folder(near, account)
        return
    far = Path(tempfile.mkdtemp(prefix=_THROWAWAY_PREFIX, dir="/tmp"))
    if account:
        os.chown(far, account.uid, account.gid)
    try:
        yield far
    finally:
        shutil.rmtree(far, ignore_errors=True)


def _secrets(folder: Path, account: Account | None) -> dict[str, str]:
    """Read the passwords of this folder; the first start makes them."""
    path = folder / _SECRETS
    known = (
        dict(line.split("=", 1) for line in path.read_text().splitlines()) if path.exists() else {}
    )
    names = ("SUPERUSER", "OWNER", "APP", "REDIS", "SECRET_KEY")
    if not known.keys() >= set(names):
        known = {name: secrets.token_hex(32) for name in names} | known
        write_private(path, _lines(known), account)
    return known


def _lines(values: Mapping[str, str]) -> str:
    return "".join(f"{name}={value}\n" for name, value in values.items())


def _temporary_parent(account: Account | None) -> Path:
    usual = Path(tempfile.gettempdir())
    return usual if account is None or account.reaches(usual) else Path("/tmp")  # noqa: S108


def _sweep(parent: Path, owner: int) -> None:
    """Remove what killed test runs left: our own folders that nobody has locked."""
    for folder in parent.glob(f"{_THROWAWAY_PREFIX}*"):
        with suppress(OSError, CommandError):
            status = folder.lstat()
            if status.st_uid == owner and time.time() - status.st_mtime > _SETTLED:
                with _locked(folder):
                    shutil.rmtree(folder, ignore_errors=True)
