"""The scene holds what it promises: every state, both kinds, every gap."""

from domain.states import MatchState, OrderState
from domain.viewer import AccountState, Role
from models.database import fetch
from tests.graph import Client
from tests.schema.plan.scene import IDS, LABELS, TABLES, build


async def test_every_state_and_kind_is_there(database: object, owner_url: str) -> None:
    scene = await build(owner_url)
    assert set(scene.callers) == set(LABELS)
    found = {
        (table, column): {
            row["value"]
            for row in await fetch(
                f"SELECT DISTINCT {column} AS value FROM {table}"  # noqa: S608  our own names
            )
        }
        for table, column in [
            ("users", "state"),
            ("users", "role"),
            ("orders", "state"),
            ("orders", "kind"),
            ("matches", "state"),
            ("matches", "kind"),
        ]
    }
    people = {role.value for role in Role} - {"ANONYMOUS", "SYSTEM"}
    assert found == {
        ("users", "state"): {each.value for each in AccountState},
        ("users", "role"): people,
        ("orders", "state"): {each.value for each in OrderState},
        ("orders", "kind"): {"ONE_OFF", "RECURRING"},
        ("matches", "state"): {each.value for each in MatchState},
        ("matches", "kind"): {"ASSISTANT", "PROVIDER"},
    }


async def test_every_column_that_may_be_null_is_null_somewhere_and_set_somewhere(
    database: object, owner_url: str
) -> None:
    await build(owner_url)
    columns = await fetch(
        "SELECT table_name AS t, column_name AS c FROM information_schema.columns "
        "WHERE table_schema = 'public' AND is_nullable = 'YES' AND table_name = ANY($1)",
        list(TABLES),
    )
    for each in columns:
        (row,) = await fetch(
            f"SELECT count(*) = count({each['c']}) AS full, count({each['c']}) = 0 AS empty "  # noqa: S608  our own names
            f"FROM {each['t']}"
        )
        assert row == {"full": False, "empty": False}, each


async def test_the_ids_are_those_of_the_graph(
    anonymous: Client, database: object, owner_url: str
) -> None:
    await build(owner_url)
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    found = await anonymous.data(query, ids=IDS["provider"])
    assert [each["id"] for each in found["nodes"]] == IDS["provider"]
