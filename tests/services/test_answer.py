"""Answers that are given again, and the one form of an input."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.errors import DomainError, refusal_classes
from domain.window import Window
from services.answer import canonical, give_again, keep

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Thing:
    name: str
    inner: object = None


class Word(StrEnum):
    YES = "YES"


INSTANT = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
SAME: list[tuple[Any, Any]] = [
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    (INSTANT, INSTANT.astimezone(timezone(timedelta(hours=2)))),
    (frozenset({"a", "b", "c"}), {"c", "b", "a"}),
    ((1, 2), [1, 2]),
    (Word.YES, "YES"),
    (Thing("a", Thing("b")), Thing("a", Thing("b"))),
    (Window(1, "08:00", "12:00"), Window(1, "08:00", "12:00")),
]
OTHER: list[tuple[Any, Any]] = [
    (1, True),
    (1, "1"),
    (None, ""),
    ([], None),
    ([1, 2], [2, 1]),
    (Thing("a", None), Thing("a", "")),
    (INSTANT, INSTANT + timedelta(microseconds=1)),
    (INSTANT, INSTANT.replace(tzinfo=None)),
    ("a", "b"),
    ("ab", "a\u0308b"),
    (b"a", b"b"),
    (date(2026, 1, 2), date(2026, 2, 1)),
    (UUID(int=1), UUID(int=2)),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_equal_inputs_have_one_form(one: Any, other: Any) -> None:
    assert canonical({"x": one}) == canonical({"x": other})


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_different_inputs_have_different_forms(one: Any, other: Any) -> None:
    assert canonical({"x": one}) != canonical({"x": other})


def test_a_lone_surrogate_has_a_form_too() -> None:
    assert canonical("\ud800").encode() != canonical("\udfff").encode()


def test_what_has_no_lasting_form_is_refused() -> None:
    for value in (object(), Thing, lambda: None):
        with pytest.raises(TypeError):
            canonical([value])


def test_the_form_is_the_same_in_every_process() -> None:
    script = (
        "from services.answer import canonical;"
        "print(canonical({'codes': frozenset(map(str, range(50))), 'none': None}))"
    )
    forms = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(forms) == 1


@pytest.mark.parametrize("refusal", refusal_classes(), ids=lambda refusal: refusal.code)
async def test_every_refusal_comes_back_as_it_went(refusal: type[DomainError]) -> None:
    first = refusal(field="it", limit=3, state="DRAFT")
    error = DomainError.of([first, refusal(field="other")])
    again = await give_again(keep(error))
    assert type(again) is refusal
    assert (again.field, again.params) == ("it", {"limit": 3, "state": "DRAFT"})
    assert [(type(each), each.field) for each in again.problems] == [
        (refusal, "it"),
        (refusal, "other"),
    ]


async def test_nothing_comes_back_as_nothing() -> None:
    assert await give_again(keep(None)) is None


def test_what_could_not_be_given_again_is_not_kept() -> None:
    for value in ("text", 1.5, object()):
        with pytest.raises(TypeError):
            keep(value)
