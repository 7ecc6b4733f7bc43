"""Printouts over HTTP: for the parties, never cached, and misses are all alike."""

from uuid import uuid4

import httpx
import pytest

from models.user import User
from tests.graph import As
from tests.people import Place
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


async def test_nobody_gets_one_without_a_session(
    http: httpx.AsyncClient, owner_url: str, place: Place
) -> None:
    _both, contract = await agreed(owner_url, place)
    address = f"/printouts/contract/{contract.id.hex}.html"
    assert (await http.get(address)).status_code == 401
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert (await http.get(address, headers=cross)).status_code == 403
