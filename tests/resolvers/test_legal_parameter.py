"""The figures of the law over the graph: for everybody, and none is invented."""

from typing import Any

from domain.financing.book import LAW
from domain.financing.parameter import LegalTopic
from tests.graph import Client
from tests.people import Place

FIGURES = """query($day: Date!, $topic: LegalTopic) {
  legalParameters(asOf: $day, topic: $topic) { asOf version parameters {
    code label topic topicLabel value text unit validFrom validTo knownFrom knownUntil
    paragraph status verifiedOn source confidence warnings { code text } } } }"""


async def figures(client: Client, day: str, topic: str | None = None) -> dict[str, Any]:
    found = (await client.data(FIGURES, day=day, topic=topic))["legalParameters"]
    assert (found["asOf"], found["version"]) == (day, LAW.version)
    return {each["code"]: each for each in found["parameters"]}


async def test_anybody_reads_a_figure_with_its_source(anonymous: Client, place: Place) -> None:
    anonymous.headers["Accept-Language"] = "en"
    found = await figures(anonymous, "2026-01-01", "CARE_INSURANCE")
    assert found["pflegegeld.pg2"] == {
        "code": "pflegegeld.pg2",
        "label": "Care allowance, care grade 2",
        "topic": "CARE_INSURANCE",
        "topicLabel": "Care insurance",
        "value": "347",
        "text": "€347.00 a month".replace(" ", "\N{NO-BREAK SPACE}"),
        "unit": "EUR_PER_MONTH",
        "validFrom": "2025-01-01",
        "validTo": "2027-12-31",
        "knownFrom": "2017-01-01",
        "knownUntil": "2027-12-31",
        "paragraph": "§ 37 SGB XI",
        "status": "ENACTED",
        "verifiedOn": "2026-04-29",
        "source": "BAnz AT 12.12.2024 B7",
        "confidence": "HIGH",
        "warnings": [],
    }
    assert {each["topic"] for each in found.values()} == {"CARE_INSURANCE"}


async def test_a_year_to_come_has_no_invented_figure(anonymous: Client, place: Place) -> None:
    anonymous.headers["Accept-Language"] = "de"
    found = await figures(anonymous, "2027-01-01")
    assert {each["topic"] for each in found.values()} == set(LegalTopic)
    missing = found["bezugsgroesse"]
    none = ("value", "text", "validFrom", "validTo", "verifiedOn", "source", "confidence")
    assert all(missing[key] is None for key in none)
    assert (missing["knownUntil"], missing["paragraph"]) == ("2026-12-31", "§ 18 Abs. 1 SGB IV")
    assert missing["warnings"][0]["code"] == "FIGURE_UNKNOWN"
    assert missing["warnings"][0]["text"].startswith("Für diesen Tag kennen wir keinen Wert.")
    assert (found["mindestlohn"]["value"], found["mindestlohn"]["warnings"]) == ("14.60", [])
    assert found["pflegegeld.pg2"]["warnings"][0]["code"] == "FIGURES_NOT_VERIFIED"
    draft = found["sozialraumbudget"]
    assert (draft["status"], draft["value"]) == ("DRAFT", "175")
    assert draft["warnings"][0]["code"] == "FIGURE_IS_DRAFT"
