"""Help to care over the graph: open to everybody, a span with its reasons, the regime in words."""

from typing import Any

from tests.graph import Client
from tests.people import Place

SHOWN = """{ __typename
  ... on Calculation { title amount text reading unit least leastText shareToken
    steps { code title formula text outcome outcomeLabel operands { label } }
    reasons { code text } assumptions { code text } missing { code text } warnings { code text } }
  ... on Refusal { code field path }
  ... on InputRefused { problems { code field } } }"""


async def asked(client: Client, root: str, said: dict[str, Any]) -> dict[str, Any]:
    kind = f"{root[0].upper()}{root[1:]}Input"
    query = f"query($i: {kind}!) {{ {root}(input: $i) {SHOWN} }}"
    answer: dict[str, Any] = (await client.data(query, i={"asOf": "2026-03-01", **said}))[root]
    return answer


async def behind_its_link(client: Client, found: dict[str, Any]) -> Any:
    query = """query($t: String!) { sharedCalculation(input: {token: $t}) {
      ... on SharedCalculation { shown { text reading } } } }"""
    return (await client.data(query, t=found["shareToken"]))["sharedCalculation"]["shown"]


async def test_anybody_gets_the_span_that_the_law_leaves_and_why(
    anonymous: Client, place: Place
) -> None:
    anonymous.headers["Accept-Language"] = "en"
    said = {
        "eingliederungshilfe": False,
        "own": {"earnings": "1000", "taxes": "50", "workCosts": "5.20"},
        "partner": {"pensions": "1600"},
        "grade": "PG4",
        "housing": "500",
        "need": "900",
        "assets": "20000",
        "otherAssets": "0.01",
    }
    found = await asked(anonymous, "helpToCare", said)
    # 1,000 − 50 − 5.20 − 365.95 + 1,600 = 2,178.85, limit 1,126 + 500 + 395 = 2,021; 40 % of 157.85
    assert (found["amount"], found["least"]) == ("63.14", "0")
    assert found["leastText"] == "€0.00\N{NO-BREAK SPACE}a\N{NO-BREAK SPACE}month"
    assert found["reading"] == "AFTER_ASSETS"
    assert found["text"].replace("\N{NO-BREAK SPACE}", " ") == (
        "first the assets above what may be kept: you pay all until they are used; "
        "then at most €63.14 a month from income"
    )
    reasons = [each["code"] for each in found["reasons"]]
    assert reasons == ["NOT_EINGLIEDERUNGSHILFE", "AT_LEAST_SIXTY_SPARED", "APPROPRIATE_PART"]
    assert all(each["text"].endswith(".") for each in found["reasons"])
    assert [each["code"] for each in found["warnings"]] == ["CARE_ASSETS_COME_FIRST"]
    assert found["missing"] == []
    shown = {"text": found["text"], "reading": "AFTER_ASSETS"}
    assert await behind_its_link(anonymous, found) == shown


async def test_the_regime_and_what_relatives_pay_are_said_in_words(
    anonymous: Client, place: Place
) -> None:
    anonymous.headers["Accept-Language"] = "de"
    regime = await asked(anonymous, "careRegime", {"eingliederungshilfe": True, "living": "HOME"})
    assert {each["outcome"] for each in regime["steps"]} == {"LIMITS_OPEN"}
    assert [each["code"] for each in regime["missing"]] == ["BEFORE_PENSION_AGE", "GOALS_REACHABLE"]
    rich = {"benefit": "HELP_TO_CARE", "parents": ["100000", "100000.01"]}
    parents = await asked(anonymous, "parentalContribution", rich)
    assert parents["text"].replace("\N{NO-BREAK SPACE}", " ") == (
        "26,00 € im Monat, möglicherweise mehr"
    )
    assert parents["reading"] == "POSSIBLY_MORE"
    shown = {"text": parents["text"], "reading": "POSSIBLY_MORE"}
    assert await behind_its_link(anonymous, parents) == shown
    assert [each["code"] for each in parents["warnings"]] == ["MOVED_WITH_CHILD_BENEFIT"]
    outcomes = [each["outcomeLabel"] for each in parents["steps"]]
    assert "Über der Grenze: Eltern können herangezogen werden" in outcomes


async def test_what_cannot_be_is_refused_at_its_field(anonymous: Client, place: Place) -> None:
    refused = await asked(
        anonymous, "helpToCare", {"own": {"otherIncome": "-1"}, "parentCount": 0, "need": "1E+30"}
    )
    assert {(each["code"], each["field"]) for each in refused["problems"]} == {
        ("AMOUNT_REFUSED", "own.otherIncome"),
        ("NUMBER_OUT_OF_RANGE", "parentCount"),
        ("AMOUNT_REFUSED", "need"),
    }
    assert refused["path"] == ["input", "own", "otherIncome"]
    listed = await asked(
        anonymous, "parentalContribution", {"benefit": "HELP_TO_CARE", "parents": ["-1"]}
    )
    assert (listed["code"], listed["field"]) == ("AMOUNT_REFUSED", "parents.0")
