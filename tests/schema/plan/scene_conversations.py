"""What was written in the scene: of matches that stand and of some that have ended."""

from datetime import timedelta
from uuid import UUID

from tests.schema.plan.scene_cast import DAWN, PERSON, Row, key_of
from tests.schema.plan.scene_orders import MATCH

# side, author, for whom, text, whether it was read
_Said = tuple[str, str | None, str | None, str, bool]
_HELLO: tuple[_Said, ...] = (
    ("SEEKER", "anna", None, "Guten Tag 🌿", True),
    ("ACCEPTOR", "paula", None, "Gern, rufen Sie 0170 1234567 an.", False),
)
_TEAM: tuple[_Said, ...] = (
    ("ACCEPTOR", "kai", None, "Wir melden uns.", False),
    ("ACCEPTOR", None, None, "Bis bald.", False),
)
MESSAGES: tuple[tuple[str, str, tuple[_Said, ...]], ...] = (
    ("in_progress", "paula", _HELLO),
    ("in_progress", "north", _TEAM),
    ("requested", "north", (("SEEKER", "vera", "anna", "Passt Montag?", False),)),
    ("awarded", "quentin", ()),
    ("contracted", "paula", (("SEEKER", "anna", None, "Bis morgen\nAnna", True),)),
    ("withdrawn", "paula", (("ACCEPTOR", "paula", None, "Schade.", False),)),
    ("bruno_accepted", "south", ()),
)


def _key(number: int) -> UUID:
    return key_of(1400 + number)


def conversations() -> list[Row]:
    return [
        {
            "id": _key(at),
            "match_id": MATCH[order, acceptor],
            "last_message_at": DAWN + timedelta(days=50, hours=at) if written else None,
            "created_at": DAWN + timedelta(days=45, hours=at),
        }
        for at, (order, acceptor, written) in enumerate(MESSAGES)
    ]


def conversation_messages() -> list[Row]:
    found = [
        (at, *each)
        for at, (_order, _acceptor, messages) in enumerate(MESSAGES)
        for each in messages
    ]
    return [
        {
            "id": key_of(1420 + number),
            "conversation_id": _key(at),
            "side": side,
            "author_id": PERSON[author] if author else None,
            "principal_id": PERSON[principal] if principal else None,
            "text": text,
            "sent_at": DAWN + timedelta(days=50, minutes=number),
            "read_at": DAWN + timedelta(days=51) if read else None,
        }
        for number, (at, side, author, principal, text, read) in enumerate(found)
    ]
