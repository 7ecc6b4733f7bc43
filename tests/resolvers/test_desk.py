"""What waits at the desk is counted by the graph, and is what the lists hold."""

from datetime import timedelta
from typing import Any

from domain.viewer import Role
from models.database import execute
from models.talk import Talk
from models.user import IdentityCheck
from services import clock
from tests.conftest import Statements
from tests.graph import As, Client
from tests.people import (
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
    make_user,
)

TASKS = """{ deskTasks { identityChecks releases proofsMissing proofsEnding { days number } }
  accounts(first: 100, where: { state: [REGISTERED], role: [SEEKER, ASSISTANT, COORDINATOR] }) {
    nodes { emailConfirmed identityChecks { verdict } availableActions { code available } } }
  proofsDue(first: 100) { totalCount } }"""


def due(data: dict[str, Any]) -> tuple[int, int]:
    """Of the accounts that wait: whose identity is unchecked, and who can be released."""
    waiting = data["accounts"]["nodes"]
    unchecked = [
        each
        for each in waiting
        if each["emailConfirmed"]
        and [check["verdict"] for check in each["identityChecks"]][-1:] != ["CONFIRMED"]
    ]
    release = {"code": "RELEASE_ACCOUNT", "available": True}
    return len(unchecked), sum(release in each["availableActions"] for each in waiting)


async def people(place: Place) -> None:
    """Some on their way, each further than the one before, and assistants with proofs that end."""
    ways = [await make_seeker(place, released=False) for _ in range(4)]
    ways.append(await make_assistant(place, released=False))
    await make_user(Role.COORDINATOR, place, released=False)
    ids = [each.id for each in ways]
    await execute("UPDATE users SET email_confirmed_at = NULL WHERE id = $1", ids[0])
    for each in ids[2:]:
        officer: dict[str, Any] = {"user_id": each, "officer_id": place.officer.id}
        verdicts = ["CONFIRMED", "REJECTED"] if each == ids[4] else ["CONFIRMED"]
        for verdict in verdicts:
            await IdentityCheck.create(
                **officer, document="PASSPORT", verdict=verdict, checked_on=clock.today()
            )
        if each != ids[2]:
            await Talk.create(**officer, channel="PHONE", outcome="DONE", held_at=clock.now())
    for days in (-1, 0, 7, 8, 30, 60, 61, None):
        user, until = await make_assistant(place), None
        if days is not None:
            until = clock.today() + timedelta(days=days)
        await execute("UPDATE assistants SET proofs_until = $2 WHERE id = $1", user.id, until)


async def test_the_desk_is_told_in_numbers_what_its_lists_hold(
    as_: As, place: Place, statements: Statements
) -> None:
    await people(place)
    desk = await as_(place.officer)
    data = await desk.data(TASKS)
    tasks = data["deskTasks"]
    assert (tasks["identityChecks"], tasks["releases"]) == due(data) == (3, 1)
    ending = {each["days"]: each["number"] for each in tasks["proofsEnding"]}
    assert ending == {7: 2, 30: 2, 60: 1}
    assert tasks["proofsMissing"] + sum(ending.values()) == data["proofsDue"]["totalCount"]
    statements.clear()
    await desk.data("{ deskTasks { releases proofsMissing } }")
    assert sum("assistants" in text for text in statements.texts) == 2


async def test_nobody_else_is_told(as_: As, anonymous: Client, place: Place) -> None:
    coordinator = await make_coordinator(place, await make_provider(place))
    people = (await make_seeker(place), await make_assistant(place), coordinator)
    for client in (anonymous, *[await as_(user) for user in people]):
        assert await client.data("{ deskTasks { releases } }") == {"deskTasks": None}
