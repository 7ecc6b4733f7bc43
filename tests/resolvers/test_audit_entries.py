"""The audit entries: everybody reads the sealed history of what concerns them, and no other."""

from typing import Any

import pytest

from domain.ids import encode
from models.database import fetch
from services import clock
from services.audit import seal_some
from services.order import create_order, release_order
from services.session import viewer_acting
from tests.graph import As, Client
from tests.people import (
    Place,
    make_seeker,
)
from tests.resolvers.happening import OWN, Scene, make_scene
from tests.services.delegating import acting
from tests.services.scenes import KEYS, weekly

AUDIT = """query($where: AuditFilter) { auditEntries(first: 100, where: $where,
  orderBy: OLDEST_FIRST) { nodes { machine action aggregate source target version actorRole
    onBehalf actedBy sealed hash actor { id } principal { id } person { id } order { id }
    match { id } } } }"""


async def audit(client: Client, **where: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.data(AUDIT, where=where))["auditEntries"]["nodes"]
    return found


@pytest.fixture
async def scene(place: Place) -> Scene:
    return await make_scene(place)


async def test_everybody_reads_the_audit_entries_that_concern_them(
    as_: As, place: Place, scene: Scene
) -> None:
    def actions(entries: list[dict[str, Any]]) -> list[str]:
        return [f"{each['machine']} {each['action']}" for each in entries]

    seeker = await audit(await as_(scene.people["seeker"]))
    assert actions(seeker) == [" ".join(each.split()[:2]) for each in OWN]
    assert [each["actor"] is None for each in seeker] == [
        each["actorRole"] != "SEEKER" for each in seeker
    ]
    key = encode("user", "03155", scene.people["seeker"].id)
    assert {each["person"]["id"] for each in seeker} == {key}
    assert actions(await audit(await as_(scene.people["first"]))) == [
        "MATCH ACCEPT_ORDER",
        "ORDER FIRST_ACCEPTANCE",
        "MATCH HOLD",
    ]
    assert actions(await audit(await as_(scene.people["no"]))) == ["MATCH DECLINE_ORDER"]
    assert await audit(await as_(scene.people["silent"])) == []
    assert await audit(await as_(await make_seeker(place))) == []
    everything = await audit(await as_(place.officer))
    (row,) = await fetch("SELECT count(*) AS n FROM transitions")
    assert len(everything) == row["n"]
    assert any(each["actor"] for each in everything)


async def test_nobody_in_particular_reads_nothing(anonymous: Client, scene: Scene) -> None:
    assert await audit(anonymous) == []
    assert (await anonymous.data("{ deeds { totalCount } }"))["deeds"]["totalCount"] == 0


async def test_who_acted_is_named_to_the_person_and_to_staff_alone(as_: As, place: Place) -> None:
    seeker = await make_seeker(place)
    helper, delegation, secret = await acting(place, seeker)
    viewer = await viewer_acting(secret, delegation.id, clock.now())
    order = await create_order(viewer, None, weekly())
    await release_order(viewer, None, order.id)
    name = f"{helper.first_name} {helper.last_name}"
    where = {"orderId": encode("order", "03155", order.id)}
    for person in (seeker, place.officer):
        (entry,) = await audit(await as_(person), **where)
        assert (entry["onBehalf"], entry["actedBy"], entry["actorRole"]) == (True, name, "SEEKER")
    assert await audit(await as_(helper), **where) == []
    client = await as_(helper)
    client.headers["Acting-For"] = encode("delegation", "03155", delegation.id)
    (entry,) = await audit(client, **where)
    assert (entry["onBehalf"], entry["actedBy"]) == (True, None)


async def test_an_entry_is_sealed_and_its_seal_shown(as_: As, scene: Scene) -> None:
    client = await as_(scene.people["seeker"])
    assert {each["sealed"] for each in await audit(client)} == {False}
    while await fetch(
        "SELECT FROM transitions t "
        "WHERE NOT EXISTS (SELECT FROM audit_seals WHERE transition_id = t.id) LIMIT 1"
    ):
        await seal_some(KEYS, clock.now())
    found = await audit(client)
    assert all(each["sealed"] and len(each["hash"]) == 64 for each in found)


async def test_entries_are_filtered_by_thing_person_kind_action_and_time(
    as_: As, place: Place, scene: Scene
) -> None:
    officer, match = await as_(place.officer), scene.matches["second"]
    key = encode("match", "03155", match.id)
    found = await audit(officer, aggregate=key)
    assert [each["action"] for each in found] == ["SUGGEST", "ACCEPT_ORDER", "AWARD_ORDER"]
    assert {each["aggregate"] for each in found} == {match.id.hex}
    person = encode("user", "03155", scene.people["seeker"].id)
    of_person = await audit(officer, personId=person)
    assert [f"{each['machine']} {each['action']}" for each in of_person] == [
        " ".join(each.split()[:2]) for each in OWN
    ]
    assert len(await audit(officer, machine=["ORDER"], action=["AWARD_ORDER"])) == 1
    assert await audit(officer, atUntil="2026-01-01T00:00:00Z") == []
    assert len(await audit(officer, atFrom="2026-01-01T00:00:00Z")) >= len(OWN)
    other = await officer.send(AUDIT, where={"aggregate": key.replace("03155", "03156")})
    assert other["errors"][0]["extensions"]["code"] == "NOT_MY_DISTRICT"


async def test_staff_finds_what_somebody_did(as_: As, place: Place, scene: Scene) -> None:
    query = "query($where: DeedFilter) { deeds(where: $where) { nodes { action actor { id } } } }"
    key = encode("user", "03155", scene.people["no"].id)
    found = await (await as_(place.officer)).data(query, where={"actorId": key})
    assert found["deeds"]["nodes"] == [{"action": "DECLINE_ORDER", "actor": {"id": key}}]
    own = await (await as_(scene.people["no"])).data(query, where={"actorId": key})
    assert own["deeds"]["nodes"] == []
