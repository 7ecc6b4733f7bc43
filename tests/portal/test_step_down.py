import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal import account, embedded_postgres, step_down
from portal.account import HOME, NAME, Account, private_folder, stand_in, write_private
from portal.failure import CommandError
from portal.step_down import data_folders

ROOT = Path(__file__).parents[2]
STRANGER = Account("stranger", 54_321, 54_321)
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can step down")

# Stands in for the portal: says who and where it is after the step.
REPORT = """
import json, os, sys
def rights():
    try:
        os.setuid(0)
    except PermissionError:
        return False
    return True
print(json.dumps({
    "arguments": sys.argv[1:], "uid": os.getuid(), "gid": os.getgid(), "groups": os.getgroups(),
    "data": os.environ["DATA_DIR"], "folder": os.getcwd(), "back to root": rights()}))
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter, unlike those of pytest."""
    made = Path(tempfile.mkdtemp(dir="/tmp"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def project(open_folder: Path) -> Iterator[Path]:
    made = open_folder / "project"
    (made / "portal").mkdir(parents=True)
    (made / "portal" / "__init__.py").write_text("")
    (made / "portal" / "cli.py").write_text("")
    (made / "portal" / "__main__.py").write_text(REPORT)
    (made / "requirements.txt").write_text("")
    yield made
    mark = data_folders({}, made)[1].name.removeprefix("data-")
    for name in (f"data-{mark}", f"program-{mark}"):
        shutil.rmtree(HOME / name, ignore_errors=True)


def stepped_down(project: Path) -> tuple[dict[str, object], list[str]]:
    """Step down in a process of its own; what it reports, and what it said before."""
    code = (
        "import sys; from pathlib import Path; from portal.step_down import step_down; "
        "step_down(['run', '--json'], Path(sys.argv[1]), lambda text: print(text, flush=True))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(project)],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "DATA_DIR"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    *said, report = done.stdout.splitlines()
    return json.loads(report), said


def test_somebody_reaches_what_is_open_up_to_the_root(open_folder: Path) -> None:
    file = open_folder / "inner" / "file"
    file.parent.mkdir()
    file.write_text("")
    file.chmod(0o644)
    assert STRANGER.reaches(file)
    file.parent.chmod(0o700)
    assert not STRANGER.reaches(file)
    file.parent.chmod(0o755)
    file.chmod(0o600)
    assert not STRANGER.reaches(file)


def test_a_link_is_as_reachable_as_its_target(open_folder: Path) -> None:
    hidden = open_folder / "hidden"
    hidden.mkdir(mode=0o700)
    (hidden / "file").write_text("")
    (open_folder / "link").symlink_to(hidden / "file")
    assert not STRANGER.reaches(open_folder / "link")


def test_the_data_are_in_the_project_or_where_it_is_said() -> None:
    usual, reserve = data_folders({}, Path("/srv/portal"))
    assert usual == Path("/srv/portal/.data")
    assert reserve.parent == HOME
    assert data_folders({"DATA_DIR": "/data"}, Path("/srv/portal")) == [Path("/data")]
    assert data_folders({"DATA_DIR": "data"}, Path("/srv/portal")) == [Path("/srv/portal/data")]


def test_a_private_file_is_private_from_its_first_moment(open_folder: Path) -> None:
    path = open_folder / "secret"
    for content in ("one", "two"):
        write_private(path, content, None)
        assert path.read_text() == content
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in open_folder.iterdir()] == ["secret"]


def test_a_private_folder_is_never_a_link(open_folder: Path) -> None:
    (open_folder / "target").mkdir()
    (open_folder / "link").symlink_to(open_folder / "target")
    with pytest.raises(CommandError, match="belongs to someone else"):
        private_folder(open_folder / "link", None)


def test_an_ordinary_user_needs_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert stand_in() == (None, "")


@needs_root
def test_the_account_is_made_once_and_has_no_power() -> None:
    known, _ = stand_in()
    assert known is not None
    assert (known.name, known.uid > 0, known.gid > 0) == (NAME, True, True)
    assert stand_in() == (known, "")


@needs_root
def test_root_becomes_the_account_for_good(project: Path) -> None:
    known, _ = stand_in()
    assert known is not None
    report, said = stepped_down(project)
    assert report == {
        "arguments": ["run", "--json"],
        "uid": known.uid,
        "gid": known.gid,
        "groups": [],
        "data": str(project / ".data"),
        "folder": str(project),
        "back to root": False,
    }
    assert (project / ".data").stat().st_uid == known.uid
    assert f"Made the folder {project / '.data'} for the data" in said[0]
    assert said[-1] == f"Continuing as {NAME}, with the data in {project / '.data'}."


@needs_root
def test_a_private_program_is_run_from_a_copy_and_stays_private(project: Path) -> None:
    project.chmod(0o700)
    (project / "portal" / "__main__.py").chmod(0o600)
    report, _ = stepped_down(project)
    copy, data = Path(str(report["folder"])), Path(str(report["data"]))
    assert (copy.parent, data.parent) == (HOME, HOME)
    assert stat.S_IMODE(project.stat().st_mode) == 0o700
    assert not (project / ".data").exists()
    assert copy.stat().st_uid == 0, "the account could rewrite its own program"
    (project / "portal" / "__main__.py").write_text(REPORT.replace('"uid"', '"changed"'))
    report, _ = stepped_down(project)
    assert "changed" in report


def small_installation(monkeypatch: pytest.MonkeyPatch, home: Path, packages: Path) -> None:
    """Let the copies be quick: no standard library, and one package."""
    packages.mkdir(mode=0o700)
    (packages / "package.py").write_text("")
    monkeypatch.setattr(step_down, "HOME", home)
    monkeypatch.setattr(step_down, "_NOT_OF_PYTHON", ("*",))
    monkeypatch.setattr("sysconfig.get_path", lambda _name: str(packages))


@needs_root
def test_everything_that_is_private_is_copied_once(
    project: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, packages = open_folder / "home", open_folder / "packages"
    small_installation(monkeypatch, home, packages)
    monkeypatch.setattr(Account, "reaches", lambda _self, path: path == open_folder)
    said: list[str] = []
    program = step_down._program(STRANGER, project, said.append)
    assert program.packages is not None
    assert (program.packages / "package.py").read_text() == ""
    assert (program.code / "portal" / "cli.py").exists()
    assert program.python.parent.parent.parent == home
    assert os.access(program.python, os.X_OK)
    assert program.environment(Path("/data"))["PYTHONPATH"] == str(program.packages)
    again: list[str] = []
    assert step_down._program(STRANGER, project, again.append) == program
    assert len(said) == 3
    assert again == [f"The program in {project} is private: running a copy in {program.code}."]


@needs_root
def test_what_can_be_reached_is_not_copied(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Account, "reaches", lambda _self, _path: True)
    program = step_down._program(STRANGER, project, print)
    assert program == step_down.Program(Path(sys.executable), None, project, None)
    assert program.environment(Path("/data")) == {"DATA_DIR": "/data", "HOME": "/data"}


@needs_root
def test_a_chosen_folder_that_cannot_be_reached_is_refused(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.chmod(0o700)
    monkeypatch.setenv("DATA_DIR", str(project / "data"))
    with pytest.raises(CommandError, match=r"may not enter .* set DATA_DIR"):
        step_down._data_folder(STRANGER, project, print)


def test_a_system_that_makes_no_accounts_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(account, "_exists", lambda: False)
    monkeypatch.setattr(account, "_commands", lambda: [["false"]])
    with pytest.raises(CommandError, match="start again as an ordinary user"):
        stand_in()


def test_the_tools_of_large_and_small_systems_are_known(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("useradd", "adduser"):
        (open_folder / name).write_text("")
        (open_folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(open_folder))
    first, second = account._commands()
    assert (first[0], first[-1]) == (str(open_folder / "useradd"), NAME)
    assert (second[0], second[-1]) == (str(open_folder / "adduser"), NAME)


@pytest.mark.slow
@needs_root
def test_programs_out_of_reach_are_copied_next_to_the_data(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Account, "reaches", lambda _self, _path: False)
    copy = embedded_postgres._reachable_programs(open_folder, STRANGER)
    assert copy.is_relative_to(open_folder)
    assert (copy / "postgres").stat().st_uid == STRANGER.uid
    assert embedded_postgres._reachable_programs(open_folder, STRANGER) == copy
