"""The rules of the house, as far as a program can read them."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = (
    "domain",
    "models",
    "notifications",
    "services",
    "schema",
    "resolvers",
    "workers",
    "portal",
)
BESIDE = ("bench", "faults", "tests")
# Modules that may be longer than 300 lines, each with its reason.
LONG: dict[str, str] = {}
LONGEST_MODULE, LONGEST_FUNCTION = 300, 40


def _texts(folders: Iterable[str]) -> Iterator[tuple[str, str]]:
    for room in folders:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text("utf-8")


SOURCES = [(name, ast.parse(text), text) for name, text in _texts(ROOMS)]


def test_arrows_only_point_down() -> None:
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 0, linted.stdout


def test_every_room_has_its_place_in_the_contract() -> None:
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert folders - set(BESIDE) == set(ROOMS)


def test_modules_are_short() -> None:
    long = {name: text.count("\n") for name, text in _texts((*ROOMS, *BESIDE))}
    assert {name for name, lines in long.items() if lines > LONGEST_MODULE} <= set(LONG)


def test_functions_are_short() -> None:
    long = [
        f"{name}:{node.lineno} {node.name}"
        for name, tree, _text in SOURCES
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_the_domain_reads_no_clock_and_awaits_nothing() -> None:
    for name, tree, _text in SOURCES:
        if not name.startswith("domain/"):
            continue
        for node in ast.walk(tree):
            assert not isinstance(node, ast.AsyncFunctionDef | ast.Await), name
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"now", "today", "utcnow"}, f"{name}:{node.lineno}"


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        name
        for name, tree, _text in SOURCES
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"environ", "getenv"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    }
    assert all(name.startswith("portal/") for name in readers), readers


def test_states_are_written_by_the_transition_alone() -> None:
    writers = {
        name
        for name, _tree, text in SOURCES
        if name.startswith(("services/", "workers/", "resolvers/"))
        and ("SET state" in text or ".update(state" in text)
    }
    assert writers == {"services/transition.py"}


def test_a_lock_is_asked_for_in_a_read_of_rows() -> None:
    """Tortoise drops the lock, without a word, when it reads values, counts or asks `exists`."""
    for name, _tree, text in SOURCES:
        lost = re.search(
            r"select_for_update\([^)]*\)(\s*\.\w+\([^)]*\))*?\s*\.(values|count|exists)", text
        )
        assert lost is None, f"{name}: {lost and lost[0]}"


def test_resolvers_open_no_transaction() -> None:
    for name, _tree, text in SOURCES:
        if name.startswith(("resolvers/", "schema/")):
            assert "transaction(" not in text, name


# Patterns, so that this file matches none of them itself.
REGISTRIES = ["/simple[/]", "registry[.]npmjs", "pypi[.]org", "files[.]pythonhosted"]


@pytest.mark.parametrize("word", REGISTRIES)
def test_no_file_names_a_package_registry(word: str) -> None:
    listed = subprocess.run(
        ["git", "grep", "-lIE", "--untracked", "-e", word, "--", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert listed.stdout == ""


def test_the_lock_files_hold_hashes_for_everything() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text("utf-8").replace("\\\n", " ").splitlines()
        pinned = [
            line for line in lines if line.strip() and not line.lstrip().startswith(("#", "-"))
        ]
        assert pinned
        assert all("==" in line and "--hash=sha256:" in line for line in pinned), name
