"""Advice centres beside what they advise about: payers, calculations, and those behind links."""

from typing import Any

import pytest

from models.advice_centre import AdviceCentre
from models.district import District
from portal.advice_centres import keep, read
from portal.demo.load import ADVICE
from schema.advice_centre import MOST_OF_A_KIND
from tests.conftest import Statements
from tests.graph import Client
from tests.people import Place

CENTRES = "adviceCentres(postcode: $postcode) { kind name address phone hours }"
PAYERS = f"""query($postcode: String) {{ payers(input: {{}}) {{ ... on Payers {{
  payers {{ payer {CENTRES} }} }} }} }}"""
BENEFITS = f"""query($postcode: String) {{
  careBenefits(input: {{grade: PG4, asOf: "2026-03-01"}}) {{
    ... on CareBenefits {{ benefits {{ kind {CENTRES} }} }} }}
  ownContribution(input: {{incomes: {{insuredWork: "45000"}}, asOf: "2026-03-01"}}) {{
    ... on Calculation {{ shareToken {CENTRES} }} }} }}"""
SHARED = f"""query($postcode: String, $token: String!) {{
  sharedCalculation(input: {{token: $token, asOf: "2026-04-01"}}) {{
    ... on SharedCalculation {{ now {{ ... on Calculation {{ {CENTRES} }} }} }} }} }}"""


@pytest.fixture(autouse=True)
async def _demo(place: Place) -> None:
    await keep("03155", read(ADVICE))


def _kinds(centres: list[dict[str, Any]]) -> list[str]:
    return [each["kind"] for each in centres]


async def _cost(client: Client, statements: Statements, query: str, **variables: Any) -> int:
    statements.clear()
    await client.data(query, **variables)
    return sum("advice_centres" in text for text in statements.texts)


async def test_each_payer_names_those_of_the_district_that_advise_about_it(
    anonymous: Client,
) -> None:
    found = (await anonymous.data(PAYERS, postcode=None))["payers"]["payers"]
    centres = {each["payer"]: each["adviceCentres"] for each in found}
    assert _kinds(centres["INTEGRATION_ASSISTANCE"]) == ["TEILHABEBERATUNG", "TRAEGER"]
    assert _kinds(centres["CARE_INSURANCE"]) == ["PFLEGESTUETZPUNKT"] * 2
    assert _kinds(centres["HELP_TO_CARE"]) == ["TEILHABEBERATUNG", *["PFLEGESTUETZPUNKT"] * 2]
    assert centres["PRIVATE"] == centres["HELP_TO_CARE"]
    assert centres["WHOEVER_GRANTS"] == centres["INTEGRATION_ASSISTANCE"]
    for others in ("ACCIDENT_INSURANCE", "COMPENSATION_OFFICE", "INTEGRATION_OFFICE"):
        assert _kinds(centres[others]) == ["TEILHABEBERATUNG"]
    assert centres["CARE_INSURANCE"][0]["hours"] == "Dienstag und Donnerstag 10 bis 16 Uhr"
    assert centres["CARE_INSURANCE"][0]["phone"] == "05561 000-20"


async def test_a_postcode_leaves_those_that_are_there_for_it(anonymous: Client) -> None:
    here = await anonymous.data(BENEFITS, postcode=" 37154 ")
    for benefit in here["careBenefits"]["benefits"]:
        names = [each["name"] for each in benefit["adviceCentres"]]
        assert names == ["Pflegestützpunkt Süd (erfunden)"], benefit["kind"]
    own = here["ownContribution"]
    assert _kinds(own["adviceCentres"]) == ["TEILHABEBERATUNG", "TRAEGER"]
    elsewhere = await anonymous.data(BENEFITS, postcode="99999")
    assert elsewhere["ownContribution"]["adviceCentres"] == []
    opened = await anonymous.data(SHARED, postcode="37154", token=own["shareToken"])
    assert opened["sharedCalculation"]["now"]["adviceCentres"] == own["adviceCentres"]


async def test_what_is_no_postcode_is_refused_at_its_field_and_costs_no_result(
    anonymous: Client,
) -> None:
    for query, fields in ((PAYERS, ("payers",)), (BENEFITS, ("careBenefits", "ownContribution"))):
        answer = await anonymous.send(query, postcode="abc")
        assert answer["errors"]
        for error in answer["errors"]:
            assert error["extensions"]["code"] == "POSTCODE_REFUSED"
            assert error["path"][-1] == "adviceCentres"
        assert all(answer["data"][field] for field in fields)
    assert answer["data"]["ownContribution"]["shareToken"]
    assert answer["data"]["ownContribution"]["adviceCentres"] is None


async def test_all_of_an_operation_are_read_by_one_statement_and_by_none_unasked(
    anonymous: Client, statements: Statements
) -> None:
    for postcode in (None, "37154"):
        assert await _cost(anonymous, statements, PAYERS, postcode=postcode) == 1
        assert await _cost(anonymous, statements, BENEFITS, postcode=postcode) == 1
    unasked = PAYERS.replace(CENTRES, "office").replace("($postcode: String)", "")
    assert await _cost(anonymous, statements, unasked) == 0


async def test_other_postcodes_of_one_operation_cost_nothing_more(
    anonymous: Client, statements: Statements
) -> None:
    asked = "".join(
        f'a{at}: adviceCentres(postcode: "{code}") {{ name }} '
        for at, code in enumerate(["37154", "99999", "37574"])
    )
    query = f"{{ payers(input: {{}}) {{ ... on Payers {{ payers {{ {asked} }} }} }} }}"
    assert await _cost(anonymous, statements, query) == 1
    assert sum('"municipalities"' in text for text in statements.texts) == 1


async def test_many_of_a_kind_leave_room_for_the_office_and_none_of_another_district_comes(
    anonymous: Client,
) -> None:
    await District.create(key="03156", name="Osterode", land="NI")
    peers = [each for each in read(ADVICE) if each.kind == "TEILHABEBERATUNG"]
    await keep("03156", peers)
    await keep("03155", [*peers * (MOST_OF_A_KIND + 1), read(ADVICE)[-1]])
    found = (await anonymous.data(PAYERS, postcode=None))["payers"]["payers"]
    one = next(each for each in found if each["payer"] == "INTEGRATION_ASSISTANCE")
    assert _kinds(one["adviceCentres"]) == ["TEILHABEBERATUNG"] * MOST_OF_A_KIND + ["TRAEGER"]
    assert await AdviceCentre.all().count() == MOST_OF_A_KIND + 3
