"""A seal depends on everything that it seals, on the secret and on what came before."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.audit import START, Codes, Entry, Head, canonical, codes, seal
from domain.ids import uuid7
from domain.keys import Keys

KEYS = Keys(b"a secret of the portal, long enough")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ENTRY = Entry(
    id=uuid7(),
    tx=7,
    machine="MATCH",
    aggregate=uuid7(),
    action="ACCEPT_ORDER",
    source="SUGGESTED",
    target="ACCEPTED",
    version=2,
    at=NOON,
    role="ASSISTANT",
    on_behalf=False,
    person_id=uuid7(),
    other_id=None,
    order_id=uuid7(),
    match_id=None,
)
WHO = Codes("a" * 32, None)


def sealed(entry: Entry = ENTRY, who: Codes = WHO, before: Head = START) -> Head:
    return seal(KEYS, before, entry, who, NOON)


def another(value: Any) -> Any:
    if isinstance(value, str):
        return value + "X"
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    return uuid7()


@pytest.mark.parametrize("name", [each.name for each in fields(Entry)])
def test_every_part_of_an_entry_is_sealed(name: str) -> None:
    changed: dict[str, Any] = {name: another(getattr(ENTRY, name))}
    assert sealed(replace(ENTRY, **changed)).hash != sealed().hash


def test_who_did_it_and_when_it_was_sealed_is_sealed_as_well() -> None:
    for who in (Codes(None, None), Codes("b" * 32, None), Codes("a" * 32, "a" * 32)):
        assert sealed(who=who).hash != sealed().hash
    later = seal(KEYS, START, ENTRY, WHO, NOON + timedelta(microseconds=1))
    assert later.hash != sealed().hash


def test_a_seal_hangs_on_the_one_before_and_on_its_number() -> None:
    first = sealed()
    assert (first.sequence, sealed(before=first).sequence) == (1, 2)
    assert sealed(before=replace(first, hash="0" * 64)).hash != sealed(before=first).hash
    assert sealed(before=replace(START, sequence=4)).hash != first.hash


def test_another_secret_makes_other_seals() -> None:
    assert seal(Keys(b"another"), START, ENTRY, WHO, NOON) != sealed()


def test_a_value_does_not_flow_into_its_neighbour() -> None:
    moved = replace(ENTRY, source="SUGGESTEDA", target="CCEPTED")
    assert sealed(moved).hash != sealed().hash
    empty = replace(ENTRY, source="")
    assert canonical(1, NOON, empty, WHO) != canonical(1, NOON, ENTRY, WHO)
    assert b"-" in canonical(1, NOON, ENTRY, WHO)


def test_people_are_pseudonyms_that_stay_the_same() -> None:
    person, other = uuid7(), uuid7()
    who = codes(KEYS, person, other)
    assert who == codes(KEYS, person, other)
    assert who.actor != who.principal
    assert codes(KEYS, None, None) == Codes(None, None)
    shown = b"".join(canonical(1, NOON, ENTRY, who)).decode()
    assert person.hex not in shown.replace("-", "")
    assert codes(Keys(b"another"), person, other) != who
