"""`check-figures` and `missing-figures` on the command line."""

import json
import re
import shutil
from pathlib import Path

import pytest

from domain.financing.book import LAW
from domain.financing.load import FOLDER
from portal.cli import main

Caught = pytest.CaptureFixture[str]
OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"


def test_the_figures_that_ship_are_right(capsys: Caught) -> None:
    assert main(["check-figures"]) == 0
    assert f"version {LAW.version}. No gap, no overlap." in capsys.readouterr().out
    assert main(["check-figures", str(FOLDER), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["version"] == LAW.version
    assert (said["figures"], said["drafts"]) == (len(LAW.parameters), 1)


def test_a_wrong_file_is_one_sentence_that_names_the_row(tmp_path: Path, capsys: Caught) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "pay.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("from = 2026-01-01", "from = 2026-01-02", 1), "utf-8")
    assert main(["check-figures", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "The figures of the law are wrong: pay.toml, series mindestlohn, row 9: there is a gap of"
        " mindestlohn between 2025-12-31 and 2026-01-02.\n"
    )


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path, capsys: Caught) -> None:
    assert main(["check-figures", str(tmp_path / "nowhere"), "--json"]) == 1
    assert "there is no file that ends in .toml" in capsys.readouterr().err


def test_the_operations_page_shows_what_the_command_says_besides_what_changes(
    capsys: Caught,
) -> None:
    page = OPERATIONS.read_text("utf-8")
    (sample,) = re.findall(r"```text\n(Figures of the law.*?)```", page, re.DOTALL)
    assert main(["missing-figures", "2027"]) == 0
    said = capsys.readouterr().out.splitlines()
    for line in filter(None, map(str.strip, sample.splitlines())):
        pattern = ".*".join(map(re.escape, line.split("…")))
        assert any(re.fullmatch(pattern, each.strip()) for each in said), line


def test_what_is_missing_for_a_year_is_listed(capsys: Caught) -> None:
    assert main(["missing-figures", "2027"]) == 0
    said = capsys.readouterr().out
    assert "  bezugsgroesse: 2027-01-01 to 2027-12-31 (§ 18 Abs. 1 SGB IV)\n" in said
    assert "  pflegegeld.pg2: last on 2026-04-29 (§ 37 SGB XI)\n" in said
    assert "  mindestlohn" not in said
    assert main(["missing-figures", "2026", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["version"] == LAW.version
    assert {
        "code": "pflegemindestlohn.helper",
        "topic": "PAY",
        "paragraph": "§ 2 PflegeArbbV 6",
        "from": "2026-07-01",
        "to": "2026-12-31",
    } in found["missing"]
    assert {each["verifiedOn"] for each in found["notVerified"]} == {"2026-04-29"}


def test_a_year_that_was_looked_up_says_none_and_a_wrong_one_is_refused(capsys: Caught) -> None:
    assert main(["missing-figures", "2021"]) == 0
    assert "Not looked up for the whole year: none\n" in capsys.readouterr().out
    assert main(["missing-figures", "1999"]) == 1
    assert "1999 is no year between 2017 and 2199" in capsys.readouterr().err
