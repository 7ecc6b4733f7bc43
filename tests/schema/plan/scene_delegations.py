"""Who acts for whom in the scene, and who asks acting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from tests.schema.plan.scene_cast import DAWN, PERSON, Row, key_of

_LATER = date(2199, 1, 1)
_FOUND = [
    ("anna", "vera", "RELATIVE", "ACTIVE", None, _LATER),
    ("bruno", "vera", "GUARDIAN", "ACTIVE", "officer", None),
    ("clara", "vera", "TRUSTED_PERSON", "INVITED", None, None),
    ("dora", "vera", "RELATIVE", "ENDED", None, None),
    ("waiting", "anna", "TRUSTED_PERSON", "INVITED", "admin", date(2020, 1, 1)),
    ("anna", "bruno", "RELATIVE", "ACTIVE", None, date(2020, 1, 1)),
    ("bruno", "anna", "RELATIVE", "ENDED", None, None),
    ("bruno", None, "CUSTOMER_SERVICE", "ACTIVE", "officer", None),
    ("waiting", None, "CUSTOMER_SERVICE", "ENDED", "officer", None),
]


@dataclass(frozen=True, slots=True)
class Acting:
    """A caller who acts: who signs in, for whom, by which delegation."""

    delegate: str
    principal: str
    delegation: UUID


def _key(number: int) -> UUID:
    return key_of(980 + number)


ACTING: Mapping[str, Acting] = {
    "vera_for_anna": Acting("vera", "anna", _key(0)),
    "vera_for_bruno": Acting("vera", "bruno", _key(1)),
    "admin_for_bruno": Acting("admin", "bruno", _key(7)),
}


def delegations() -> list[Row]:
    """In every state, of every kind; one that has run out."""
    return [
        {
            "id": _key(at),
            "principal_id": PERSON[principal],
            "delegate_id": PERSON[delegate] if delegate else None,
            "officer_id": PERSON[officer] if officer else None,
            "kind": kind,
            "email": f"{delegate}@anderswo.example" if delegate else None,
            "state": state,
            "version": at % 3 + 1,
            "valid_until": until,
            "created_at": DAWN + timedelta(hours=at),
        }
        for at, (principal, delegate, kind, state, officer, until) in enumerate(_FOUND)
    ]
