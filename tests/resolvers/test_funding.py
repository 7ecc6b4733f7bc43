"""Funding sources over the graph: whose they are, who sees them, and by how many statements."""

from datetime import timedelta
from typing import Any

import pytest

from domain.funding import FundingInstrument, FundingPeriod
from domain.user import Payer
from domain.viewer import Viewer
from models.user import User
from services import clock
from services.funding import record_funding_source
from services.funding_charge import fund_contract
from tests.conftest import Statements
from tests.graph import As, Client
from tests.people import Place, make_assistant, make_seeker, viewer_for
from tests.resolvers.test_delegation import acting, agreed, helper, seeker
from tests.services.dating import House, served
from tests.services.funding import approved, confirmed, terms

__all__ = ["helper", "seeker"]  # fixtures

BALANCE = """balance { leftCents usedPercent runsOutOn steps { code formula } }"""
FILES = f"""{{ accounts(where: {{state: [RELEASED]}}, first: 20) {{ nodes {{ seeker {{ id
  fundingSources(first: 5) {{ totalCount nodes {{ id state instrumentLabel {BALANCE}
    charges(first: 5) {{ nodes {{ minutes cents }} }} }} }} }} }} }} }}"""
OWN = f"""{{ fundingSources(first: 100) {{ totalCount nodes {{ id state nextStep {BALANCE}
  seeker {{ id firstName }} availableActions {{ code available }}
  charges(first: 5) {{ nodes {{ minutes cents legalBasis appointment {{ id }} }} }} }} }} }}"""
FILTERED = """query($w: FundingSourceFilter) { fundingSources(where: $w) {
  nodes { instrument state seeker { id } } } }"""
MINE = "{ viewer { user { seeker { fundingSources { nodes { instrument } } } } } }"
STATEMENT = """query($id: ID!, $month: String!) { monthlyStatement(contractId: $id, month: $month) {
  lines { minutes parts { minutes cents payer legalBasis } } } }"""
FUNDED = """query($id: ID!) { contract(id: $id) { funding { place source { id payerLabel } } } }"""


def _seeker_id(viewer: Viewer | User) -> str:
    assert viewer.id is not None
    return f"seeker_03155_{viewer.id.hex}"


async def _client(as_: As, viewer: Viewer) -> Client:
    return await as_(await User.get(id=viewer.id))


async def _counted(client: Client, statements: Statements, query: str, **variables: Any) -> int:
    await client.data(query, **variables)
    statements.clear()
    await client.data(query, **variables)
    return sum("events" not in text for text in statements.texts)


async def test_a_seekers_file_holds_the_sources_for_the_seeker_who_acts_and_staff(
    as_: As, place: Place, seeker: User, helper: User
) -> None:
    await approved(await viewer_for(seeker))
    own = await as_(seeker)
    acts = acting(await as_(helper), await agreed(as_, seeker, helper))
    for client in (own, acts):
        found = (await client.data(MINE))["viewer"]["user"]["seeker"]["fundingSources"]
        assert found == {"nodes": [{"instrument": "PERSONAL_BUDGET"}]}
    files = (await (await as_(place.officer)).data(FILES))["accounts"]["nodes"]
    counts = {
        each["seeker"]["id"]: each["seeker"]["fundingSources"]["totalCount"]
        for each in files
        if each["seeker"]
    }
    assert counts[_seeker_id(seeker)] == 1


async def test_whoever_comes_sees_the_person_and_no_source(
    as_: As, place: Place, owner_url: str
) -> None:
    house = await served(owner_url, place)
    await approved(house.seeker)
    query = """query($id: ID!) { node(id: $id) { ... on Seeker {
      firstName fundingSources { nodes { id } } } } }"""
    for viewer in (house.helper, house.coordinator):
        client = await _client(as_, viewer)
        found = (await client.data(query, id=_seeker_id(house.seeker)))["node"]
        assert found["firstName"]
        assert found["fundingSources"] is None
        assert (await client.data(OWN))["fundingSources"]["nodes"] == []


async def test_staff_filter_by_person_state_and_benefit(as_: As, place: Place) -> None:
    one, other = [await viewer_for(await make_seeker(place)) for _ in range(2)]
    await approved(one)
    relief = terms(
        instrument=FundingInstrument.RELIEF_AMOUNT,
        payer=None,
        cents=125_00,
        per=FundingPeriod.MONTH,
        valid_from=clock.today().replace(day=1),
    )
    await record_funding_source(other, None, relief)
    staff = await as_(place.officer)

    async def found(client: Client, **where: Any) -> list[str]:
        nodes = (await client.data(FILTERED, w=where))["fundingSources"]["nodes"]
        return [each["instrument"] for each in nodes]

    assert await found(staff, seekerId=_seeker_id(one)) == ["PERSONAL_BUDGET"]
    assert await found(staff, state=["APPLIED"]) == ["RELIEF_AMOUNT"]
    assert await found(staff, instrument=["RELIEF_AMOUNT", "PRIVATE"]) == ["RELIEF_AMOUNT"]
    assert await found(staff, seekerId=_seeker_id(one), state=["APPLIED"]) == []
    assert len(await found(staff)) == 2
    assert await found(await _client(as_, other), seekerId=_seeker_id(one)) == []


async def _grow(owner_url: str, house: House, days: range, sources: int) -> None:
    rows = [await approved(house.seeker, cents=1_000) for _ in range(sources)]
    await fund_contract(house.seeker, None, house.contract, [row.id for row in rows])
    await confirmed(owner_url, house.seeker, house.contract, *days)


@pytest.mark.parametrize("who", ["seeker", "staff"])
async def test_sources_cost_the_same_for_one_and_many(
    as_: As, place: Place, owner_url: str, statements: Statements, who: str
) -> None:
    house = await served(owner_url, place)
    client = await (as_(place.officer) if who == "staff" else _client(as_, house.seeker))
    contract = f"contract_03155_{house.contract.hex}"
    month = f"{clock.today():%Y-%m}"
    counts = []
    for days, sources in ((range(1, 2), 1), (range(2, 7), 6)):
        await _grow(owner_url, house, days, sources)
        await approved(await viewer_for(await make_seeker(place)))
        counts.append(
            (
                await _counted(client, statements, OWN),
                await _counted(client, statements, FUNDED, id=contract),
                await _counted(client, statements, STATEMENT, id=contract, month=month),
            )
        )
    assert counts[0] == counts[1], counts
    # The session and one per level of lists; a page that is not full needs no count of its own.
    sources_read, funding_read, statement_read = counts[0]
    assert sources_read <= 4
    assert funding_read <= 3
    assert statement_read <= 7


async def test_the_files_of_all_people_cost_the_same_for_one_and_many(
    as_: As, place: Place, statements: Statements
) -> None:
    client = await as_(place.officer)
    counts = []
    for more in (1, 9):
        for _ in range(more):
            viewer = await viewer_for(await make_seeker(place))
            for _ in range(2):
                await approved(viewer, payer=Payer.OTHER)
        counts.append(await _counted(client, statements, FILES))
    assert counts[0] == counts[1] <= 5, counts


async def test_a_used_up_source_names_the_day_of_the_hours_that_it_paid_in_part(
    as_: As, place: Place, owner_url: str
) -> None:
    house = await served(owner_url, place)
    row, client = await approved(house.seeker, cents=30_00), await _client(as_, house.seeker)
    (source,) = (await client.data(OWN))["fundingSources"]["nodes"]
    assert "wählen" in source["nextStep"]
    await fund_contract(house.seeker, None, house.contract, [row.id])
    (source,) = (await client.data(OWN))["fundingSources"]["nodes"]
    assert "wählen" not in source["nextStep"]
    await confirmed(owner_url, house.seeker, house.contract, 20, 9, 3)
    (source,) = (await client.data(OWN))["fundingSources"]["nodes"]
    assert source["balance"]["leftCents"] == 0
    assert source["nextStep"].startswith("Das Budget ist aufgebraucht.")
    assert source["balance"]["runsOutOn"] == (clock.today() - timedelta(days=9)).isoformat()


async def test_whoever_is_no_party_reads_no_source_by_its_id(as_: As, place: Place) -> None:
    row = await approved(await viewer_for(await make_seeker(place)))
    query = "query($id: ID!) { fundingSource(id: $id) { id } }"
    stranger = await as_(await make_assistant(place))
    key = f"fundingsource_03155_{row.id.hex}"
    assert (await stranger.data(query, id=key))["fundingSource"] is None
