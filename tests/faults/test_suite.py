"""A short trial of the whole suite, as people call it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from faults.__main__ import main
from faults.run import SCENARIOS

ROOT = Path(__file__).parents[2]


def test_every_scenario_has_a_name_and_a_sentence() -> None:
    assert len({each.name for each in SCENARIOS}) == len(SCENARIOS)
    assert all(each.sentence.endswith(".") for each in SCENARIOS)


def test_an_unknown_scenario_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "earthquake"]) == 1
    assert "There is no scenario 'earthquake'; --help lists them." in capsys.readouterr().err


@pytest.mark.long
def test_a_quick_trial_breaks_no_promise() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "faults", "--quick", "--json", "--seed", "7"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["broken"] == []
    assert found["faults"] > 100
    assert {line["name"] for line in found["lines"]} >= {each.name for each in SCENARIOS}
