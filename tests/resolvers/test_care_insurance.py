"""Care insurance over the graph: benefits one by one, with links, and refused field by field."""

from typing import Any

from tests.graph import Client
from tests.people import Place

CALCULATION = """kind amount text shareToken steps { code formula outcomeLabel }
  figures { code value } warnings { code } missing { code }"""
REFUSED = "... on Refusal { code field path } ... on InputRefused { problems { code field } }"
BENEFITS = f"""query($i: CareBenefitsInput!) {{ careBenefits(input: $i) {{
  ... on CareBenefits {{ benefits {{ {CALCULATION} }} notKnown {{ code text }} }} {REFUSED} }} }}"""
COMBINATION = f"""query($i: CareCombinationInput!) {{ careCombination(input: $i) {{
  ... on CareCombination {{ pflegegeld {{ {CALCULATION} }} conversion {{ {CALCULATION} }} }}
  {REFUSED} }} }}"""
RELIEF = f"""query($i: ReliefAmountInput!) {{ reliefAmount(input: $i) {{
  ... on ReliefAmount {{ left {{ {CALCULATION} }} taken {{ position year amount }}
    years {{ year credited used lapsed left leftText lapsesAfter }} }} {REFUSED} }} }}"""
SHARED = """query($i: SharedCalculationInput!) { sharedCalculation(input: $i) {
  ... on SharedCalculation { kind shown { amount } figuresChanged
    now { ... on Calculation { amount } } } } }"""
MARCH = "2026-03-01"


async def ask(client: Client, query: str, **said: Any) -> dict[str, Any]:
    client.headers["Accept-Language"] = "en"
    (answer,) = (await client.data(query, i={"asOf": MARCH, **said})).values()
    return dict(answer)


async def test_benefits_are_answered_one_by_one_and_each_can_be_shared(
    anonymous: Client, place: Place
) -> None:
    found = await ask(anonymous, BENEFITS, grade="PG4", respiteDays=10, spentOnRespite="539")
    amounts = {each["kind"]: each["amount"] for each in found["benefits"]}
    assert amounts == {
        "PFLEGEGELD": "666.67",
        "SACHLEISTUNG": "1859",
        "ENTLASTUNGSBETRAG": "131",
        "GEMEINSAMER_JAHRESBETRAG": "3000",
        "VERHINDERUNGSPFLEGE_BY_RELATIVES": "1600",
        "TAGESPFLEGE": "1685",
        "PFLEGEHILFSMITTEL": "42",
        "WOHNUMFELD": "4180",
    }
    assert found["notKnown"] == []
    for each in found["benefits"]:
        shared = await ask(anonymous, SHARED, token=each["shareToken"], asOf="2024-03-01")
        assert (shared["kind"], shared["shown"]["amount"]) == (each["kind"], each["amount"])
    money = found["benefits"][0]["steps"][-1]
    assert money["formula"].replace("\N{NO-BREAK SPACE}", " ") == (
        "€20,000.00 ÷ 30 days = €666.6667, rounded to the cent: €666.67"
    )


async def test_benefits_without_figures_on_the_day_are_named(
    anonymous: Client, place: Place
) -> None:
    found = await ask(anonymous, BENEFITS, grade="PG2", asOf="2021-05-01")
    assert [each["code"] for each in found["notKnown"]] == [
        "SACHLEISTUNG",
        "KURZZEITPFLEGE",
        "TAGESPFLEGE",
    ]
    assert found["notKnown"][2]["text"] == "Day and night care"
    refused = await ask(anonymous, BENEFITS, grade="PG2", asOf="2016-05-01")
    assert (refused["code"], refused["field"]) == ("FIGURE_NOT_KNOWN", "asOf")


async def test_combination_and_conversion_are_answered_together(
    anonymous: Client, place: Place
) -> None:
    found = await ask(anonymous, COMBINATION, grade="PG2", services="398", offers="199")
    assert (found["pflegegeld"]["amount"], found["conversion"]["amount"]) == ("86.75", "199")
    shares = {each["code"]: each["formula"] for each in found["pflegegeld"]["steps"]}
    assert shares["SHARE_USED"] == "€597.00 ÷ €7.96 = 75%"


async def test_the_relief_amount_is_told_by_year_with_the_day_it_lapses(
    anonymous: Client, place: Place
) -> None:
    uses = [
        {"day": "2026-02-15", "amount": "150"},
        {"day": "2025-12-20", "amount": "31", "service": "CARE_SERVICE"},
        {"day": "2026-02-16", "amount": "99", "service": "CARE_SERVICE_BODY_CARE"},
    ]
    found = await ask(anonymous, RELIEF, grade="PG2", since="2025-12-01", uses=uses)
    assert found["left"]["amount"] == "343"
    assert [each["code"] for each in found["left"]["warnings"]] == [
        "RELIEF_NOT_FOR_BODY_CARE",
        "LAPSES_ON_30_JUNE",
    ]
    assert found["taken"] == [
        {"position": 1, "year": 2025, "amount": "31"},
        {"position": 0, "year": 2025, "amount": "100"},
        {"position": 0, "year": 2026, "amount": "50"},
    ]
    last, this = found["years"]
    assert (last["credited"], last["used"], last["left"]) == ("131", "131", "0")
    assert (this["leftText"], this["lapsesAfter"]) == ("€343.00", "2027-06-30")


async def test_what_cannot_be_is_refused_at_its_field(anonymous: Client, place: Place) -> None:
    refused = await ask(anonymous, BENEFITS, grade="PG2", days=32, spentOnRespite="-1")
    assert [(each["code"], each["field"]) for each in refused["problems"]] == [
        ("NUMBER_OUT_OF_RANGE", "days"),
        ("AMOUNT_REFUSED", "spentOnRespite"),
    ]
    refused = await ask(anonymous, COMBINATION, grade="PG2", offers="0.001")
    assert refused["path"] == ["input", "offers"]
    wrong = [{"day": MARCH, "amount": "5"}, {"day": MARCH, "amount": "-5"}]
    refused = await ask(anonymous, RELIEF, grade="PG2", since="2016-12-31", uses=wrong)
    assert [(each["code"], each["field"]) for each in refused["problems"]] == [
        ("FIGURE_NOT_KNOWN", "since"),
        ("AMOUNT_REFUSED", "uses.1.amount"),
    ]
    for day in ("1989-12-31", "2101-01-01", "9999-12-31"):
        refused = await ask(anonymous, RELIEF, grade="PG2", asOf=day)
        assert (refused["code"], refused["field"]) == ("DATE_REFUSED", "asOf")


async def test_as_many_uses_as_there_may_be_fit_into_a_link(
    anonymous: Client, place: Place
) -> None:
    use = {"day": "2025-11-20", "amount": "12345.67", "service": "CARE_SERVICE_BODY_CARE"}
    found = await ask(anonymous, RELIEF, grade="PG1", since="2025-01-01", uses=[use] * 100)
    shared = await ask(anonymous, SHARED, token=found["left"]["shareToken"])
    assert shared["now"]["amount"] == found["left"]["amount"]
    refused = await ask(anonymous, RELIEF, grade="PG1", uses=[use] * 101)
    assert (refused["code"], refused["field"]) == ("NUMBER_OUT_OF_RANGE", "uses")
