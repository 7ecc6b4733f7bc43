"""Printouts over HTTP: for the parties, never cached, and misses are all alike."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.viewer import Role
from models.user import User
from services.clock import today
from tests.graph import As
from tests.people import Place, make_seeker, make_user
from tests.resolvers.test_delegation import agreed as delegated
from tests.services.contracting import agreed


@pytest.mark.parametrize(("form", "media"), [("html", "text/html"), ("pdf", "application/pdf")])
async def test_a_party_gets_the_page_and_the_file(
    as_: As, owner_url: str, place: Place, form: str, media: str
) -> None:
    both, contract = await agreed(owner_url, place)
    seeker = await as_(await User.get(id=both.seeker.id))
    answer = await seeker.get(f"/printouts/contract/{contract.id.hex}.{form}?lang=en")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_strangers_and_wrong_addresses_are_answered_alike(
    as_: As, owner_url: str, place: Place
) -> None:
    both, contract = await agreed(owner_url, place)
    stranger = await as_(place.officer)
    helper = await as_(await User.get(id=both.helper.id))
    for client, path in (
        (helper, f"contract/{uuid4().hex}.pdf"),
        (helper, "contract/x.pdf"),
        (helper, f"order/{contract.order_id.hex}.pdf"),
    ):
        assert (await client.get(f"/printouts/{path}")).status_code == 404
    assert (await stranger.get(f"/printouts/contract/{contract.id.hex}.html")).status_code == 200


async def test_whoever_acts_for_a_party_gets_it_by_a_link_as_long_as_that_holds(
    as_: As, owner_url: str, place: Place
) -> None:
    both, contract = await agreed(owner_url, place)
    relative = await make_user(Role.REPRESENTATIVE, place, released=False)
    seeker = await User.get(id=both.seeker.id)
    delegation: dict[str, Any] = await delegated(as_, seeker, relative)
    acts, stranger = await as_(relative), await as_(await User.get(id=both.helper.id))
    address = f"/printouts/contract/{contract.id.hex}.html?lang=de"
    assert (await acts.get(address)).status_code == 404
    link = f"{address}&actingFor={delegation['id']}"
    assert (await acts.get(link)).status_code == 200
    assert (await stranger.get(link)).status_code == 403
    key = {"delegationId": delegation["id"], "ifVersion": delegation["version"]}
    await (await as_(seeker)).do("revokeDelegation", key, "__typename")
    assert (await acts.get(link)).status_code == 403


async def test_nobody_gets_one_without_a_session(
    http: httpx.AsyncClient, owner_url: str, place: Place
) -> None:
    _both, contract = await agreed(owner_url, place)
    address = f"/printouts/contract/{contract.id.hex}.html"
    assert (await http.get(address)).status_code == 401
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert (await http.get(address, headers=cross)).status_code == 403


async def test_a_month_s_hours_are_there_in_every_form(
    as_: As, owner_url: str, place: Place
) -> None:
    both, contract = await agreed(owner_url, place)
    seeker = await as_(await User.get(id=both.seeker.id))
    query = """query($c: ID!, $m: String!) { monthlyStatement(contractId: $c, month: $m) {
      month minutes cents lines { minutes } printouts { form address } } }"""
    month = f"{today():%Y-%m}"
    key = f"contract_03155_{contract.id.hex}"
    found = (await seeker.data(query, c=key, m=month))["monthlyStatement"]
    assert (found["month"], found["minutes"], found["lines"]) == (month, 0, [])
    media = {"HTML": "text/html", "PDF": "application/pdf", "CSV": "text/csv"}
    for each in found["printouts"]:
        assert each["address"].endswith("?lang=de")
        answer = await seeker.get(each["address"])
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(media.pop(each["form"]))
    assert not media
    stranger = await as_(await make_seeker(place))
    assert (await stranger.data(query, c=key, m=month))["monthlyStatement"] is None
    for path in (
        f"statement/{contract.id.hex}-2999-01.csv",
        f"statement/{contract.id.hex}.csv",
        f"contract/{contract.id.hex}.csv",
    ):
        assert (await seeker.get(f"/printouts/{path}")).status_code == 404
    assert (await stranger.get(found["printouts"][2]["address"])).status_code == 404
