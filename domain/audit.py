"""The chain over the history: what a seal is made of, so that nothing changes without a trace.

Each seal is a keyed hash over the one before it and everything that a transition says, with
pseudonyms in the place of people. So it holds no name, stays right when an account is erased, and
cannot be made anew by whoever has the database but not the portal's secret.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.keys import Keys

# What stands before the first seal.
BEGINNING = "0" * 64
# Who did it is forgotten then (domain.md 5.3); the trigger in `sql/49_audit.sql` says the same.
KEPT_WITH_NAMES = timedelta(days=366)
# A transition that is older and has no seal is one that somebody wrote past the portal, or that no
# worker was there to seal.
SEALED_WITHIN = timedelta(hours=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SEAL = "audit.seal"
_PERSON = "audit.person"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a transition says for good."""

    id: UUID
    tx: int
    machine: str
    aggregate: UUID
    action: str
    source: str
    target: str
    version: int
    at: datetime
    role: str
    on_behalf: bool
    person_id: UUID | None
    other_id: UUID | None
    order_id: UUID | None
    match_id: UUID | None


@dataclass(frozen=True, slots=True)
class Codes:
    """Who did it and for whom, without saying who that is."""

    actor: str | None
    principal: str | None


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ends: what has to be remembered elsewhere to notice a tail that was cut."""

    sequence: int
    hash: str


START = Head(0, BEGINNING)


def codes(keys: Keys, actor: UUID | None, principal: UUID | None) -> Codes:
    """The pseudonyms of the two."""
    return Codes(_code(keys, actor), _code(keys, principal))


def _code(keys: Keys, person: UUID | None) -> str | None:
    return None if person is None else keys.pseudonym(_PERSON, person.hex)


def seal(keys: Keys, before: Head, entry: Entry, who: Codes, sealed_at: datetime) -> Head:
    """The next link: a keyed hash over the one before, number, instant, entry and pseudonyms."""
    sequence = before.sequence + 1
    parts = [before.hash.encode(), *canonical(sequence, sealed_at, entry, who)]
    return Head(sequence, keys.sign(_SEAL, *parts).hex())


def canonical(sequence: int, sealed_at: datetime, entry: Entry, who: Codes) -> list[bytes]:
    """Everything that is sealed, in one spelling; null is told from an empty text."""
    said = (
        sequence,
        _microseconds(sealed_at),
        entry.id,
        entry.tx,
        entry.machine,
        entry.aggregate,
        entry.action,
        entry.source,
        entry.target,
        entry.version,
        _microseconds(entry.at),
        entry.role,
        int(entry.on_behalf),
        entry.person_id,
        entry.other_id,
        entry.order_id,
        entry.match_id,
        who.actor,
        who.principal,
    )
    return [b"-" if each is None else b"+" + str(each).encode() for each in said]


def _microseconds(moment: datetime) -> int:
    """Since 1970, exactly."""
    return (moment - _EPOCH) // timedelta(microseconds=1)
