"""One thing has one name: what the texts of a language call otherwise than the others of it."""

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from notifications.language import Language, labels

PORTAL = Path(__file__).parents[2] / "portal"
# Beginnings of words that no text of the language has, and the word that it has instead.
INSTEAD: Mapping[Language, Mapping[str, str]] = {
    Language.DE: {
        "Kosten-Träger": "Kostenträger",
        "Leistungsträger": "Kostenträger",
        "Kunden-Service": "Kundenservice",
        "Beratungs-Stelle": "Beratungsstelle",
        "Telefon-Nummer": "Telefonnummer",
        "Arbeits-Zeit": "Arbeitszeit",
        "Assistenzkr": "Assistenz-Kraft",
        "Leistungsanbieter": "Leistungs-Anbieter",
        "Suchauftr": "Such-Auftrag",
        "Ersatz-Code": "Wiederherstellungs-Code",
        "Account": "Konto",
        "Login": "Anmeldung",
    },
    Language.LEICHT: {
        "Kostenträger": "Kosten-Träger",
        "Leistungs-Träger": "Kosten-Träger",
        "Kundenservice": "Kunden-Service",
        "Leistungsanbieter": "Leistungs-Anbieter",
        "Suchauftr": "Such-Auftrag",
        "Kennenlern": "Kenn-Lern-Gespräch",
        "Zeitfenster": "Zeit-Fenster",
        "Passwort": "Pass-Wort",
        "Pflege-Stützpunkt": "Pflege-Stütz-Punkt",
        "Kurzzeit-Pflege": "Kurz-Zeit-Pflege",
        "Kilo-Meter": "Kilometer",
        "Uhrzeit": "Uhr-Zeit",
        "Feiertag": "Feier-Tag",
        "Freischalt": "Frei-Schaltung",
        "Freigeschaltet": "Frei-geschaltet",
        "Ersatz-Code": "Wieder-Herstellungs-Code",
        "Account": "Konto",
        "Login": "Anmeldung",
    },
    Language.EN: {
        "deputy": "stand in",
        "e-mail-address": "e-mail address",
        "backup code": "recovery code",
    },
}
# Vertretung is acting for somebody; whoever comes in the place of an assistant is Ersatz.
STANDING_IN = re.compile(r"stand(s)?_in|gap|appointment|cover", re.IGNORECASE)


def texts_of(language: Language) -> dict[str, str]:
    """Every text of a language, by where it stands."""
    path = PORTAL / f"pages/static/texts/{language.value}.json"
    page = json.loads(path.read_text("utf-8"))
    district = tomllib.loads((PORTAL / "demo/district.toml").read_text("utf-8"))
    return {
        **labels(language),
        **{f"page.{key}": said for key, said in page.items()},
        "district.welcome": district["welcome"][language.value],
    }


@pytest.mark.parametrize("language", Language)
def test_every_language_calls_one_thing_by_one_name(language: Language) -> None:
    texts = texts_of(language)
    for word, instead in INSTEAD[language].items():
        beginning = re.compile(rf"(?<![\w-]){word}", re.IGNORECASE)
        found = [key for key, said in texts.items() if beginning.search(said)]
        assert not found, f"{word}: say {instead}"


@pytest.mark.parametrize("language", [Language.DE, Language.LEICHT])
def test_whoever_stands_in_for_an_assistant_is_not_called_a_representative(
    language: Language,
) -> None:
    texts = {key: said for key, said in texts_of(language).items() if STANDING_IN.search(key)}
    assert any("Ersatz" in said for said in texts.values())
    assert not [key for key, said in texts.items() if "ertret" in said]


@pytest.mark.parametrize("language", Language)
def test_the_own_contribution_has_one_name_and_what_the_law_and_many_people_call_it_is_told_once(
    language: Language,
) -> None:
    texts = texts_of(language)
    everyday = [
        key for key, said in texts.items() if re.search("Eigen-?anteil", said, re.IGNORECASE)
    ]
    assert everyday == ["page.contribution.lead"]
    lead = texts["page.contribution.lead"]
    assert re.search("Eigen-?beitrag", lead, re.IGNORECASE)
    assert re.search(r"(?<![\w-])Beitrag", lead), "so §§ 136 and 137 SGB IX call it"
