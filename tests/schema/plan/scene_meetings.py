"""The meetings of the scene as rows: every state, both kinds, every side, dates open and chosen."""

from dataclasses import dataclass
from datetime import timedelta

from tests.schema.plan.scene_cast import DAWN, PERSON, PROVIDER, Row, key_of
from tests.schema.plan.scene_orders import MATCH


@dataclass(frozen=True, slots=True)
class _Wish:
    """A meeting in words; a `!` behind somebody says that they have confirmed."""

    match: tuple[str, str]
    kind: str
    state: str
    people: str  # "SEEKER:anna! COORDINATOR:south:lena!"
    dates: int = 1
    chosen: int | None = 0
    party: str = "ACCEPTOR"


_WISHES = (
    _Wish(
        ("meeting_set", "south"),
        "INTRODUCTION",
        "CONFIRMED",
        "SEEKER:anna! COORDINATOR:south:lena!",
        dates=2,
        chosen=1,
    ),
    _Wish(
        ("awarded", "quentin"),
        "INTRODUCTION",
        "PROPOSED",
        "SEEKER:anna! ASSISTANT:quentin COORDINATOR:north:",
        dates=3,
        chosen=None,
        party="SEEKER",
    ),
    _Wish(("in_progress", "paula"), "VIDEO", "CONFIRMED", "SEEKER:anna! ASSISTANT:paula!"),
    _Wish(("meeting_held", "paula"), "INTRODUCTION", "HELD", "SEEKER:anna! ASSISTANT:paula!"),
    _Wish(
        ("bruno_meeting", "sven"),
        "INTRODUCTION",
        "PROPOSED",
        "SEEKER:bruno! ASSISTANT:sven! COORDINATOR:south:",
    ),
    _Wish(
        ("in_progress", "rosa"),
        "VIDEO",
        "CANCELLED",
        "SEEKER:anna ASSISTANT:rosa!",
        chosen=None,
    ),
    _Wish(("bruno_accepted", "south"), "VIDEO", "MISSED", "SEEKER:bruno! COORDINATOR:south:lena!"),
    _Wish(("dora_accepted", "paula"), "VIDEO", "PROPOSED", "SEEKER:dora ASSISTANT:paula!"),
)
_DONE = ("CONFIRMED", "HELD", "MISSED")
_MINUTES = 60


def _begin(meeting: int, date: int) -> Row:
    begins = DAWN + timedelta(days=50 + meeting, hours=date * 2)
    return {"starts_at": begins, "ends_at": begins + timedelta(minutes=_MINUTES)}


def meetings() -> list[Row]:
    return [_meeting(at, wish) for at, wish in enumerate(_WISHES)]


def _meeting(at: int, wish: _Wish) -> Row:
    nothing: Row = {"starts_at": None, "ends_at": None}
    date = nothing if wish.chosen is None else _begin(at, wish.chosen)
    done = wish.state in _DONE
    return {
        "id": key_of(1300 + at),
        "match_id": MATCH[wish.match],
        "kind": wish.kind,
        "state": wish.state,
        "version": at % 3 + 1,
        "proposed_by": wish.party,
        "minutes": _MINUTES,
        "place": "" if wish.kind == "VIDEO" else f"Rathaus {at}",
        **date,
        "known_at": date["starts_at"] if done else None,
        "link": f"https://video.example/{at}" if done and wish.kind == "VIDEO" else None,
        "reason": "NO_TIME" if wish.state == "CANCELLED" else None,
        "short_rest": at % 2 == 0,
        "created_at": DAWN + timedelta(days=40, hours=at),
    }


def meeting_dates() -> list[Row]:
    return [
        {
            "id": key_of(1340 + 10 * at + date),
            "meeting_id": key_of(1300 + at),
            **_begin(at, date),
            "chosen": date == wish.chosen,
        }
        for at, wish in enumerate(_WISHES)
        for date in range(wish.dates)
    ]


def meeting_people() -> list[Row]:
    pairs = [
        (at, wish, person) for at, wish in enumerate(_WISHES) for person in wish.people.split()
    ]
    return [_person(number, *pair) for number, pair in enumerate(pairs)]


def _person(number: int, at: int, wish: _Wish, person: str) -> Row:
    side, *who = person.removesuffix("!").split(":")
    provider = PROVIDER[who[0]] if side == "COORDINATOR" else None
    taken = wish.state in _DONE and wish.chosen is not None
    span = _begin(at, wish.chosen or 0)
    return {
        "id": key_of(1450 + number),
        "meeting_id": key_of(1300 + at),
        "side": side,
        "user_id": PERSON[who[-1]] if who[-1] else None,
        "provider_id": provider,
        "confirmed_at": DAWN + timedelta(days=45) if person.endswith("!") else None,
        "begins_at": span["starts_at"] if taken else None,
        "ends_at": span["ends_at"] if taken else None,
    }
