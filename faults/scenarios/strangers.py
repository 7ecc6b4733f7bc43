"""Ids of strangers through every field: what is there and what is not are told apart by nobody."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID

from graphql import build_schema

from domain.ids import encode, uuid7
from domain.viewer import ANONYMOUS
from faults.cast import DISTRICT, Ground, Person
from faults.checks.calls import server_errors, slow
from faults.clients import Client
from faults.fields import Field, fields_with_ids
from faults.history import Call
from faults.scenario import Found
from faults.stage import Stage
from models.district import District
from models.session import Session
from portal.graphql import schema as graph
from schema.plan.entity import ENTITIES
from tests.staging import everything

NAME = "ids of strangers"
_OTHERS = ("block", "pushdevice", "session")  # kinds of ids that no type of the graph has
_STRANGERS = 3  # of each kind
_REFERENCE = re.compile(r'"reference": ?"[0-9a-f]+"')
_COST = re.compile(r'"extensions": ?\{"cost".*')
# What changes by itself, or by the attackers' own rows.
_VICTIMS = ("orders", "matches", "meetings", "contracts", "appointments", "talk_bookings", "users")


@dataclass(frozen=True, slots=True)
class Attacker:
    """Who asks, and ids of every kind that this one must not see."""

    name: str
    token: str
    ids: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Target:
    """A field, and the kind of id that it takes in each of its places."""

    field: Field
    kinds: Mapping[str, str]


async def ids_of_strangers(stage: Stage) -> Found:
    """Ids of strangers through every field that takes one: answered as if nothing were there."""
    ground = await stage.stock.whole_process()
    (client,) = stage.clients(NAME, 1)
    fields = list(fields_with_ids(build_schema(graph.as_str(), assume_valid=True)))
    stage.chance(NAME).shuffle(fields)
    learned = stage.in_time(fields[: stage.sizes.strangers])
    targets = [await _target(client, stage.cast.seekers[0].token, each) for each in learned]
    known = [each for each in targets if each is not None]
    before = await everything(_VICTIMS)
    broken = await _shown(client, fields, ground)
    asked = 0
    pairs = list(product(await _attackers(stage), known, range(_STRANGERS)))
    for attacker, target, number in stage.in_time(pairs):
        broken += await _told(client, attacker, target, number)
        asked += 1
    after = await everything(_VICTIMS)
    broken += [f"{table} changed by it" for table in before if before[table] != after[table]]
    calls = stage.history.of(NAME)
    figures = {"fields": len(known), "of": len(fields), "questions": asked}
    return Found(dict(figures), asked, [*broken, *server_errors(calls), *slow(calls)])


async def _shown(client: Client, fields: Sequence[Field], ground: Ground) -> list[str]:
    """That a difference would be seen: whoever owns a match is told of it."""
    field = next(each for each in fields if each.name == "match")
    owner = Attacker("its owner", ground.seeker.token, {"match": ground.ids})
    if await _told(client, owner, Target(field, {"id": "match"}), 0):
        return []
    return ["even the owner of a match is told nothing, so this shows nothing"]


async def _target(client: Client, token: str, field: Field) -> Target | None:
    """Find out which kind of id a field takes where; None if it takes none that is known."""
    left = {leaf: _likely(leaf) for leaf in field.leaves}
    while all(left.values()):
        kinds = {leaf: each[0] for leaf, each in left.items()}
        variables = field.variables({leaf: _nobody(kind) for leaf, kind in kinds.items()})
        call = await client.once(token, field.name, field.document, variables)
        if "ID_MALFORMED" not in call.codes:
            return Target(field, kinds)
        left[_place(call, field)].pop(0)
    return None


def _likely(leaf: str) -> list[str]:
    """All kinds, the one whose name is that of the place first."""
    kinds = sorted([*_OTHERS, *(each.prefix for each in ENTITIES.values())])
    return sorted(kinds, key=lambda kind: not leaf.lower().startswith(kind.lower()))


def _place(call: Call, field: Field) -> str:
    """Which of the ids was of the wrong kind."""
    errors = call.answer.get("errors") or [{}]
    named = call.result.get("field") or errors[0].get("extensions", {}).get("field") or ""
    words = [word for word in str(named).split(".") if word in field.leaves]
    return words[-1] if words else field.leaves[0]


def _nobody(kind: str) -> str:
    return encode(kind, DISTRICT, uuid7())


async def _told(client: Client, attacker: Attacker, target: Target, number: int) -> list[str]:
    """A stranger's id and one that nobody has, told apart by an answer."""
    field = target.field
    strangers = {
        leaf: attacker.ids[kind][number % len(attacker.ids[kind])]
        if attacker.ids.get(kind)
        else _nobody(kind)
        for leaf, kind in target.kinds.items()
    }
    said = []
    for ids in (strangers, {leaf: _nobody(kind) for leaf, kind in target.kinds.items()}):
        variables = field.variables(ids)
        call = await client.once(attacker.token, field.name, field.document, variables)
        said.append(without(call, ids.values()))
    if said[0] == said[1]:
        return []
    return [f"{field.name} tells {attacker.name} of a stranger: {said[0][:200]}"]


def without(call: Call, ids: Iterable[str]) -> str:
    """The answer without the ids that were asked for, and without what differs each time."""
    text = f"{call.status} {call.body}"
    for each in ids:
        text = text.replace(each, "ID")
    return _COST.sub("", _REFERENCE.sub("", text))


async def _attackers(stage: Stage) -> list[Attacker]:
    cast = stage.cast
    people: dict[str, Person | None] = {
        "a seeker": cast.seekers[0],
        "an assistant": cast.assistants[0],
        "a coordinator": cast.houses[0][1],
        "nobody": None,
    }
    return [
        Attacker(name, person.token if person else "", await _unseen(person))
        for name, person in people.items()
    ]


async def _unseen(person: Person | None) -> dict[str, list[str]]:
    """Ids of each kind of row that is there and hidden from this person."""
    found: dict[str, list[str]] = {}
    viewer = person.viewer if person else ANONYMOUS
    for entity in ENTITIES.values():
        if entity.model not in {None, District}:
            visible = set(await entity.model.visible_to(viewer).values_list("id", flat=True))  # type: ignore[attr-defined]  # demanded of every entity's model
            found[entity.prefix] = await _some(entity.prefix, entity.model.all(), visible)
    own = set(await Session.visible_to(viewer).values_list("id", flat=True))
    found["session"] = await _some("session", Session.all(), own)
    return found


async def _some(kind: str, rows: Any, visible: set[Any]) -> list[str]:
    """Ids of some rows that are not among the visible ones."""
    newest = await rows.order_by("-id").limit(5_000).values_list("id", flat=True)
    hidden = [row for row in newest if row not in visible and isinstance(row, UUID)]
    return [encode(kind, DISTRICT, row) for row in hidden[:_STRANGERS]]
