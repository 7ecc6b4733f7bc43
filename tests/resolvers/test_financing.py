"""Calculators over the graph: open to everybody, said in words, and refused field by field."""

from typing import Any

import pytest

from tests.graph import Client
from tests.people import Place

OWN = """query($i: OwnContributionInput!) { ownContribution(input: $i) { __typename
  ... on Calculation { kind title amount text unit asOf version disclaimer whereToAsk
    steps { code title operation formula formulaInWords amount text unit rounding paragraph
      outcome outcomeLabel note operands { code label value text unit origin } }
    figures { code label value text unit validFrom validTo paragraph verifiedOn source confidence }
    assumptions { code text } missing { code text } warnings { code text } }
  ... on Refusal { code message field path remedy }
  ... on InputRefused { problems { code field } } } }"""
SAID: dict[str, Any] = {"incomes": {"insuredWork": "45000"}, "asOf": "2026-03-01"}


async def own(client: Client, **said: Any) -> dict[str, Any]:
    answer: dict[str, Any] = (await client.data(OWN, i={**SAID, **said}))["ownContribution"]
    return answer


async def test_anybody_gets_the_own_contribution_with_its_steps(
    anonymous: Client, place: Place
) -> None:
    anonymous.headers["Accept-Language"] = "en"
    found = await own(anonymous)
    assert (found["amount"], found["unit"], found["text"]) == (
        "90",
        "EUR_PER_MONTH",
        "€90.00\N{NO-BREAK SPACE}a\N{NO-BREAK SPACE}month",
    )
    last = found["steps"][-1]
    assert (last["code"], last["amount"], last["rounding"]) == (
        "MONTHLY_CONTRIBUTION",
        "90",
        "TEN_DOWN",
    )
    assert last["formula"] == "2% of €4,659.00 = €93.18, rounded down to a full ten: €90.00"
    assert {each["code"]: each["value"] for each in found["figures"]} == {
        "anteil.insured_work": "85",
        "bezugsgroesse": "47460",
        "eigenbeitrag.share": "2",
    }
    assert [each["code"] for each in found["missing"]] == ["BENEFIT"]


async def test_what_cannot_be_calculated_with_is_refused_at_its_field(
    anonymous: Client, place: Place
) -> None:
    wrong = {"insuredWork": "-1", "pension": "1E+30", "other": "0.001", "uninsuredWork": "sNaN"}
    refused = await own(anonymous, incomes=wrong, children=21, benefit="-0.01", oneOffPrice="1E+2")
    assert {(each["code"], each["field"]) for each in refused["problems"]} == {
        ("AMOUNT_REFUSED", "incomes.insuredWork"),
        ("AMOUNT_REFUSED", "incomes.uninsuredWork"),
        ("AMOUNT_REFUSED", "incomes.pension"),
        ("AMOUNT_REFUSED", "incomes.other"),
        ("NUMBER_OUT_OF_RANGE", "children"),
        ("AMOUNT_REFUSED", "benefit"),
        ("AMOUNT_REFUSED", "oneOffPrice"),
        ("CONTRADICTS_ANSWER", "oneOffPrice"),
    }
    assert refused["path"] == ["input", "incomes", "insuredWork"]


async def test_a_day_without_law_is_refused_in_words(anonymous: Client, place: Place) -> None:
    refused = await own(anonymous, asOf="2031-01-01")
    assert (refused["code"], refused["field"]) == ("FIGURE_NOT_KNOWN", "asOf")
    assert refused["message"].startswith("Für den 1. Januar 2031 kennen wir diesen Wert nicht:")


@pytest.mark.parametrize("day", ["2026-04-29", "2026-04-30"])
async def test_a_day_after_the_last_look_is_warned_of(
    anonymous: Client, place: Place, day: str
) -> None:
    found = await own(anonymous, asOf=day)
    warned = [each["code"] for each in found["warnings"]]
    assert warned == (["FIGURES_NOT_VERIFIED"] if day > "2026-04-29" else [])


SHARED = """query($i: SharedCalculationInput!) { sharedCalculation(input: $i) { __typename
  ... on SharedCalculation { kind title figuresChanged shown { amount text unit asOf version }
    now { __typename ... on Calculation { amount asOf warnings { code } }
      ... on Refusal { code } } }
  ... on Refusal { code field } } }"""
TOKEN = """query($i: OwnContributionInput!) { ownContribution(input: $i) {
  ... on Calculation { shareToken } } }"""


async def test_a_link_shows_what_was_shown_then_and_what_it_would_be_now(
    anonymous: Client, place: Place
) -> None:
    said = {**SAID, "asOf": "2024-05-01"}
    token = (await anonymous.data(TOKEN, i=said))["ownContribution"]["shareToken"]

    async def opened(day: str) -> dict[str, Any]:
        answer = await anonymous.data(SHARED, i={"token": token, "asOf": day})
        found: dict[str, Any] = answer["sharedCalculation"]
        return found

    later = await opened("2026-05-01")
    assert (later["shown"]["amount"], later["shown"]["asOf"]) == ("170", "2024-05-01")
    assert (later["now"]["amount"], later["now"]["asOf"]) == ("90", "2026-05-01")
    assert later["figuresChanged"] is True
    assert later["now"]["warnings"][0]["code"] == "FACTS_OF_ANOTHER_YEAR"
    same = await opened("2024-06-01")
    assert same["now"]["warnings"] == []
    assert (same["now"]["amount"], same["figuresChanged"]) == ("170", False)
    unknown = await opened("2031-01-01")
    assert (unknown["shown"]["amount"], unknown["figuresChanged"]) == ("170", None)
    assert unknown["now"]["code"] == "FIGURE_NOT_KNOWN"


PLOTTED = """query($i: SharedCalculationInput!) { sharedCalculation(input: $i) {
  ... on SharedCalculation { curve(points: 3) { __typename
    ... on OwnContributionCurve { asOf here { income amount } points { income } }
    ... on Refusal { code } } } } }"""
ASSETS = """query($i: OwnAssetsInput!) { ownAssets(input: $i) {
  ... on Calculation { shareToken } } }"""


async def test_a_link_to_an_own_contribution_has_its_curve_with_the_law_of_the_day(
    anonymous: Client, place: Place
) -> None:
    token = (await anonymous.data(TOKEN, i=SAID))["ownContribution"]["shareToken"]

    async def curve(day: str, of: str = token) -> Any:
        answer = await anonymous.data(PLOTTED, i={"token": of, "asOf": day})
        return answer["sharedCalculation"]["curve"]

    found = await curve("2024-05-01")
    assert found["asOf"] == "2024-05-01"
    assert found["here"] == {"income": "45000", "amount": "170"}
    assert [each["income"] for each in found["points"]] == ["0.00", "40000.00", "80000.00"]
    assert (await curve("2031-01-01"))["code"] == "FIGURE_NOT_KNOWN"
    assets = await anonymous.data(ASSETS, i={"assets": "1", "asOf": "2026-03-01"})
    assert await curve("2026-03-01", assets["ownAssets"]["shareToken"]) is None


async def test_a_link_that_is_not_ours_is_refused(anonymous: Client, place: Place) -> None:
    refused = (await anonymous.data(SHARED, i={"token": "abc"}))["sharedCalculation"]
    assert (refused["code"], refused["field"]) == ("CALCULATION_LINK_INVALID", "token")


CURVE = """query($i: OwnContributionInput!, $until: Decimal!, $points: Int!) {
  ownContributionCurve(input: $i, until: $until, points: $points) { __typename
    ... on OwnContributionCurve { code unit here { income amount text } points { income amount }
      warnings { code text } }
    ... on InputRefused { problems { code field } } } }"""


async def test_a_curve_says_what_the_calculator_says_at_each_of_its_points(
    anonymous: Client, place: Place
) -> None:
    said = {**SAID, "incomes": {"insuredWork": "45000", "pension": "3000"}, "children": 1}
    found = (await anonymous.data(CURVE, i=said, until="80000", points=9))["ownContributionCurve"]
    assert (found["code"], found["unit"]) == ("income.insured_work", "EUR_PER_MONTH")
    assert [each["income"] for each in found["points"]] == [
        f"{each}0000.00" for each in range(1, 9)
    ]
    for point in [*found["points"], found["here"]]:
        work = str(float(point["income"]) - 3000)
        alone = await own(
            anonymous, **{**said, "incomes": {"insuredWork": work, "pension": "3000"}}
        )
        assert point["amount"] == alone["amount"]
    assert found["here"]["income"] == "48000"
    refused = await anonymous.data(CURVE, i={**said, "children": -1}, until="-1", points=202)
    assert {each["field"] for each in refused["ownContributionCurve"]["problems"]} == {
        "children",
        "until",
        "points",
    }


async def test_a_curve_carries_the_warning_of_its_calculator(
    anonymous: Client, place: Place
) -> None:
    said = {**SAID, "asOf": "2026-04-30"}
    found = (await anonymous.data(CURVE, i=said, until="80000", points=2))["ownContributionCurve"]
    assert found["warnings"] == (await own(anonymous, asOf="2026-04-30"))["warnings"]
    assert [each["code"] for each in found["warnings"]] == ["FIGURES_NOT_VERIFIED"]


@pytest.mark.parametrize(("until", "refused"), [("0", True), ("3000", True), ("3001", False)])
async def test_a_curve_ends_above_the_incomes_that_stay(
    anonymous: Client, place: Place, until: str, *, refused: bool
) -> None:
    said = {**SAID, "incomes": {"insuredWork": "45000", "pension": "3000"}}
    found = (await anonymous.data(CURVE, i=said, until=until, points=3))["ownContributionCurve"]
    assert ([each["field"] for each in found.get("problems", [])] == ["until"]) is refused


async def test_with_two_kinds_of_income_the_step_says_that_the_limit_can_jump(
    anonymous: Client, place: Place
) -> None:
    mixed = {"insuredWork": "22500.01", "pension": 22500}
    found = await own(anonymous, incomes=mixed)
    first = found["steps"][0]
    assert (first["code"], first["outcome"]) == ("PREDOMINANT_INCOME", "INSURED_WORK")
    assert "springt die Grenze" in first["note"]
    flipped = await own(anonymous, incomes={**mixed, "pension": "22500.02"})
    assert flipped["steps"][0]["outcome"] == "PENSION"
    assert int(flipped["amount"]) > int(found["amount"])
