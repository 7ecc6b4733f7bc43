"""The orders and matches of the scene, as rows: every state, both kinds, every stage of a pair."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from domain.window import EMPTY_WEEK, FULL_WEEK
from tests.schema.plan.scene_cast import DAWN, MORNINGS, PERSON, PROVIDER, Row, key_of
from tests.schema.plan.scene_people import PLACE


@dataclass(frozen=True, slots=True)
class Wish:
    """An order in words: whose, in which state, and who was asked with which result."""

    label: str
    seeker: str
    state: str
    once: bool = False
    matches: str = ""  # "paula:ACCEPTED north:SUGGESTED"
    more: Row = field(default_factory=dict)


_NOTHING_YET: Row = {
    "description": "",
    "starts_at": None,
    "start_date": None,
    "interval": None,
    "count": None,
    "max_distance_km": None,
    "week": EMPTY_WEEK,
    "activities": "",
}
WISHES = (
    Wish("draft", "anna", "DRAFT", more=_NOTHING_YET),
    Wish("draft_once", "anna", "DRAFT", once=True),
    Wish(
        "released",
        "anna",
        "RELEASED",
        matches="paula:SUGGESTED quentin:SUGGESTED north:SUGGESTED south:DECLINED sven:LAPSED"
        " uwe:SUGGESTED",
        more={"needs_driving": True, "description": 'Hilfe „beim\nEinkaufen“ \\ 🛒 "so"'},
    ),
    Wish("unseen", "anna", "RELEASED", once=True),
    Wish(
        "in_progress",
        "anna",
        "IN_PROGRESS",
        matches="paula:ACCEPTED rosa:ACCEPTED north:ACCEPTED quentin:SUGGESTED sven:SUGGESTED"
        " south:SUGGESTED uwe:ACCEPTED wim:WITHDRAWN tina:ACCEPTED",
    ),
    Wish(
        "requested",
        "anna",
        "REQUESTED",
        once=True,
        matches="north:REQUESTED paula:ON_HOLD sven:SUGGESTED south:ON_HOLD rosa:DECLINED",
    ),
    Wish("awarded", "anna", "AWARDED", matches="south:ON_HOLD quentin:AWARDED paula:ON_HOLD"),
    Wish("meeting_set", "anna", "MEETING_SET", matches="south:MEETING wim:SUGGESTED"),
    Wish("meeting_held", "anna", "MEETING_HELD", once=True, matches="paula:MEETING north:ON_HOLD"),
    Wish("contracted", "anna", "CONTRACTED", matches="paula:CONTRACTED sven:WITHDRAWN"),
    Wish("completed", "anna", "COMPLETED", once=True, matches="north:CONTRACTED rosa:WITHDRAWN"),
    Wish("withdrawn", "anna", "WITHDRAWN", matches="paula:WITHDRAWN north:LAPSED sven:DECLINED"),
    Wish("given_up", "anna", "WITHDRAWN", more=_NOTHING_YET | {"released_at": None}),
    Wish("expired", "anna", "EXPIRED", once=True, matches="paula:LAPSED south:WITHDRAWN"),
    Wish(
        "bruno_released",
        "bruno",
        "RELEASED",
        matches="paula:SUGGESTED sven:SUGGESTED rosa:SUGGESTED wim:SUGGESTED north:SUGGESTED",
        more={"max_distance_km": None, "activities": ""},
    ),
    Wish("bruno_accepted", "bruno", "IN_PROGRESS", matches="paula:ACCEPTED south:ACCEPTED"),
    Wish("bruno_meeting", "bruno", "MEETING_SET", matches="sven:MEETING paula:ON_HOLD"),
    Wish("bruno_contract", "bruno", "CONTRACTED", matches="quentin:CONTRACTED north:WITHDRAWN"),
    Wish("clara_draft", "clara", "DRAFT", more=_NOTHING_YET),
    Wish("dora_accepted", "dora", "IN_PROGRESS", matches="paula:ACCEPTED north:SUGGESTED"),
    Wish("dora_contract", "dora", "CONTRACTED", once=True, matches="sven:CONTRACTED"),
    Wish("emil_withdrawn", "emil", "WITHDRAWN", once=True, matches="paula:WITHDRAWN"),
)
ORDER: dict[str, UUID] = {each.label: key_of(600 + at) for at, each in enumerate(WISHES)}

_WAITING = (("released", "quentin"), ("bruno_released", "north"))
_DISTANCES = (None, 0.0, 5.0, 5.01, 15.0, 15.01, 30.5)
_QUALITIES = ("SPR_EN", "GES_FRAU", "ART_RUHIG", "ALL_TIERE")
_ACTIVITIES = ("HAU_EINKAUFEN", "SOZ_GESPRAECHE HAU_EINKAUFEN", "FAH_EIGENES_AUTO")


def _order(number: int, wish: Wish) -> Row:
    moment = DAWN + timedelta(days=number, microseconds=number % 2)
    return {
        "id": ORDER[wish.label],
        "seeker_id": PERSON[wish.seeker],
        "municipality_id": list(PLACE.values())[number % 3],
        "state": wish.state,
        "version": number % 4 + 1,
        "kind": "ONE_OFF" if wish.once else "RECURRING",
        "description": f"Hilfe {number} für {wish.label}",
        "duration_minutes": 15 * (number + 1),
        "needs_driving": False,
        "starts_at": moment + timedelta(days=90) if wish.once else None,
        "start_date": None if wish.once else date(2026, 2, number + 1),
        "interval": None if wish.once else ("DAY", "WEEK", "MONTH")[number % 3],
        "count": None if wish.once else number + 1,
        "week": (FULL_WEEK, MORNINGS)[number % 2],
        "max_distance_km": number + 1,
        "created_at": moment,
        "released_at": None if wish.state == "DRAFT" else moment + timedelta(hours=1),
        "expires_at": None if wish.state == "DRAFT" else moment + timedelta(days=60),
        "personal_reason": number % 5 == 0,
        "activities": _ACTIVITIES[number % 3],
        **wish.more,
    }


def _orders() -> list[Row]:
    return [_order(number, wish) for number, wish in enumerate(WISHES)]


def orders() -> list[Row]:
    return [
        {name: value for name, value in row.items() if name != "activities"} for row in _orders()
    ]


def order_activities() -> list[Row]:
    pairs = [(row["id"], code) for row in _orders() for code in row["activities"].split()]
    return [
        {"id": key_of(700 + at), "order_id": order, "activity_id": code}
        for at, (order, code) in enumerate(pairs)
    ]


def order_qualities() -> list[Row]:
    pairs = [(key, code) for key in list(ORDER.values())[::2] for code in _QUALITIES]
    return [
        {"id": key_of(1100 + at), "order_id": order, "quality_id": code, "must": at % 3 == 0}
        for at, (order, code) in enumerate(pairs)
    ]


_ANSWERS = [(wish.label, *answer.split(":")) for wish in WISHES for answer in wish.matches.split()]
MATCH: dict[tuple[str, str], UUID] = {
    (order, acceptor): key_of(800 + at) for at, (order, acceptor, _) in enumerate(_ANSWERS)
}
_NAMED = (
    ("requested", "north", "quentin", "CHOSEN"),
    ("requested", "north", "rosa", "NOMINATED"),
    ("requested", "north", "wim", "DECLINED"),
    ("meeting_set", "south", "sven", "NOMINATED"),
    ("completed", "north", "wim", "CHOSEN"),
    ("expired", "south", "sven", "WITHDRAWN"),
)
NOMINEES = {
    (order, provider): PERSON[label]
    for order, provider, label, state in _NAMED
    if state == "CHOSEN"
}


def nominations() -> list[Row]:
    """Of both providers, in every state; seen by whoever it is about."""
    return [
        {
            "id": key_of(1200 + at),
            "match_id": MATCH[order, provider],
            "assistant_id": PERSON[label],
            "state": state,
            "version": at % 2 + 1,
            "fits": at % 2 == 0,
            "created_at": DAWN + timedelta(days=31, hours=at),
        }
        for at, (order, provider, label, state) in enumerate(_NAMED)
    ]


def matches() -> list[Row]:
    return [_match(at, *answer) for at, answer in enumerate(_ANSWERS)]


def _match(number: int, order: str, acceptor: str, state: str) -> Row:
    in_person = acceptor in PERSON
    moment = DAWN + timedelta(days=30, hours=number, microseconds=number * 10)
    return {
        "id": key_of(800 + number),
        "order_id": ORDER[order],
        "kind": "ASSISTANT" if in_person else "PROVIDER",
        "assistant_id": PERSON[acceptor] if in_person else None,
        "provider_id": None if in_person else PROVIDER[acceptor],
        "nominee_id": NOMINEES.get((order, acceptor)),
        "state": state,
        "version": number % 3 + 1,
        "distance_km": _DISTANCES[number % 7] if in_person else None,
        "met": ("", "SPR_EN", "SPR_EN ALL_TIERE")[number % 3],
        "unmet": ("", "ART_RUHIG")[number % 2],
        "waits_until": moment if (order, acceptor) in _WAITING else None,
        "shown_at": None if (order, acceptor) in _WAITING else moment,
        "created_at": moment,
        "decided_at": None if state == "SUGGESTED" else moment + timedelta(minutes=5),
    }
