"""`codes` and `reset-second-factor`: signing in to the demo, helping who has lost everything."""

import json
from datetime import UTC, datetime

import pytest

from domain.viewer import Role
from models.second_factor import SecondFactor
from tests.people import Place, make_place, make_user
from tests.portal.commanding import Portal

pytestmark = pytest.mark.slow


@pytest.fixture
async def place(portal: Portal, database: object) -> Place:
    return await make_place()


async def with_factor(place: Place, email: str, *, shared: bool) -> SecondFactor:
    user = await make_user(Role.ADMINISTRATION, place, email=email)
    return await SecondFactor.create(
        id=user.id, user_id=user.id, version=1, shared=shared, confirmed_at=datetime.now(UTC)
    )


async def test_codes_are_shown_of_the_demo_and_of_nobody_else(place: Place, portal: Portal) -> None:
    await with_factor(place, "chief@assistenz.example", shared=False)
    said = await portal("codes")
    assert (said.code, said.out) == (1, "")
    assert "not the database of a demo" in said.err
    await with_factor(place, "administration@assistenz-portal.example", shared=True)
    said = await portal("codes", "--json")
    codes = {each["role"]: each["code"] for each in json.loads(said.out)}
    assert codes["ADMINISTRATION"].isdigit()
    assert codes["SEEKER"] == ""


async def test_the_machine_helps_an_account_by_its_address(place: Place, portal: Portal) -> None:
    factor = await with_factor(place, "chief@assistenz.example", shared=False)
    said = await portal("reset-second-factor", "chief@assistenz.example")
    assert (said.code, said.err) == (0, "")
    assert not (await SecondFactor.get(id=factor.id)).holds
    said = await portal("reset-second-factor", "chief@assistenz.example")
    assert (said.code, said.out) == (1, "")
