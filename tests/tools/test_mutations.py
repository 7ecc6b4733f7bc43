"""The mutants are what they say: one change each, in code that still compiles."""

from pathlib import Path

import pytest

from tests.tools.mutate import ROOT, main
from tests.tools.mutations import mutants_of


def _changes(source: str) -> set[str]:
    return {each.mutated for each in mutants_of(source)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = a < b", {"a <= b", "a > b"}),
        ("x = a is not None", {"a is None"}),
        ("x = a not in b", {"a in b"}),
        ("x = a and b", {"a or b"}),
        ("x = not a", {"a"}),
        ("x = a + b", {"a - b"}),
        ("x = 'a' + b", set()),
        ("x = 3", {"4", "2"}),
        ("x = True", {"False"}),
        ("x = a[1:]", {":", "2", "0"}),
        ("x = a if b else c", {"not b"}),
        ("x = [a for a in b if a]", {"not a"}),
        ("def f():\n    return a", {"return None"}),
        ("def f(a: int = b) -> 'a < 1':\n    'a < 1 AND b'", set()),
        ("x = 'SELECT a ORDER BY b DESC'", {"'SELECT a ORDER BY b ASC'"}),
        ("x = f'WHERE a AND {b} OR c'", {"f'WHERE a OR {b} OR c'", "f'WHERE a AND {b} AND c'"}),
        ("x = '-id'", {"'id'"}),
        ("x = 'this and that'", set()),
    ],
)
def test_every_operator_has_its_mutants(source: str, expected: set[str]) -> None:
    assert _changes(source) == expected


def test_a_mutant_changes_one_place_and_names_its_line() -> None:
    source = "# ä\nif a:\n    b = 'ü' if c else 1\n"
    found = {(each.line, each.source) for each in mutants_of(source)}
    assert found == {
        (2, "# ä\nif (not a):\n    b = 'ü' if c else 1\n"),
        (3, "# ä\nif a:\n    b = 'ü' if (not c) else 1\n"),
        (3, "# ä\nif a:\n    b = 'ü' if c else (2)\n"),
        (3, "# ä\nif a:\n    b = 'ü' if c else (0)\n"),
    }


@pytest.mark.slow
def test_survivors_are_listed_and_our_own_sources_stay_as_they_are(tmp_path: Path) -> None:
    file = ROOT / "domain" / "keys.py"
    before = file.read_text("utf-8")
    report = tmp_path / "survivors.md"
    arguments = ["--files", "domain/keys.py", "--sample", "2", "--markdown", str(report)]
    assert main([*arguments, "--command", "true"]) == 1
    assert report.read_text("utf-8").count("- domain/keys.py:") == 2
    assert main([*arguments, "--command", f"cmp domain/keys.py {file}"]) == 0
    assert file.read_text("utf-8") == before
