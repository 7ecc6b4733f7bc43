"""Every wall stands: PostgreSQL's own catalogue against lists that are written out (`walls.py`)."""

import re
from pathlib import Path

import pytest

from models.database import fetch
from tests.models.walls import (
    CHECKS,
    EXCLUSIONS,
    FUNCTIONS,
    INDEXES,
    MARKED,
    TRIGGERS,
    UNIQUE,
)
from tests.models.walls_foreign import FOREIGN

pytestmark = pytest.mark.usefixtures("database")

FOLDER = Path(__file__).parents[2] / "models" / "sql"
SQL = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.sql"))}


def lines(block: str) -> list[str]:
    return [line for line in block.splitlines() if line]


def named(block: str) -> set[str]:
    """The constraints of a block of `table: name name …`, with their table."""
    found: set[str] = set()
    table = ""
    for line in lines(block):
        head, colon, names = line.partition(":")
        table = head if colon else table
        found |= {f"{table} {name}" for name in (names if colon else line).split()}
    return found


async def constraints(kind: str) -> list[dict[str, str]]:
    return await fetch(
        "SELECT conrelid::regclass::text AS tab, conname AS name, convalidated AS valid, "
        "pg_get_constraintdef(oid) AS definition FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace AND contype = $1",
        kind.encode(),
    )


async def test_the_checks_are_these_and_all_rows_have_passed_them() -> None:
    rows = await constraints("c")
    assert {f"{row['tab']} {row['name'].removeprefix(row['tab'] + '_')}" for row in rows} == named(
        CHECKS
    )
    assert all(row["valid"] for row in rows)


async def test_what_excludes_each_other_is_this() -> None:
    rows = await constraints("x")
    assert {f"{row['tab']} {row['name'].removeprefix(row['tab'] + '_')}" for row in rows} == named(
        EXCLUSIONS
    )


async def test_what_exists_once_is_this() -> None:
    rows = await constraints("u")
    found = {f"{row['tab']} {row['definition'].removeprefix('UNIQUE ')}" for row in rows}
    assert {line.replace("(", "").replace(")", "") for line in found} == set(lines(UNIQUE))


async def test_what_points_where_is_this() -> None:
    found = set()
    for row in await constraints("f"):
        parts = re.fullmatch(
            r"FOREIGN KEY \((\w+)\) REFERENCES (\w+)\((\w+)\) ON DELETE ([A-Z ]+)",
            row["definition"],
        )
        assert parts is not None, row
        found.add(f"{row['tab']}.{parts[1]} -> {parts[2]}.{parts[3]} {parts[4]}")
    assert found == set(lines(FOREIGN))


async def test_every_table_of_more_than_one_row_has_a_primary_key() -> None:
    tables = await fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    found = {row["tab"] for row in await constraints("p")}
    assert found | {"schema_state"} == {row["tablename"] for row in tables}


async def test_the_triggers_are_these_and_awake() -> None:
    found, marks = set(), set()
    for row in await fetch(
        "SELECT tgenabled::text AS awake, pg_get_triggerdef(oid) AS definition "
        "FROM pg_trigger WHERE NOT tgisinternal"
    ):
        assert row["awake"] == "O", row
        parts = re.fullmatch(
            r"CREATE (?:CONSTRAINT )?TRIGGER (\w+) (.+?) ON public\.(\w+)"
            r"(?: REFERENCING \w+ TABLE AS changed)?( DEFERRABLE INITIALLY DEFERRED)?"
            r" FOR EACH (\w+) (?:WHEN .*)?EXECUTE FUNCTION (.+)",
            row["definition"].replace("\n", " "),
        )
        assert parts is not None, row
        if parts[6].startswith("mark_offers("):
            marks.add(f"{parts[3]} {parts[2]}")
            continue
        late = "LATE " if parts[4] else ""
        found.add(f"{parts[1]}: {parts[2]} {late}{parts[5]} {parts[6]}")
        assert parts[1].startswith(parts[3]), row
    assert found == set(lines(TRIGGERS))
    events = ("AFTER INSERT", "AFTER UPDATE", "AFTER DELETE")
    assert marks == {f"{table} {event}" for table in MARKED.split() for event in events}


async def test_the_indexes_that_nobody_declares_in_a_model_are_these_and_valid() -> None:
    found = set()
    for row in await fetch(
        "SELECT c.relname AS name, i.indisunique AS once, i.indisvalid AS valid FROM pg_index i "
        "JOIN pg_class c ON c.oid = i.indexrelid "
        "WHERE c.relnamespace = 'public'::regnamespace AND NOT EXISTS "
        "(SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u', 'x'))"
    ):
        assert row["valid"], row
        found.add(row["name"] + (" UNIQUE" if row["once"] else ""))
    assert found == set(lines(INDEXES))


async def test_functions_run_with_the_rights_of_their_caller() -> None:
    rows = await fetch(
        "SELECT proname, prosecdef FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    )
    assert {row["proname"] for row in rows} == set(FUNCTIONS.split())
    assert not any(row["prosecdef"] for row in rows)


async def test_partial_walls_cover_exactly_the_states_they_are_for() -> None:
    (row,) = await fetch("SELECT pg_get_indexdef('matches_one_commission'::regclass) AS definition")
    states = set(re.findall(r"'([A-Z_]+)'", row["definition"]))
    assert states == {"REQUESTED", "AWARDED", "MEETING", "CONTRACTED"}
    (row,) = await fetch(
        "SELECT pg_get_triggerdef(oid) AS definition FROM pg_trigger WHERE tgname = 'users_release'"
    )
    assert set(re.findall(r"'([A-Z_]+)'", row["definition"])) == {"RELEASED", "SEEKER", "ASSISTANT"}


NAMES = (
    r"CALL ensure_constraint(?:_trigger)?\('(?:\w+)', '(\w+)'",
    r"ADD CONSTRAINT (\w+)",
    r"CREATE (?:UNIQUE )?INDEX IF NOT EXISTS (\w+)",
    r"CREATE OR REPLACE TRIGGER (\w+)",
    r"CREATE OR REPLACE (?:FUNCTION|PROCEDURE) (\w+)",
)


@pytest.mark.parametrize("name", SQL)
async def test_everything_that_a_file_raises_stands_in_these_lists(name: str) -> None:
    listed = {entry.replace(" ", "_", 1) for entry in named(CHECKS) | named(EXCLUSIONS)}
    listed |= {line.split(":")[0] for line in lines(TRIGGERS)}
    listed |= {line.split()[0] for line in lines(INDEXES)} | set(FUNCTIONS.split())
    text = "\n".join(line for line in SQL[name].splitlines() if "EXECUTE format" not in line)
    raised = {found for pattern in NAMES for found in re.findall(pattern, text)}
    assert raised <= listed
    assert raised or name == "00_schema_state"
