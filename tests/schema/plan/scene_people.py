"""The people of the scene as rows, with their profiles and what was recorded about them."""

from datetime import date, timedelta

from tests.schema.plan.scene_cast import (
    DAWN,
    MORNINGS,
    PEOPLE,
    PERSON,
    PROVIDER,
    Person,
    Row,
    key_of,
)

PLACE = {name: key_of(10 - number) for number, name in enumerate(("Northeim", "Ärzen", "Uslar"))}
ABROAD = key_of(11)
# Until when somebody's proofs hold, whatever the records say, and the last warning.
_PROOFS = {
    PERSON["paula"]: (date(9999, 12, 31), None),
    PERSON["quentin"]: (date(2199, 12, 31), None),
    PERSON["sven"]: (date(2020, 2, 29), 0),
}


def districts() -> list[Row]:
    decided: Row = {
        "email": "hilfe@northeim.example",
        "phone": "05551 2",
        "welcome": '{"de": "Willkommen „hier“", "en": "Welcome"}',
        "talk_minutes": 45,
        "hours": MORNINGS,
        "horizon_days": 30,
        "notice_minutes": 60,
        "missed_talks": 3,
        "reminder_hours": [24, 2],
        "certificate_months": 24,
        "video_url": "https://video.northeim.example/",
        "coordinator_at_meetings": False,
        "travel_minutes": 45,
        "answer_days": 2,
        "decision_days": 4,
        "suggestions_at_once": 5,
        "order_days": 30,
        "smallest_told": 6,
        "room_url": "https://video.northeim.example/{room}",
    }
    return [
        {"key": "03155", "name": "Northeim", "land": "NI", **decided},
        {"key": "03156", "name": "Osterode", "land": "NI", **dict.fromkeys(decided)},
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
            "accepted_payers": ["PRIVATE", "OTHER"] if name == "north" else None,
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
        row["proofs_until"], row["proofs_told"] = _PROOFS.get(row["id"], (None, None))
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
            "role": "ADMIN" if each.label == "lena" else "COORDINATOR",
        }
        for each in PEOPLE
        if each.speaks_for
    ]


def needs() -> list[Row]:
    return _activities("SEEKER", "seeker_id", 300)


def assistant_activities() -> list[Row]:
    return _activities("ASSISTANT", "assistant_id", 340)


def assistant_qualities() -> list[Row]:
    pairs = [("paula", "ALL_TIERE"), ("paula", "GES_FRAU"), ("quentin", "ART_RUHIG")]
    return [
        {"id": key_of(360 + at), "assistant_id": PERSON[label], "quality_id": code}
        for at, (label, code) in enumerate(pairs)
    ]


def busy() -> list[Row]:
    """Absences, one over and one taken back, and a meeting; later ones have smaller ids."""
    spans = [
        ("paula", "ABSENCE", 9_009),
        ("paula", "MEETING", 9_004),
        ("sven", "APPOINTMENT", 9_002),
        ("paula", "ABSENCE", 4),
    ]
    rows = [
        {
            "id": key_of(370 + at),
            "assistant_id": PERSON[label],
            "kind": kind,
            "begins_at": DAWN + timedelta(days=days, microseconds=at),
            "ends_at": DAWN + timedelta(days=days + 1),
            "source": None if kind == "ABSENCE" else key_of(800),
            "cancelled_at": None,
            "created_at": DAWN,
        }
        for at, (label, kind, days) in enumerate(spans)
    ]
    return [*rows, rows[0] | {"id": key_of(379), "cancelled_at": DAWN}]


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


def second_factors() -> list[Row]:
    """One that holds, one of which codes were used, one that was begun."""
    said: list[tuple[str, int, int | None, list[int]]] = [
        ("officer", 1, None, []),
        ("paula", 3, 4, [0, 7]),
        ("anna", 0, 1, []),
    ]
    return [
        {
            "id": PERSON[label],
            "user_id": PERSON[label],
            "version": version,
            "pending": pending,
            "last_step": 5,
            "codes_version": version,
            "used_codes": used,
            "shared": label == "officer",
            "confirmed_at": DAWN if version else None,
        }
        for label, version, pending, used in said
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
