"""Stepping down from root: `run` continues as an unprivileged account that can reach its program.

An account of its own may not enter a folder such as /root. What it cannot reach there (the Python
installation, the packages, the program) is copied to its own folder; foreign rights stay untouched.
"""

import compileall
import hashlib
import os
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.account import HOME, Account, private_folder, stand_in
from portal.failure import CommandError

_LOCK_FILE = "requirements.txt"
_NOT_THE_PROGRAM = (".venv", ".git", ".data", ".*_cache", ".coverage*", "tests", "bench")
_NOT_AT_RUN_TIME = ("playwright", "mypy", "mypyc", "ruff", "pginstall")
_NOT_OF_PYTHON = ("site-packages", "test", "tests", "idlelib", "tkinter", "config-*", "ensurepip")

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Program:
    """Where the account finds what it runs."""

    python: Path
    packages: Path | None
    code: Path
    libraries: Path | None

    def environment(self, data: Path) -> dict[str, str]:
        """Return the variables that lead Python to its parts and the portal to its data."""
        found = {"DATA_DIR": str(data), "HOME": str(data)}
        if self.packages:
            found["PYTHONPATH"] = str(self.packages)
        if self.libraries:
            found["LD_LIBRARY_PATH"] = str(self.libraries)
        return found


def data_folders(environ: Mapping[str, str], project: Path) -> list[Path]:
    """Return the folders where the embedded servers may keep their data, the usual one first."""
    if given := environ.get("DATA_DIR"):
        return [project / given]
    return [project / ".data", HOME / f"data-{_mark(project)}"]


def step_down(arguments: Sequence[str], project: Path, say: Say) -> None:
    """Continue as the unprivileged account; returns only to someone who is not root."""
    account, made = stand_in()
    if account is None:
        return
    if made:
        say(made)
    data = _data_folder(account, project, say)
    program = _program(account, project, say)
    say(f"Continuing as {account.name}, with the data in {data}.")
    _exec(account, program, data, arguments)


def _exec(account: Account, program: Program, data: Path, arguments: Sequence[str]) -> None:
    environ = {**os.environ, **program.environment(data), "USER": account.name}
    environ["LOGNAME"] = account.name
    os.chdir(program.code)
    account.step_down()
    command = [str(program.python), "-m", "portal", *arguments]
    try:
        os.execve(command[0], command, environ)  # noqa: S606  our own interpreter
    except OSError as error:
        message = f"{command[0]} cannot be run by {account.name} ({error.strerror})"
        raise CommandError(message) from None


def _data_folder(account: Account, project: Path, say: Say) -> Path:
    usual, *elsewhere = data_folders(os.environ, project)
    reachable = account.reaches(usual.parent) if usual.parent.exists() else True
    if not reachable and not elsewhere:
        message = f"{account.name} may not enter {usual.parent}: set DATA_DIR to another folder"
        raise CommandError(message)
    chosen = usual if reachable else elsewhere[0]
    if chosen.is_relative_to(HOME):
        private_folder(HOME, account)
    if not chosen.exists():
        say(f"Made the folder {chosen} for the data, which only {account.name} may enter.")
    return private_folder(chosen, account)


def _program(account: Account, project: Path, say: Say) -> Program:
    """Return the program as the account can reach it, with copies where it cannot."""
    base, packages = Path(sys.base_prefix), Path(sysconfig.get_path("purelib"))
    has_base = account.reaches(Path(os.__file__)) and account.reaches(Path(sys.executable))
    has_packages = account.reaches(packages)
    has_code = account.reaches(project / "portal" / "cli.py")
    _compile(project)
    if has_base and has_packages and has_code:
        return Program(Path(sys.executable), None, project, None)
    private_folder(HOME, account)
    python, libraries = Path(sys.executable).resolve(), None
    if not has_base:
        base = _copy_of_python(base, python, say)
        python, libraries = base / "bin" / python.name, base / "lib"
    if not has_packages:
        mark = _mark(packages, project / _LOCK_FILE)
        packages = _copied_once(packages, HOME / f"packages-{mark}", _NOT_AT_RUN_TIME, say)
    if not has_code:
        project = _copy_of_code(project, HOME / f"program-{_mark(project)}", say)
    return Program(python, packages, project, libraries)


def _copy_of_python(base: Path, python: Path, say: Say) -> Path:
    """Copy an interpreter and its standard library; returns the prefix of the copy."""
    library = Path(os.__file__).parent
    copy = HOME / f"python-{_mark(python)}"
    _copied_once(library, copy / "lib" / library.name, _NOT_OF_PYTHON, say)
    (copy / "bin").mkdir(exist_ok=True)
    for source in [python, *(base / "lib").glob("libpython*.so*")]:
        target = copy / source.parent.name / source.name
        if not target.exists():
            shutil.copy2(source, target)
    return copy


def _copy_of_code(project: Path, copy: Path, say: Say) -> Path:
    """Copy the program at every start, for it may have changed."""
    say(f"The program in {project} is private: running a copy in {copy}.")
    shutil.rmtree(copy, ignore_errors=True)
    return _copied(project, copy, _NOT_THE_PROGRAM)


def _copied_once(source: Path, copy: Path, without: Iterable[str], say: Say) -> Path:
    if copy.exists():
        return copy
    say(f"Copying {source}, which is private, to {copy} (once).")
    return _copied(source, copy, without)


def _copied(source: Path, copy: Path, without: Iterable[str]) -> Path:
    copy.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=copy.parent))
    ignored = shutil.ignore_patterns(*without)
    shutil.copytree(source, draft, dirs_exist_ok=True, ignore=ignored)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444))
    draft.rename(copy)
    return copy


def _compile(project: Path) -> None:
    """Compile the rooms while that is still possible: the account may write nothing there."""
    for room in project.glob("*/__init__.py"):
        compileall.compile_dir(room.parent, quiet=2)


def _mark(*paths: Path) -> str:
    """Return a short mark of these paths and of the state of those that are files."""
    parts = [f"{path}{path.stat().st_mtime_ns if path.is_file() else ''}" for path in paths]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]
