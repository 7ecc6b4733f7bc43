"""Wrong files of figures, made from right ones: refused with file, series, row and reason."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.financing.load import FOLDER, ParametersWrong, load

SERIES = """
[[series]]
name = "pflegegeld"
unit = "EUR_PER_MONTH"
paragraph = "§ 37 SGB XI"
verified_on = 2026-04-29
source = "SGB XI"
confidence = "HIGH"
rows = [
  { values = { pg2 = "316", pg3 = "545" }, from = 2023-01-01, to = 2023-12-31, first = true },
  { values = { pg2 = "332", pg3 = "573" }, from = 2024-01-01, to = 2024-12-31 },
  { values = { pg2 = "347", pg3 = "599" }, from = 2025-01-01, to = 2025-12-31 },
]
"""
SECOND = "care_insurance.toml, series pflegegeld, row 2: "

Edits = list[tuple[str, str, str]]
ROWS: Edits = [  # what is replaced in the second row, by what, and the reason that is said
    ('"332"', "332.0", "332.0 is not a number from 0 on, written as text"),
    ('"332"', "332", "332 is not a number from 0 on, written as text"),
    ('"332"', '"332 EUR"', "'332 EUR' is not a number"),
    ('"332"', '"NaN"', "'NaN' is not a number"),
    ('"332"', '"-1"', "'-1' is not a number"),
    ("values = { pg2", "value = { pg2", "is not a number"),
    ('values = { pg2 = "332", pg3 = "573" },', "", "give either `value` or `values`"),
    ("values = {", 'value = "1", values = {', "give either `value` or `values`"),
    ('{ pg2 = "332", pg3 = "573" }', "{}", "values is no table"),
    ("pg2 = ", "PG2 = ", "the name 'pflegegeld.PG2' is not lower case ASCII with dots"),
    ("from = 2024-01-01", 'from = "2024-01-01"', "from is missing or not a day such as 2026-01-01"),
    ("from = 2024-01-01", "from = 2024-01-01T00:00:00", "from is missing or not a day"),
    ("from = 2024-01-01, ", "", "from is missing or not a day"),
    ("to = 2024-12-31", 'to = "2024"', "to is missing or not a day"),
    ("to = 2024-12-31", "until = 2024-12-31", "until is not known here"),
    ("to = 2024-12-31", "to = 2023-12-31", "it ends on 2023-12-31, before it begins"),
    ("from = 2024-01-01", "from = 2023-12-31", "pflegegeld.pg2 from 2023-12-31 overlaps with"),
    ("from = 2024-01-01", "from = 2024-01-02", "a gap of pflegegeld.pg2 between 2023-12-31 and"),
    (" },", ', unit = "EURO" },', "unit 'EURO' is none of EUR, EUR_PER_HOUR"),
    (" },", ', unit = "EUR" },', "pflegegeld.pg2 has another unit than in"),
    (" },", ', paragraph = " " },', "paragraph is missing"),
    (" },", ', paragraph = "37 SGB XI" },', "the paragraph '37 SGB XI' has no §"),
    (" },", ', status = "LAW" },', "status 'LAW' is none of ENACTED, DRAFT"),
    (" },", ', confidence = "SURE" },', "confidence 'SURE' is none of HIGH, MEDIUM, LOW"),
    (" },", ", verified_on = 2026 },", "verified_on is missing or not a day"),
    (" },", ', source = "" },', "source is missing"),
    (" },", ", last = 1 },", "last is neither true nor false"),
    (" },", ", last = true },", "it is called last, and there are rows after it"),
    (" },", ", first = true },", "it is called first, and there are rows before it"),
]


def folder_with(folder: Path, text: str, name: str = "care_insurance") -> Path:
    (folder / f"{name}.toml").write_text(text, "utf-8")
    return folder


def second_row(old: str, new: str) -> str:
    lines = SERIES.split("\n")
    number = next(index for index, line in enumerate(lines) if "2024-01-01" in line)
    assert old in lines[number]
    before, _, after = lines[number].rpartition(old)
    lines[number] = f"{before}{new}{after}"
    return "\n".join(lines)


def refused(folder: Path) -> str:
    with pytest.raises(ParametersWrong) as error:
        load(folder)
    return str(error.value)


def test_the_file_that_is_made_wrong_is_right(tmp_path: Path) -> None:
    assert len(load(folder_with(tmp_path, SERIES))) == 6


@pytest.mark.parametrize(("old", "new", "reason"), ROWS, ids=lambda each: each[:30])
def test_a_wrong_row_is_named_with_its_reason(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    said = refused(folder_with(tmp_path, second_row(old, new)))
    assert said.startswith(SECOND)
    assert reason in said


@pytest.mark.parametrize("key", ["unit", "paragraph", "verified_on", "source", "confidence"])
def test_what_neither_row_nor_series_says_is_missing(tmp_path: Path, key: str) -> None:
    text = re.sub(rf"^{key} = .*\n", "", SERIES, flags=re.MULTILINE)
    said = refused(folder_with(tmp_path, text))
    assert said.startswith("care_insurance.toml, series pflegegeld, row 1: ")
    assert key in said


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda text: text.replace("name = ", "nam = "), "series 1: nam is not known here"),
        (lambda text: text.replace("[[series]]", "[[serie]]"), "serie is not known here"),
        (lambda text: text[: text.index("rows")], "series pflegegeld: rows is missing"),
        (lambda text: text[: text.index("rows")] + "rows = [1]", "row 1: this is no table"),
        (lambda _text: "series = [1]", "series 1: this is no table"),
        (lambda _text: "", "care_insurance.toml: series is missing"),
        (lambda text: text.replace('"316"', '"316'), "care_insurance.toml: "),
        (lambda text: text + text, "series pflegegeld, row 1: pflegegeld.pg2 from 2023-01-01 over"),
    ],
)
def test_a_wrong_series_or_file_is_named(
    tmp_path: Path, edit: Callable[[str], str], said: str
) -> None:
    assert said in refused(folder_with(tmp_path, edit(SERIES)))


def test_a_topic_is_a_known_file(tmp_path: Path) -> None:
    assert "topic 'TAXES' is none of" in refused(folder_with(tmp_path, SERIES, "taxes"))


def test_a_series_stands_in_one_file(tmp_path: Path) -> None:
    folder_with(tmp_path, SERIES)
    later = SERIES.replace("2025", "2028").replace("2024", "2027").replace("2023", "2026")
    later = later.replace(", first = true", "")
    said = refused(folder_with(tmp_path, later, "pay"))
    assert said.startswith("pay.toml, series pflegegeld, row 1: ")
    assert "has begun in another file, care_insurance.toml, series pflegegeld, row 3" in said


def test_a_folder_without_files_and_a_file_that_is_no_text_are_refused(tmp_path: Path) -> None:
    assert "no file that ends in .toml" in refused(tmp_path)
    (tmp_path / "pay.toml").write_bytes(b"\xff")
    assert refused(tmp_path).startswith("pay.toml: ")


def test_the_last_row_of_an_ended_series_says_when(tmp_path: Path) -> None:
    text = SERIES.replace(", to = 2025-12-31", ", last = true")
    assert "row 3: the last row of a series has to say when" in refused(folder_with(tmp_path, text))


PATHS = sorted(FOLDER.glob("*.toml"))
FOLLOWED = re.compile(r"to = (\d{4}-\d\d-\d\d)(?=.*\n  \{)")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_day_too_many_or_too_few_between_two_rows_is_noticed(tmp_path: Path, path: Path) -> None:
    text = path.read_text("utf-8")
    for spot in FOLLOWED.finditer(text):
        for days, reason in ((1, "overlaps with"), (-1, "there is a gap")):
            moved = date.fromisoformat(spot[1]) + timedelta(days=days)
            wrong = f"{text[: spot.start(1)]}{moved}{text[spot.end(1) :]}"
            said = refused(folder_with(tmp_path, wrong, path.stem))
            assert said.startswith(f"{path.name}, series ")
            assert reason in said


def test_a_row_that_is_due_says_when(tmp_path: Path) -> None:
    text = SERIES.replace(", to = 2025-12-31", ", due = true")
    assert "row 3: a row that is due has to say when" in refused(folder_with(tmp_path, text))
