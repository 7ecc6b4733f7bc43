"""The cast of the scene: every role in every account state, and every gap, in words."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
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
        {"email": None},
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
_REPRESENTATIVES = (Person("vera", "REPRESENTATIVE", "REGISTERED"),)
PEOPLE = (*_OFFICERS, *_SEEKERS, *_ASSISTANTS, *_COORDINATORS, *_REPRESENTATIVES)
PERSON: dict[str, UUID] = {each.label: key_of(number) for number, each in enumerate(PEOPLE, 100)}

PROVIDER = {name: key_of(20 + number) for number, name in enumerate(("north", "south", "idle"))}
