"""News of the scene as rows: of every topic, read and unread, by no way, one or two."""

from datetime import timedelta
from uuid import UUID

from tests.schema.plan import (
    scene_appointments,
    scene_contracts,
    scene_funding,
    scene_meetings,
    scene_orders,
)
from tests.schema.plan.scene_cast import DAWN, PEOPLE, PERSON, Row, key_of
from tests.schema.plan.scene_delegations import ACTING

_KINDS = (
    ("CONFIRM_EMAIL", "SECURITY"),
    ("TALK_BOOKED", "DATES"),
    ("ORDER_ACCEPTED", "MATCHES"),
    ("ACCOUNT_RELEASED", "ACCOUNT"),
    ("SOMETHING_NEW", "MESSAGES"),
    ("CONTRACT_AGREED", "CONTRACT"),
    ("FUNDING_ENDS", "FUNDING"),
)
_THINGS = (
    *(scene_orders.orders, scene_orders.matches, scene_orders.nominations),
    *(scene_meetings.meetings, scene_contracts.contracts, scene_appointments.appointments),
    scene_funding.funding_sources,
)
_STATES = ("WAITING", "SENT", "FAILED", "CANCELLED", "TO_TELL")


def notifications() -> list[Row]:
    """Three for everybody, the topics in turn; about security for all who have helpers."""
    principals = sorted({PERSON[each.principal] for each in ACTING.values()})
    secure = {"kind": "CONFIRM_EMAIL", "topic": "SECURITY"}
    about_security = [
        _news(900 + at) | secure | {"receiver_id": person} for at, person in enumerate(principals)
    ]
    return [*map(_news, range(3 * len(PEOPLE))), *about_security]


def _news(number: int) -> Row:
    kind, topic = _KINDS[number % len(_KINDS)]
    read = number % 4 == 0
    return {
        "id": key_of(2000 + number),
        "kind": kind,
        "topic": topic,
        "receiver_id": PERSON[PEOPLE[number % len(PEOPLE)].label],
        "version": number + 1,
        "reference": _about(number) if number % 5 else None,
        "state": "READ" if read else "UNREAD",
        "created_at": DAWN + timedelta(minutes=number),
        "read_at": DAWN + timedelta(hours=number) if read else None,
    }


def _about(number: int) -> UUID:
    """Something that its receiver takes part in, or anything of anybody's."""
    person = PERSON[PEOPLE[number % len(PEOPLE)].label]
    rows = [row for table in _THINGS for row in table()]
    own = [row["id"] for row in rows if person in row.values()]
    pool = own if own and number % 3 else [row["id"] for row in rows]
    found: UUID = pool[7 * number % len(pool)]
    return found


def messages() -> list[Row]:
    """A mail for two of three; a digest is about none, and has collected one."""
    found = [_mail(at, each) for at, each in enumerate(notifications()) if at % 3]
    alone = {"id": key_of(2999), "notification_id": None, "digest_id": None, "version": 999}
    return [*found, found[0] | alone]


def _mail(at: int, news: Row) -> Row:
    state = _STATES[at % len(_STATES)]
    return {
        "id": key_of(2500 + at),
        "kind": news["kind"].lower(),
        "receiver_id": news["receiver_id"],
        "notification_id": news["id"],
        "version": news["version"],
        "in_digest": at == 1,
        "digest_id": key_of(2999) if at == 1 else None,
        "channel": "EMAIL",
        "reference": news["reference"],
        "state": state,
        "created_at": news["created_at"],
        "sent_at": DAWN if state == "SENT" else None,
    }
