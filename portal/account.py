"""The unprivileged account that stands in for root, and the step down to it."""

import os
import pwd
import shutil
import stat
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from portal.failure import CommandError

NAME = "assistenz-portal"
HOME = Path("/var/lib") / NAME


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the operating system by which the portal's processes run."""

    name: str
    uid: int
    gid: int

    def reaches(self, path: Path) -> bool:
        """Whether this account may read `path` and enter every folder above it."""
        resolved = path.resolve()
        if not self._may(resolved, stat.S_IROTH):
            return False
        return all(self._may(folder, stat.S_IXOTH) for folder in resolved.parents)

    def step_down(self) -> None:
        """Give up every privilege for good."""
        os.setgroups([])
        os.setresgid(self.gid, self.gid, self.gid)
        os.setresuid(self.uid, self.uid, self.uid)

    def _may(self, path: Path, right_of_others: int) -> bool:
        status = path.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & (right_of_others << 6))
        if status.st_gid == self.gid:
            return bool(status.st_mode & (right_of_others << 3))
        return bool(status.st_mode & right_of_others)


def private_folder(path: Path, account: Account | None) -> Path:
    """Make the folder if it is missing and let nobody but its owner enter it."""
    owner = account.uid if account else os.geteuid()
    try:
        path.mkdir(mode=stat.S_IRWXU, parents=True)
        if account:
            os.chown(path, account.uid, account.gid)
    except FileExistsError:
        status = path.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != owner:
            message = (
                f"{path} belongs to someone else: remove it, or set DATA_DIR to another folder"
            )
            raise CommandError(message) from None
        path.chmod(stat.S_IRWXU)
    except OSError as error:
        message = f"{path} cannot be made ({error.strerror}): set DATA_DIR to another folder"
        raise CommandError(message) from None
    return path


def write_private(path: Path, content: str, account: Account | None) -> None:
    """Write a file that nobody but its owner can read, whole or not at all."""
    draft = path.with_name(f"{path.name}.draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
    if account:
        os.chown(draft, account.uid, account.gid)
    draft.replace(path)


def stand_in() -> tuple[Account | None, str]:
    """Return the account that replaces root and, if it had to be made, a sentence that says so.

    Someone who is not root needs no replacement: the account is None then.
    """
    if os.geteuid() != 0:
        return None, ""
    made = "" if _exists() else _make()
    entry = pwd.getpwnam(NAME)
    return Account(NAME, entry.pw_uid, entry.pw_gid), made


def _exists() -> bool:
    return any(entry.pw_name == NAME for entry in pwd.getpwall())


def _make() -> str:
    for command in _commands():
        done = subprocess.run(command, check=False, capture_output=True)  # noqa: S603  fixed words
        if done.returncode and not _exists():
            time.sleep(1)  # another start may be making the account at this moment
        if _exists():
            return f"Made the system account {NAME} (no password, no login) to run as."
    message = (
        f"Root may not run a database server and the account {NAME} could not be made: "
        "start again as an ordinary user"
    )
    raise CommandError(message)


def _commands() -> list[list[str]]:
    folders = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))
    useradd = shutil.which("useradd", path=folders)
    adduser = shutil.which("adduser", path=folders)
    nowhere = ["--no-create-home", "--home-dir", str(HOME), "--shell", "/usr/sbin/nologin"]
    commands = []
    if useradd:
        commands.append([useradd, "--system", "--user-group", *nowhere, NAME])
    if adduser:
        # The options of BusyBox, whose systems have no useradd.
        commands.append([adduser, "-S", "-D", "-H", "-h", str(HOME), NAME])
    return commands
