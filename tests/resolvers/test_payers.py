"""Payers, costs and pay over the graph: open to everybody, and refused field by field."""

from typing import Any

from graphql import GraphQLObjectType

from portal.graphql import schema
from schema.payers import CALCULATORS
from tests.graph import Client
from tests.people import Place

PAYERS = """query($i: PayersInput!) { payers(input: $i) { __typename
  ... on Payers { lawReadOn disclaimer whereToAsk
    excluded { code payer payerLabel instrumentLabel paragraph against { code text } }
    missing { code text } notes { code text }
    payers { code payer payerLabel instruments instrumentLabel reason paragraph certain ownMoney
      ownMoneyLabel calculators office missing { code text } notes { code text } } }
  ... on InputRefused { problems { code field } } } }"""
COSTS = """query($i: CostComparisonInput!) { costComparison(input: $i) { __typename
  ... on CostComparison { difference differenceText employer { ...side } service { ...side } }
  ... on InputRefused { path problems { code field } } } }
  fragment side on CostSide { model modelLabel calculation { kind amount title text shareToken
    steps { code title formula paragraph } warnings { code } missing { code } }
    parts { code payer label amount text } ownMoney ownMoneyText minijob budgetHours budgetDays
    runsOutOn warnings { code message } duties { code carriedBy } }"""
WAGE = """query($i: WageCheckInput!) { wageCheck(input: $i) { __typename
  ... on Calculation { kind amount unit warnings { code } steps { code outcomeLabel } }
  ... on InputRefused { problems { code field } } } }"""


async def test_anybody_learns_who_may_pay_and_what_is_missing(
    anonymous: Client, place: Place
) -> None:
    anonymous.headers["Accept-Language"] = "en"
    said = {
        "careGrade": 3,
        "housing": "HOME",
        "purposes": ["EVERYDAY"],
        "disability": True,
        "cause": "NONE",
        "pending": False,
        "insurance": "STATUTORY",
        "beihilfe": False,
        "wish": "EMPLOY",
        "pensionAge": True,
        "subsistence": False,
    }
    found = (await anonymous.data(PAYERS, i=said))["payers"]
    certain = {each["code"]: each["certain"] for each in found["payers"]}
    assert certain == {
        "RELIEF_AND_CONVERSION": True,
        "CARE_SERVICE": True,
        "CARE_ALLOWANCE": True,
        "ASSISTANCE": True,
        "CARE_WITHIN_ASSISTANCE": False,
        "HELP_TO_CARE": False,
        "BUDGET": True,
    }
    assert [each["code"] for each in found["missing"]] == ["ASSISTANCE_BEFORE"]
    own = next(each for each in found["payers"] if each["code"] == "ASSISTANCE")
    assert own["payerLabel"] == "Authority for Eingliederungshilfe"
    assert own["instruments"] == ["INTEGRATION_ASSISTANCE"]
    assert own["calculators"] == ["ownContribution", "ownAssets"]
    assert own["office"].startswith("The authority for Eingliederungshilfe. ")
    assert found["disclaimer"]
    flat = next(each for each in found["excluded"] if each["code"] == "FLAT_AMOUNT")
    assert flat == {
        "code": "FLAT_AMOUNT",
        "payer": "CARE_INSURANCE",
        "payerLabel": "Care insurance",
        "instrumentLabel": "Flat amount for care in special housing",
        "paragraph": "§ 43a SGB XI",
        "against": [
            {
                "code": "HOUSING",
                "text": "Whether you live at home, in a care facility or in special housing.",
            }
        ],
    }
    assert found["notes"][0]["code"] == "NEVER_THE_SAME_HOUR_TWICE"


async def test_nothing_said_is_a_list_of_everybody_in_each_language(
    anonymous: Client, place: Place
) -> None:
    for language in ("de", "de-x-leicht", "en"):
        anonymous.headers["Accept-Language"] = language
        found = (await anonymous.data(PAYERS, i={}))["payers"]
        assert len(found["payers"]) == 23
        assert not any(each["certain"] for each in found["payers"])


def test_own_money_is_calculated_by_fields_that_there_are() -> None:
    query = schema._schema.query_type
    assert isinstance(query, GraphQLObjectType)
    named = {field for fields in CALCULATORS.values() for field in fields}
    assert named <= query.fields.keys()


async def test_a_care_grade_that_there_is_not_is_refused(anonymous: Client, place: Place) -> None:
    refused = (await anonymous.data(PAYERS, i={"careGrade": 6}))["payers"]
    assert refused["problems"] == [{"code": "NUMBER_OUT_OF_RANGE", "field": "careGrade"}]


async def test_both_models_stand_side_by_side(anonymous: Client, place: Place) -> None:
    anonymous.headers["Accept-Language"] = "en"
    said: dict[str, Any] = {
        "hours": "20",
        "wage": "15",
        "servicePrice": "38",
        "contributions": "28",
        "payroll": "20",
        "otherCosts": "0",
        "shares": {"integrationAssistance": "300"},
        "ownParts": {"integrationAssistance": "40"},
        "budget": "4040",
        "budgetFrom": "2026-05-01",
        "asOf": "2026-03-01",
    }
    found = (await anonymous.data(COSTS, i=said))["costComparison"]
    employer, service = found["employer"], found["service"]
    assert (employer["calculation"]["amount"], service["calculation"]["amount"]) == (
        "404.00",
        "760.00",
    )
    assert found["difference"] == "356.00"
    assert {each["code"]: each["amount"] for each in employer["parts"]} == {
        "INTEGRATION_ASSISTANCE": "260",
        "OWN_CONTRIBUTION": "40",
        "REST": "104.00",
    }
    assert (employer["ownMoney"], employer["minijob"]) == ("144.00", True)
    # Ten months of 404 euro: 365 * 10 / 12 days, of which 304 are whole.
    assert (employer["budgetHours"], employer["budgetDays"]) == ("200", 304)
    assert employer["runsOutOn"] == "2027-03-01"
    assert {each["code"]: each["carriedBy"] for each in employer["duties"]}["WAGES"] == "SEEKER"
    assert {each["code"]: each["carriedBy"] for each in service["duties"]}["WAGES"] == "ACCEPTOR"
    assert employer["calculation"]["steps"][0]["formula"].replace("\N{NO-BREAK SPACE}", " ") == (
        "€13.90"
    )


async def test_costs_that_cannot_be_are_refused_and_a_far_end_is_no_day(
    anonymous: Client, place: Place
) -> None:
    said: dict[str, Any] = {
        "hours": "1",
        "wage": "0.01",
        "servicePrice": "38",
        "asOf": "2026-03-01",
    }
    wrong = {**said, "surchargeHours": {"night": "2"}}
    refused = (await anonymous.data(COSTS, i=wrong))["costComparison"]
    assert refused["problems"] == [{"code": "NUMBER_OUT_OF_RANGE", "field": "surchargeHours.night"}]
    assert refused["path"] == ["input", "surchargeHours", "night"]
    early = {**said, "asOf": "1989-12-31", "budgetFrom": "1989-12-31", "budget": "1"}
    refused = (await anonymous.data(COSTS, i=early))["costComparison"]
    assert [(each["code"], each["field"]) for each in refused["problems"]] == [
        ("DATE_REFUSED", "asOf"),
        ("DATE_REFUSED", "budgetFrom"),
    ]
    far = {**said, "budget": "100000000"}
    found = (await anonymous.data(COSTS, i=far))["costComparison"]
    assert found["employer"]["budgetDays"] is None
    assert found["employer"]["runsOutOn"] is None
    assert found["employer"]["calculation"]["warnings"] == [{"code": "WAGE_BELOW_MINIMUM"}]


async def test_a_budget_that_lasts_into_a_higher_minimum_wage_names_the_day(
    anonymous: Client, place: Place
) -> None:
    anonymous.headers["Accept-Language"] = "en"
    said: dict[str, Any] = {
        "hours": "10",
        "wage": "14",
        "servicePrice": "14.60",
        "budget": "1400",
        "asOf": "2026-03-01",
    }
    for begin, warned in (
        ("2026-03-01", 0),
        ("2026-03-05", 1),
    ):  # 304 days: to 29 December, 2 January
        found = (await anonymous.data(COSTS, i={**said, "budgetFrom": begin}))["costComparison"]
        assert found["service"]["warnings"] == []
        assert [each["code"] for each in found["employer"]["warnings"]] == (
            ["WAGE_BELOW_MINIMUM"] * warned
        )
    assert found["employer"]["warnings"][0]["message"].replace("\N{NO-BREAK SPACE}", " ") == (
        "From 1 January 2027 on the wage is below the minimum wage of €14.60 an hour."
        " Nobody may be employed like this."
    )
    del said["budget"]
    found = (await anonymous.data(COSTS, i=said))["costComparison"]
    assert found["employer"]["warnings"] == []


async def test_a_neighbour_helper_is_measured_by_the_rule_of_the_districts_land(
    anonymous: Client, place: Place
) -> None:
    said = {"hourly": "11.82", "work": "NEIGHBOUR_HELP", "asOf": "2026-03-01"}
    found = (await anonymous.data(WAGE, i=said))["wageCheck"]
    assert (found["kind"], found["amount"], found["unit"]) == (
        "WAGE_CHECK",
        "0.01",
        "EUR_PER_HOUR",
    )
    refused = (await anonymous.data(WAGE, i={**said, "land": "BE"}))["wageCheck"]
    assert refused["problems"] == [{"code": "STATE_RULE_NOT_KNOWN", "field": "land"}]
    ended = {"hourly": "14", "work": "CARE_HELPER", "asOf": "2026-07-01"}
    found = (await anonymous.data(WAGE, i=ended))["wageCheck"]
    assert found["warnings"] == [{"code": "CARE_WAGE_NOT_KNOWN"}]
