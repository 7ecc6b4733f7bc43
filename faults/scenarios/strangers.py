"""Ids of strangers through every field: what is there and what is not are told apart by nobody."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from uuid import UUID

from graphql import build_schema

from domain.ids import encode, uuid7
from domain.viewer import ANONYMOUS
from faults.cast import DISTRICT, Person
from faults.checks.calls import server_errors, slow
from faults.clients import Client
from faults.fields import Field, fields_with_ids
from faults.history import Call
from faults.scenario import Found
from faults.stage import Stage
from portal.graphql import schema as graph
from schema.plan.entity import ENTITIES
from tests.staging import everything

NAME = "ids of strangers"
_REFERENCE = re.compile(r'"reference": ?"[0-9a-f]+"')
_COST = re.compile(r'"extensions": ?\{"cost".*')
# What changes by itself, or by the attackers' own rows.
_VICTIMS = ("orders", "matches", "meetings", "contracts", "appointments", "talk_bookings", "users")


@dataclass(frozen=True, slots=True)
class Attacker:
    """Who asks, and the ids of every kind that this one must not see."""

    name: str
    token: str
    ids: Sequence[str]


async def ids_of_strangers(stage: Stage) -> Found:
    """Ids of strangers through every field that takes one: answered as if nothing were there."""
    await stage.stock.whole_process()
    chance = stage.chance(NAME)
    fields = list(fields_with_ids(build_schema(graph.as_str(), assume_valid=True)))
    pairs = [
        (attacker, field, identity)
        for attacker in await _attackers(stage)
        for field, identity in product(fields, attacker.ids)
    ]
    chance.shuffle(pairs)
    (client,) = stage.clients(NAME, 1)
    before = await everything(_VICTIMS)
    broken, asked = [], set[str]()
    for attacker, field, identity in stage.in_time(pairs[: stage.sizes.strangers]):
        broken += await _told(client, attacker, field, identity)
        asked.add(field.name)
    after = await everything(_VICTIMS)
    broken += [f"{table} changed by it" for table in before if before[table] != after[table]]
    calls = stage.history.of(NAME)
    figures = {"fields": len(asked), "of": len(fields), "asked": len(calls)}
    return Found(dict(figures), len(calls), [*broken, *server_errors(calls), *slow(calls)])


async def _told(client: Client, attacker: Attacker, field: Field, identity: str) -> list[str]:
    """A stranger's id and one that nobody has, told apart by an answer."""
    nobody = f"{identity[: -len(uuid7().hex)]}{uuid7().hex}"
    said = []
    for each in (identity, nobody):
        call = await client.once(attacker.token, field.name, field.document, field.variables(each))
        said.append(without(call, each))
    if said[0] == said[1]:
        return []
    kind = identity.partition("_")[0]
    return [f"{field.name} tells {attacker.name} of a stranger's {kind}: {said[0][:200]}"]


def without(call: Call, identity: str) -> str:
    """The answer without the id that was asked for, and without what differs each time."""
    text = f"{call.status} {call.body}".replace(identity, "ID")
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


async def _unseen(person: Person | None) -> list[str]:
    """One id of each kind of row that is there and hidden from this person."""
    found = []
    for entity in ENTITIES.values():
        if not entity.is_node or entity.model is None:
            continue
        viewer = person.viewer if person else ANONYMOUS
        visible: set[UUID] = set(await entity.model.visible_to(viewer).values_list("id", flat=True))  # type: ignore[attr-defined]  # demanded of every entity's model
        rows = await entity.model.all().order_by("-id").limit(5_000).values_list("id", flat=True)
        hidden = next((each for each in map(_plain, rows) if each not in visible), None)
        if hidden is not None:
            found.append(encode(entity.prefix, DISTRICT, hidden))
    return found


def _plain(row: object) -> UUID:
    """The only value of a row that the ORM gives as it comes."""
    if not isinstance(row, UUID):
        raise TypeError("rows are told apart by their ids")
    return row
