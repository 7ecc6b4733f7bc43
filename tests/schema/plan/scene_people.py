"""The people of the scene, as rows: every role in every account state, and every gap."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.window import EMPTY_WEEK, FULL_WEEK, Window, week_of

Row = dict[str, Any]

DAWN = datetime(2025, 11, 3, 7, 30, tzinfo=UTC)
MORNINGS = week_of([Window(1, "08:00", "12:15"), Window(7, "22:00", "06:30")])


def key_of(number: int) -> UUID:
    """A UUIDv7 that is the same in every run, so that a failing operation can be sent again."""
    milliseconds = int(DAWN.timestamp() * 1000) + number
    return UUID(
        int=(milliseconds << 80)
        | (0x7 << 76)
        | (0b10 << 62)
        | (number * 0x9E3779B97F4A7C15) % (1 << 62)
    )


@dataclass(frozen=True, slots=True)
class Person:
    """An account in words; the rows are made from it."""

    label: str
    role: str
    state: str = "RELEASED"
    more: Row = field(default_factory=dict)
    profile: Row | None = None  # the row of the role, without its keys
    activities: tuple[str, ...] = ()
    talks: tuple[tuple[str, Row | None], ...] = ()  # outcome, answers
    checks: tuple[str, ...] = ()  # verdicts
    speaks_for: str | None = None


_BARE: Row = {
    "phone": None,
    "mobile": None,
    "street": None,
    "postcode": None,
    "municipality": None,
    "password_hash": None,
}
_UNCONFIRMED: Row = {"email_confirmed_at": None}
_SILENT: Row = {
    "care_grade": None,
    "payer": None,
    "uses_relief_amount": None,
    "has_integration_assistance": None,
}
_FULL: Row = {
    "care_grade": 3,
    "payer": "CARE_INSURANCE",
    "uses_relief_amount": True,
    "has_integration_assistance": False,
}
_HALF: Row = _SILENT | {"care_grade": 0, "has_integration_assistance": True}
_HELD = (("DONE", _FULL),)
_CHECKED = ("CONFIRMED",)
_STAFF = ("CUSTOMER_SERVICE", "ADMINISTRATION")


def _seeking(introduction: str, acting_for: str = "SELF", week: bytes = FULL_WEEK) -> Row:
    return {"introduction": introduction, "acting_for": acting_for, "week": week}


def _helping(
    introduction: str, employment: str = "SELF_EMPLOYED", provider: str | None = None, **more: Any
) -> Row:
    return {
        "introduction": introduction,
        "employment": employment,
        "provider": provider,
        "languages": "de",
        "week": FULL_WEEK,
        "latitude": 51.70662,
        "longitude": 9.99997,
        "radius_km": 20,
        "has_car": False,
        **more,
    }


_OFFICERS = (
    Person("officer", "CUSTOMER_SERVICE"),
    Person("admin", "ADMINISTRATION", more=_BARE),
    Person("new_officer", "CUSTOMER_SERVICE", "REGISTERED"),
    Person("suspended_admin", "ADMINISTRATION", "SUSPENDED"),
)
_SEEKERS = (
    Person(
        "anna",
        "SEEKER",
        more={"first_name": 'Änne "Anna"', "last_name": "Groß-O'Neill", "mobile": "0170 1"},
        profile=_seeking(
            "Ich lese gern.\nUnd „gehe“ \\ spazieren 🐈‍⬛\u2028<b>&amp;</b>", "GUARDIAN"
        ),
        activities=("SOZ_GESPRAECHE", "HAU_EINKAUFEN"),
        talks=(("FAILED", None), ("DONE", _FULL)),
        checks=("REJECTED", "CONFIRMED"),
    ),
    Person(
        "bruno",
        "SEEKER",
        more=_BARE,
        profile=_seeking("", "RELATIVE", EMPTY_WEEK),
        talks=(("DONE", _SILENT), ("DONE", None), ("DONE", _HALF)),
        checks=_CHECKED,
    ),
    Person("clara", "SEEKER", "REGISTERED", _UNCONFIRMED, _seeking("null"), ("BET_ANWESENHEIT",)),
    Person(
        "dora",
        "SEEKER",
        "SUSPENDED",
        {"language": "de-x-leicht", "phone": None},
        _seeking("Dora", week=MORNINGS),
        ("HAU_EINKAUFEN",),
        _HELD,
        _CHECKED,
    ),
    Person("emil", "SEEKER", "DELETION_REQUESTED", profile=_seeking("Emil"), talks=_HELD),
    Person("gone", "SEEKER", "ERASED", _BARE | _UNCONFIRMED, _seeking("")),
    Person("beginner", "SEEKER", "DRAFT", _BARE | _UNCONFIRMED),
    Person("seeker_without_profile", "SEEKER", talks=_HELD, checks=_CHECKED),
    Person(
        "waiting",
        "SEEKER",
        "REGISTERED",
        {},
        _seeking("W"),
        (),
        (("FAILED", _HALF),),
        ("REJECTED",),
    ),
    Person(
        "doubted", "SEEKER", "REGISTERED", {}, _seeking("D"), (), _HELD, ("CONFIRMED", "REJECTED")
    ),
    Person("ready", "SEEKER", "REGISTERED", {}, _seeking("R"), (), _HELD, _CHECKED),
)
_ASSISTANTS = (
    Person(
        "paula",
        "ASSISTANT",
        more={"mobile": "0171 2", "last_name": "Müßig\t'; --"},
        profile=_helping(
            "Zeile 1\r\nZeile 2 „ü“ 😀", languages="de en  tr", has_car=True, week=MORNINGS
        ),
        activities=("SOZ_GESPRAECHE", "FAH_EIGENES_AUTO", "HAU_EINKAUFEN"),
        talks=_HELD,
        checks=_CHECKED,
    ),
    Person(
        "quentin",
        "ASSISTANT",
        more={"phone": None},
        profile=_helping("Q", "EMPLOYED", "north", languages="en"),
        activities=("HAU_KOCHEN",),
        talks=(("DONE", None),),
        checks=_CHECKED,
    ),
    Person(
        "rosa",
        "ASSISTANT",
        more=_BARE,
        profile=_helping("", "VOLUNTEER", "north", languages="", radius_km=0, week=EMPTY_WEEK),
        talks=_HELD,
        checks=_CHECKED,
    ),
    Person(
        "sven",
        "ASSISTANT",
        profile=_helping("S", "EMPLOYED", "south", radius_km=500),
        activities=("HAU_EINKAUFEN",),
        talks=_HELD,
        checks=_CHECKED,
    ),
    Person("tina", "ASSISTANT", "REGISTERED", {}, _helping("T"), ("HAU_EINKAUFEN",)),
    Person("uwe", "ASSISTANT", "SUSPENDED", {}, _helping("U"), (), _HELD, _CHECKED),
    Person("assistant_without_profile", "ASSISTANT", talks=_HELD, checks=_CHECKED),
    Person(  # a row too many: an assistant who is entered as a coordinator too
        "wim",
        "ASSISTANT",
        profile=_helping("W", "EMPLOYED", "north"),
        talks=_HELD,
        checks=_CHECKED,
        speaks_for="south",
    ),
)
_COORDINATORS = (
    Person("kai", "COORDINATOR", speaks_for="north"),
    Person("lena", "COORDINATOR", speaks_for="south", more=_BARE),
    Person("coordinator_without_provider", "COORDINATOR"),
    Person("new_coordinator", "COORDINATOR", "REGISTERED", speaks_for="north"),
    Person("suspended_coordinator", "COORDINATOR", "SUSPENDED", speaks_for="north"),
)
PEOPLE = (*_OFFICERS, *_SEEKERS, *_ASSISTANTS, *_COORDINATORS)
PERSON: dict[str, UUID] = {each.label: key_of(number) for number, each in enumerate(PEOPLE, 100)}

PLACE = {name: key_of(10 - number) for number, name in enumerate(("Northeim", "Ärzen", "Uslar"))}
ABROAD = key_of(11)
PROVIDER = {name: key_of(20 + number) for number, name in enumerate(("north", "south", "idle"))}


def districts() -> list[Row]:
    return [
        {"key": "03155", "name": "Northeim", "land": "NI"},
        {"key": "03156", "name": "Osterode", "land": "NI"},
    ]


def municipalities() -> list[Row]:
    found = [
        (key, "03155", name, [f"3715{at}", "37199"][: at + 1])
        for at, (name, key) in enumerate(PLACE.items())
    ]
    return [
        {
            "id": key,
            "district_id": district,
            "name": name,
            "postcodes": postcodes,
            "latitude": 51.7,
            "longitude": 10.0,
            "population": 1,
        }
        for key, district, name, postcodes in [*found, (ABROAD, "03156", "Herzberg", [])]
    ]


def providers() -> list[Row]:
    return [
        {
            "id": PROVIDER[name],
            "name": title,
            "introduction": introduction,
            "email": f"{name}@anbieter.example",
            "phone": "05551 1",
            "version": 1,
            "created_at": DAWN,
        }
        for name, title, introduction in [
            ("north", "Anbieter „Ährenfeld“", "Wir helfen.\nImmer."),
            ("south", "Süd & Söhne", ""),
            ("idle", "Leerlauf", ""),
        ]
    ]


def provider_areas() -> list[Row]:
    pairs = [("north", "Uslar"), ("north", "Ärzen"), ("north", "Northeim"), ("south", "Ärzen")]
    return [
        {"id": key_of(30 + at), "provider_id": PROVIDER[name], "municipality_id": PLACE[place]}
        for at, (name, place) in enumerate(pairs)
    ]


def provider_activities() -> list[Row]:
    pairs = [("north", "SOZ_GESPRAECHE"), ("north", "HAU_EINKAUFEN"), ("south", "HAU_KOCHEN")]
    return [
        {"id": key_of(40 + at), "provider_id": PROVIDER[name], "activity_id": code}
        for at, (name, code) in enumerate(pairs)
    ]


def users() -> list[Row]:
    return [_user(at, person) for at, person in enumerate(PEOPLE)]


def _user(number: int, person: Person) -> Row:
    row: Row = {
        "id": PERSON[person.label],
        "email": f"{person.label}@assistenz-portal.example",
        "email_version": 1,
        "email_confirmed_at": DAWN,
        "password_hash": "x",
        "role": person.role,
        "state": person.state,
        "version": number % 3 + 1,
        "language": "de",
        "first_name": person.label.capitalize(),
        "last_name": f"Nachname{number}",
        "phone": f"05551 {number:06}",
        "mobile": None,
        "street": f"Geheimer Weg {number}",
        "postcode": "37154",
        "municipality": ("Northeim", "Ärzen", "Uslar")[number % 3],
        "created_at": DAWN + timedelta(hours=number, microseconds=number * 1001),
        **person.more,
    }
    place = row.pop("municipality")
    return row | {"municipality_id": PLACE[place] if place else None}


def seekers() -> list[Row]:
    return _profiles("SEEKER")


def assistants() -> list[Row]:
    rows = _profiles("ASSISTANT")
    for row in rows:
        provider = row.pop("provider")
        row["provider_id"] = PROVIDER[provider] if provider else None
    return rows


def _profiles(role: str) -> list[Row]:
    return [
        {"id": PERSON[each.label], "user_id": PERSON[each.label], **each.profile}
        for each in PEOPLE
        if each.role == role and each.profile is not None
    ]


def coordinators() -> list[Row]:
    return [
        {
            "id": PERSON[each.label],
            "user_id": PERSON[each.label],
            "provider_id": PROVIDER[each.speaks_for],
        }
        for each in PEOPLE
        if each.speaks_for
    ]


def needs() -> list[Row]:
    return _activities("SEEKER", "seeker_id", 300)


def assistant_activities() -> list[Row]:
    return _activities("ASSISTANT", "assistant_id", 340)


def _activities(role: str, column: str, first: int) -> list[Row]:
    pairs = [
        (PERSON[each.label], code)
        for each in PEOPLE
        if each.role == role
        for code in each.activities
    ]
    return [
        {"id": key_of(first + at), column: person, "activity_id": code}
        for at, (person, code) in enumerate(pairs)
    ]


def _talks() -> list[tuple[Row, Row | None]]:
    pairs = [(each.label, *talk) for each in PEOPLE for talk in each.talks]
    return [
        (
            {
                "id": key_of(400 + at),
                "user_id": PERSON[label],
                "officer_id": PERSON["officer"],
                "channel": ("PHONE", "VIDEO")[at % 2],
                "outcome": outcome,
                "held_at": DAWN + timedelta(days=at, microseconds=at % 2),
                "created_at": DAWN,
            },
            answers,
        )
        for at, (label, outcome, answers) in enumerate(pairs)
    ]


def talks() -> list[Row]:
    return [talk for talk, _answers in _talks()]


def talk_answers() -> list[Row]:
    return [
        {"id": key_of(460 + at), "talk_id": talk["id"], **answers}
        for at, (talk, answers) in enumerate(_talks())
        if answers is not None
    ]


def identity_checks() -> list[Row]:
    pairs = [(each.label, verdict) for each in PEOPLE for verdict in each.checks]
    kinds = ("IDENTITY_CARD", "PASSPORT", "RESIDENCE_PERMIT")
    return [
        {
            "id": key_of(520 + at),
            "user_id": PERSON[label],
            "officer_id": PERSON["admin"],
            "document": kinds[at % 3],
            "verdict": verdict,
            "checked_on": date(2025, 11, at % 28 + 1),
            "created_at": DAWN,
        }
        for at, (label, verdict) in enumerate(pairs)
    ]
