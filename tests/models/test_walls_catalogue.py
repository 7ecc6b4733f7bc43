"""Every wall stands: PostgreSQL's own catalogue against a list that is written out here."""

import re
from pathlib import Path

import pytest

from models.database import fetch

pytestmark = pytest.mark.usefixtures("database")

FOLDER = Path(__file__).parents[2] / "models" / "sql"
SQL = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.sql"))}

CHECKS = """
assistants: id_is_user provider_unless_self_employed radius week_bits
coordinators: id_is_user
events: version_not_negative
identity_checks: verdict_known
mail_links: end_is_bounded number_positive purpose_known used_or_void
matches: commission_by_kind kind_known one_acceptor version_positive
messages: channel_known sent_has_instant state_known version_positive
orders: complete_when_released count_positive duration fields_of_kind interval_known kind_known
    max_distance version_positive week_bits
outbox: counts_not_negative finished_has_instant payload_is_small_object state_known
portal_epoch: one_check
seekers: id_is_user week_bits
sessions: end_is_bounded token_is_hashed
talk_answers: care_grade
talks: outcome_known
users: language_known role_known version_positive
"""
UNIQUE = """
assistant_activities assistant_id, activity_id
assistants user_id
coordinators user_id
idempotency_keys scope, key
legal_transitions machine, source, target
mail_links user_id, purpose, number
matches order_id, assistant_id
matches order_id, provider_id
messages receiver_id, kind, version, channel
municipalities district_id, name
needs seeker_id, activity_id
order_activities order_id, activity_id
outbox dedupe_key
provider_activities provider_id, activity_id
provider_areas provider_id, municipality_id
providers name
seekers user_id
talk_answers talk_id
tortoise_migrations app, name
transitions machine, aggregate, version
"""
FOREIGN = """
assistant_activities.activity_id -> activities.code RESTRICT
assistant_activities.assistant_id -> assistants.id CASCADE
assistants.provider_id -> providers.id RESTRICT
assistants.user_id -> users.id CASCADE
coordinators.provider_id -> providers.id CASCADE
coordinators.user_id -> users.id CASCADE
identity_checks.officer_id -> users.id RESTRICT
identity_checks.user_id -> users.id CASCADE
mail_links.user_id -> users.id CASCADE
matches.assistant_id -> assistants.id CASCADE
matches.order_id -> orders.id CASCADE
matches.provider_id -> providers.id CASCADE
messages.receiver_id -> users.id CASCADE
municipalities.district_id -> districts.key CASCADE
needs.activity_id -> activities.code RESTRICT
needs.seeker_id -> seekers.id CASCADE
order_activities.activity_id -> activities.code RESTRICT
order_activities.order_id -> orders.id CASCADE
orders.municipality_id -> municipalities.id RESTRICT
orders.seeker_id -> seekers.id CASCADE
provider_activities.activity_id -> activities.code RESTRICT
provider_activities.provider_id -> providers.id CASCADE
provider_areas.municipality_id -> municipalities.id RESTRICT
provider_areas.provider_id -> providers.id CASCADE
seekers.user_id -> users.id CASCADE
sessions.user_id -> users.id CASCADE
talk_answers.talk_id -> talks.id CASCADE
talks.officer_id -> users.id RESTRICT
talks.user_id -> users.id CASCADE
transitions.actor_id -> users.id SET NULL
users.municipality_id -> municipalities.id RESTRICT
"""
TRIGGERS = """
events_announce: AFTER INSERT STATEMENT events_announce()
events_stay_as_written: BEFORE UPDATE STATEMENT events_stay_as_written()
identity_checks_append_only: BEFORE UPDATE ROW refuse_change()
matches_no_dangling_match: AFTER INSERT OR UPDATE OF state, order_id LATE ROW guard_dangling_match()
matches_state: BEFORE INSERT OR UPDATE OF state ROW guard_state('MATCH')
orders_no_dangling_match: AFTER UPDATE OF state LATE ROW guard_dangling_match()
orders_state: BEFORE INSERT OR UPDATE OF state ROW guard_state('ORDER')
outbox_keep_waiting: BEFORE DELETE ROW outbox_keep_waiting()
outbox_notify: AFTER INSERT STATEMENT outbox_notify()
talks_append_only: BEFORE UPDATE ROW refuse_change()
users_release: BEFORE INSERT OR UPDATE OF state, role, email_confirmed_at ROW guard_release()
users_state: BEFORE INSERT OR UPDATE OF state ROW guard_state('ACCOUNT')
"""
INDEXES = """
assistants_by_provider
coordinators_by_provider
events_by_topic
events_in_order UNIQUE
idempotency_keys_by_age
identity_checks_by_user
mail_links_open
matches_by_assistant
matches_by_assistant_order
matches_by_provider
matches_by_provider_order
matches_one_commission UNIQUE
orders_by_seeker
orders_by_state
outbox_due
outbox_finished
outbox_leased
sessions_by_user
sessions_token_hash UNIQUE
talks_by_user
users_by_state
users_email_key UNIQUE
"""
FUNCTIONS = """
ensure_constraint ensure_constraint_trigger events_announce events_stay_as_written
guard_dangling_match guard_release guard_state outbox_keep_waiting outbox_notify portal_uuid7
refuse_change
"""


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
    found = set()
    for row in await fetch(
        "SELECT tgenabled::text AS awake, pg_get_triggerdef(oid) AS definition "
        "FROM pg_trigger WHERE NOT tgisinternal"
    ):
        assert row["awake"] == "O", row
        parts = re.fullmatch(
            r"CREATE (?:CONSTRAINT )?TRIGGER (\w+) (.+?) ON public\.(\w+)"
            r"( DEFERRABLE INITIALLY DEFERRED)? FOR EACH (\w+) (?:WHEN .*)?EXECUTE FUNCTION (.+)",
            row["definition"],
        )
        assert parts is not None, row
        late = "LATE " if parts[4] else ""
        found.add(f"{parts[1]}: {parts[2]} {late}{parts[5]} {parts[6]}")
        assert parts[1].startswith(parts[3]), row
    assert found == set(lines(TRIGGERS))


async def test_the_indexes_that_nobody_declares_in_a_model_are_these_and_valid() -> None:
    found = set()
    for row in await fetch(
        "SELECT c.relname AS name, i.indisunique AS once, i.indisvalid AS valid FROM pg_index i "
        "JOIN pg_class c ON c.oid = i.indexrelid "
        "WHERE c.relnamespace = 'public'::regnamespace AND NOT EXISTS "
        "(SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u'))"
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
    listed = {entry.replace(" ", "_", 1) for entry in named(CHECKS)}
    listed |= {line.split(":")[0] for line in lines(TRIGGERS)}
    listed |= {line.split()[0] for line in lines(INDEXES)} | set(FUNCTIONS.split())
    text = "\n".join(line for line in SQL[name].splitlines() if "EXECUTE format" not in line)
    raised = {found for pattern in NAMES for found in re.findall(pattern, text)}
    assert raised <= listed
    assert raised or name == "00_schema_state"
