"""What all facts are made of: columns by their names in the graph, and other rows."""

from dataclasses import dataclass
from typing import Any

from tests.schema.plan.oracle import Eyes
from tests.schema.plan.world import Row

SOMETHING = object()  # a text or a list that is made for people: there, whatever it says

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ref:
    """Another row, if the viewer may see it."""

    kind: str
    row: Row


@dataclass(frozen=True, slots=True)
class Page:
    """A connection over other rows."""

    rows: list[Ref]


def columns(row: Row, names: str) -> Facts:
    return {name: plain(row[snake(name)]) for name in names.split()}


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def seen(eyes: Eyes, kind: str, key: Any) -> Ref | None:
    row = eyes.world.row(kind, key)
    return Ref(kind, row) if row is not None and eyes.sees(kind, row) else None


def told(eyes: Eyes, order: Row, count: int) -> int:
    """A number as the live number is told."""
    town = eyes.world.first("municipalities", "id", order["municipality_id"]) or {}
    district = eyes.world.first("districts", "key", town.get("district_id")) or {}
    smallest = district.get("smallest_told") or 5
    return smallest - 1 if eyes.role == "SEEKER" and 0 < count < smallest else count
