"""The number of SQL statements of a read does not grow with its number of rows."""

from typing import Any

import pytest

from models.database import execute, transaction
from models.match import Match
from notifications.message import MailKind, announce_again
from tests.conftest import Statements
from tests.graph import As, Client
from tests.orders import ask, make_order
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
)

ORDER = """id state stateLabel nextStep description activities { code label } windows { weekday }
  municipality { name } suggestedCount acceptedCount draftIssues
  availableActions { code available }
  seeker { firstName needs { code } windows { weekday } municipality { name } }
  myMatch { id state availableActions { code } }
  timeline(first: 5) { totalCount nodes { id at sentence actorSide state match { id } }
    pageInfo { hasNextPage } }
  matches(first: 5) { totalCount nodes { id state nextStep distanceClass
    assistant { firstName activities { code } municipality { name } provider { name } }
    provider { name activities { code } municipalities { name } } order { id } } }"""
READS = {
    "orders": f"{{ orders(first: 20) {{ totalCount nodes {{ {ORDER} }} }} }}",
    "suggestedOrders": (f"{{ suggestedOrders(first: 20) {{ totalCount nodes {{ {ORDER} }} }} }}"),
    "matches": """{ matches(first: 100) { totalCount nodes { id order { id description }
      assistant { firstName } provider { name } availableActions { code } nextStep } } }""",
    "history": """{ auditEntries(first: 100) { totalCount nodes { id action actionLabel actedBy
      sealed hash actor { id } principal { id } person { id } order { id description }
      match { id state } } } }""",
    "news": """{ notifications(first: 100) { totalCount nodes { title text
      order { id description } match { id state order { id } } meeting { id dates { startsAt } }
      contract { id } appointment { id startsAt } nomination { id } } } }""",
    "accounts": """{ accounts(first: 100) { totalCount nodes { id firstName nextStep
      talks { outcome answers { careGrade } } identityChecks { verdict } municipality { name }
      seeker { introduction } assistant { introduction } provider { name }
      availableActions { code available } } } }""",
}

# The session, one statement per level of lists, and one for the number of all rows.
MOST = {
    "orders": 6,
    "suggestedOrders": 6,
    "matches": 3,
    "accounts": 5,
    "references": 2,
    "history": 3,
    "news": 4,
}


async def _count(client: Client, statements: Statements, query: str, **variables: Any) -> int:
    await client.data(query, **variables)
    statements.clear()
    await client.data(query, **variables)
    # The hub looks for events once a second, whoever reads.
    return sum("events" not in text for text in statements.texts)


async def _grow(place: Place, people: dict[str, Any], number: int) -> None:
    for _ in range(number):
        order = await make_order(people["seeker"])
        await ask(order)
        await execute("UPDATE matches SET state = 'ACCEPTED' WHERE order_id = $1", order.id)
    assert place


async def _people(place: Place) -> dict[str, Any]:
    provider = await make_provider(place)
    return {
        "seeker": await make_seeker(place),
        "assistant": await make_assistant(place),
        "coordinator": await make_coordinator(place, provider),
        "staff": place.officer,
    }


@pytest.mark.parametrize(
    ("role", "read"),
    [
        ("seeker", "orders"),
        ("staff", "orders"),
        ("assistant", "suggestedOrders"),
        ("coordinator", "suggestedOrders"),
        ("seeker", "matches"),
        ("staff", "matches"),
        ("seeker", "history"),
        ("assistant", "history"),
        ("staff", "history"),
    ],
)
async def test_a_list_costs_the_same_for_one_ten_and_many_orders(
    as_: As, place: Place, statements: Statements, role: str, read: str
) -> None:
    people = await _people(place)
    client = await as_(people[role])
    counts = []
    for more in (1, 9, 15):
        await _grow(place, people, more)
        counts.append(await _count(client, statements, READS[read]))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= MOST[read]


async def test_the_list_of_accounts_costs_the_same_for_one_ten_and_many(
    as_: As, place: Place, statements: Statements
) -> None:
    client = await as_(place.officer)
    counts = []
    for more in (1, 9, 25):
        for _ in range(more):
            await make_seeker(place)
        counts.append(await _count(client, statements, READS["accounts"]))
    assert len(set(counts)) == 1, counts
    assert counts[-1] <= MOST["accounts"]


async def test_what_news_is_about_costs_the_same_for_one_ten_and_many(
    as_: As, place: Place, statements: Statements
) -> None:
    people = await _people(place)
    client = await as_(people["seeker"])
    counts = []
    for more in (1, 9, 15):
        await _grow(place, people, more)
        for match in await Match.all():
            async with transaction():
                about = match.id if match.id.int % 2 else match.order_id
                await announce_again(MailKind.NEW_MESSAGE, people["seeker"].id, reference=about)
        counts.append(await _count(client, statements, READS["news"]))
    assert len(set(counts)) == 1, counts
    assert counts[-1] <= MOST["news"]


async def test_references_cost_the_same_for_one_ten_and_a_hundred(
    as_: As, place: Place, statements: Statements
) -> None:
    people = await _people(place)
    client = await as_(people["seeker"])
    orders = [await make_order(people["seeker"]) for _ in range(100)]
    query = """query($r: [_Any!]!) { _entities(representations: $r) {
      ... on Order { id description activities { code } municipality { name } } } }"""
    counts = []
    for number in (1, 10, 100):
        keys = [
            {"__typename": "Order", "id": f"order_03155_{order.id.hex}"}
            for order in orders[:number]
        ]
        counts.append(await _count(client, statements, query, r=keys))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= MOST["references"]
