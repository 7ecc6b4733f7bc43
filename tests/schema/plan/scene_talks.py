"""The talks of the scene as rows: slots in every condition, bookings in every state, records."""

from datetime import UTC, datetime, timedelta

from tests.schema.plan.scene_cast import DAWN, PEOPLE, PERSON, Row, key_of

# So far ahead that they are free in every run.
_AHEAD = datetime(2199, 1, 7, 8, tzinfo=UTC)
_UNCORRECTED: Row = dict.fromkeys(("replaces_id", "corrected_by_id", "corrected_at"))
# Who has booked which slot, and what became of it; the last slots are free, or withdrawn.
_BOOKINGS = (
    ("waiting", 0, "MISSED"),
    ("waiting", 4, "BOOKED"),
    ("tina", 1, "CANCELLED"),
    ("ready", 2, "HELD"),
    ("anna", 3, "HELD"),
    ("tina", 5, "BOOKED"),
    ("doubted", 6, "CANCELLED"),
)
_WISHES: tuple[list[str], ...] = ([], ["INTERPRETER"], ["PLAIN_LANGUAGE", "SIGN_LANGUAGE"])


def talk_slots() -> list[Row]:
    """Four of the past, five ahead."""
    return [_slot(number) for number in range(9)]


def _slot(number: int) -> Row:
    starts_at = (DAWN if number < 4 else _AHEAD) + timedelta(days=number)
    return {
        "id": key_of(900 + number),
        "officer_id": PERSON["officer" if number % 2 else "admin"],
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=30),
        "minutes": 30,
        "cancelled_at": DAWN if number in {1, 8} else None,
        "created_at": DAWN,
    }


def talk_bookings() -> list[Row]:
    """One or two per person who comes into question."""
    return [
        {
            "id": key_of(920 + at),
            "slot_id": key_of(900 + slot),
            "user_id": PERSON[label],
            "channel": ("PHONE", "VIDEO")[at % 2],
            "wishes": _WISHES[at % 3],
            "state": state,
            "version": at % 3 + 1,
            "failure": "NO_SHOW" if state == "MISSED" else None,
            "to_call": state == "MISSED",
            "created_at": DAWN + timedelta(hours=at),
        }
        for at, (label, slot, state) in enumerate(_BOOKINGS)
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
    """What was said; the first person has put an answer right, and an officer the next one."""
    rows = [
        {"id": key_of(460 + at), "talk_id": talk["id"], **_UNCORRECTED, **answers}
        for at, (talk, answers) in enumerate(_talks())
        if answers is not None
    ]
    chain = rows[0]
    for number, author in enumerate(("anna", "officer")):
        chain = chain | {
            "id": key_of(490 + number),
            "care_grade": None if author == "anna" else 4,
            "replaces_id": chain["id"],
            "corrected_by_id": PERSON[author],
            "corrected_at": DAWN + timedelta(days=40 + number),
        }
        rows.append(chain)
    return rows
