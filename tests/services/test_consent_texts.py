"""The texts that people agree to: pinned to their versions, true of the ladder, kept."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta

import pytest

from domain.consent import VERSIONS, Consent, ConsentKind
from domain.disclosure import DISCLOSURE, Stage
from domain.errors import ConsentOwed
from models.consent import Consent as Row
from models.consent import ConsentText
from notifications.language import Language
from services import clock
from services.consent import give_consents, shown
from services.order import create_order
from services.session import open_session, viewer_of
from tests.graph import As
from tests.people import Place, make_coordinator, make_provider, make_seeker
from tests.services.scenes import KEYS, weekly

PRIVACY = ConsentKind.PRIVACY
# The first digits of each text's digest: another text is another version.
PINNED: Mapping[tuple[ConsentKind, int], tuple[str, str, str]] = {
    (ConsentKind.PRIVACY, 3): ("f43877c826c2c876", "c7d1e867affa4ff0", "0eaa945caf0fedc9"),
    (ConsentKind.WITHDRAWAL, 1): ("953228fa2f21b739", "e047b7a8e1a7256e", "60a84f4c02fb8809"),
    (ConsentKind.TERMS, 1): ("6500db242ab6ff7e", "347165ddb4132a29", "ba5d27145000dcfb"),
    (ConsentKind.PROCESSING, 1): ("82da54dc742905f1", "ad09f7de62e49b58", "bc61256125447407"),
    (ConsentKind.HEALTH_DATA, 1): ("252b89805c1fddb6", "ea263cd327c3a8a7", "0bc43bde5f4b5f79"),
}
_GERMAN = ("Vor einer Zusage:", "Ab einer Zusage:", "Ab der Anfrage", "Ab dem Vertrag:")
STEPS = {
    Language.DE: _GERMAN,
    Language.LEICHT: _GERMAN,
    Language.EN: (
        "Before an acceptance:",
        "From an acceptance on:",
        "From the inquiry",
        "From the contract on:",
    ),
}
SHOWN_FROM = (Stage.RELEASED, Stage.MATCH, Stage.COMMISSION, Stage.CONTRACT)
WORDS: Mapping[str, tuple[str, str, str]] = {
    "firstName": ("Vornamen", "Vornamen", "first name"),
    "introduction": ("Kurzvorstellung", "Kurz-Vorstellung", "introduction"),
    "municipality": ("Gemeinde", "Gemeinde", "municipality"),
    "employment": ("Beschäftigung", "Wie und wo arbeitet", "employment"),
    "activities": ("Tätigkeiten", "Aufgaben", "activities"),
    "languages": ("Sprachen", "Sprachen", "languages"),
    "hasCar": ("Auto", "Auto", "car"),
    "provider": ("Leistungs-Anbieter", "Wie und wo arbeitet", "provider"),
    "proofsChecked": ("Nachweise", "Nachweise", "proofs"),
    "phone": ("Telefonnummern", "Telefon-Nummern", "telephone numbers"),
    "mobile": ("Telefonnummern", "Telefon-Nummern", "telephone numbers"),
    "lastName": ("Nachnamen", "Nachnamen", "last name"),
    "email": ("E-Mail-Adresse", "E-Mail-Adresse", "e-mail address"),
    "street": ("Anschrift", "Anschrift", "postal address"),
    "postcode": ("Anschrift", "Anschrift", "postal address"),
}
# What tells who somebody is: no earlier step may speak of it.
IDENTITY = ("firstName", "introduction", "phone", "lastName", "email", "street")


def steps_of(language: Language) -> dict[Stage, str]:
    """What the notice says of each stage."""
    lines = shown(PRIVACY, language).text.splitlines()
    return {
        stage: next(line for line in lines if line.startswith(marker))
        for stage, marker in zip(SHOWN_FROM, STEPS[language], strict=True)
    }


@pytest.mark.parametrize("kind", ConsentKind)
def test_a_text_never_changes_without_a_new_version(kind: ConsentKind) -> None:
    digests = tuple(shown(kind, language).digest[:16] for language in Language)
    assert PINNED.get((kind, VERSIONS[kind])) == digests


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("who", ["Seeker", "Assistant"])
def test_the_privacy_notice_names_every_field_at_the_step_that_shows_it(
    who: str, language: Language
) -> None:
    said, place = steps_of(language), list(Language).index(language)
    for field, stage in DISCLOSURE[who].items():
        if Stage.COUNTING < stage < Stage.STAFF:
            assert WORDS[field][place] in said[stage], (who, field)


@pytest.mark.parametrize("language", Language)
def test_the_privacy_notice_promises_no_part_of_an_identity_earlier_than_it_is_shown(
    language: Language,
) -> None:
    said, place = steps_of(language), list(Language).index(language)
    for field in IDENTITY:
        first = DISCLOSURE["Seeker"][field]
        earlier = [text for stage, text in said.items() if stage < first]
        assert not [text for text in earlier if WORDS[field][place] in text], field


async def test_whoever_agreed_to_an_older_notice_is_asked_and_can_read_both(
    place: Place, as_: As
) -> None:
    user = await make_seeker(place)
    older = "Ihren Namen erst ab einer Zusage."
    digest = hashlib.sha256(older.encode()).hexdigest()
    await ConsentText.create(
        digest=digest, kind=PRIVACY, version=1, language="de", title="Datenschutz", text=older
    )
    yesterday = clock.now() - timedelta(days=1)
    await Row.filter(user_id=user.id, kind=PRIVACY).update(
        version=1, text_id=digest, given_at=yesterday
    )
    _session, token = await open_session(user.id, KEYS, clock.now(), strong=True)
    viewer = await viewer_of(token, clock.now())
    with pytest.raises(ConsentOwed):
        await create_order(viewer, None, weekly())
    await give_consents(viewer, None, (Consent(PRIVACY, VERSIONS[PRIVACY]),), Language.EN)
    await create_order(await viewer_of(token, clock.now()), None, weekly())
    client = await as_(user)
    found = await client.data("{ agreements { kind version language text givenAt withdrawnAt } }")
    notices = [each for each in found["agreements"] if each["kind"] == "PRIVACY"]
    assert [each["version"] for each in notices] == [VERSIONS[PRIVACY], 1]
    assert notices[0]["text"] == shown(PRIVACY, Language.EN).text
    assert (notices[0]["language"], notices[1]["text"]) == ("en", older)
    assert all(each["withdrawnAt"] is None for each in notices)


async def test_nobody_reads_what_somebody_else_agreed_to(place: Place, as_: As) -> None:
    await make_seeker(place)
    staff = await as_(place.officer)
    assert (await staff.data("{ agreements { kind } }"))["agreements"] == []
    form = await staff.data("{ form(name: SEEKER_BY_PHONE) { consents { givenAt } } }")
    assert {each["givenAt"] for each in form["form"]["consents"]} == {None}
    coordinator = await as_(await make_coordinator(place, await make_provider(place)))
    found = (await coordinator.data("{ agreements { kind } }"))["agreements"]
    assert {each["kind"] for each in found} == set(ConsentKind) - {ConsentKind.HEALTH_DATA}
