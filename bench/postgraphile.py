"""PostGraphile's own operations for the reads, and its answers brought into our shape.

It has a schema of its own, made from the views of `bench/node/postgraphile.sql`: no `_entities`
(four lists by keys instead, put in order here), cursors of another kind (ours are computed here
from the last row), windows and enums as plain JSON and text.
"""

import base64
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID

import asyncpg

from bench.operations import DOCUMENTS
from bench.requests import Request
from domain.activity import CATALOGUE
from models.database import parse_url
from notifications.language import Language, text

_SCHEMA = Path(__file__).with_name("node") / "postgraphile.sql"
_LATEST = str(UUID(int=2**128 - 1))
_LISTS = {
    "Order": "ordersByKeysList",
    "Match": "matchesByKeysList",
    "Assistant": "assistantsByKeysList",
    "Provider": "providersByKeysList",
}


def _own_words(document: str) -> str:
    """One of our documents with the names that PostGraphile gives the same fields."""
    words = {
        "id name": "id: rowId name",
        "{ id ": "{ id: rowId ",
        "\n    id ": "\n    id: rowId ",
        "\n        id ": "\n        id: rowId ",
        "\n      id ": "\n      id: rowId ",
        "\n          id ": "\n          id: rowId ",
        "windows { weekday start end }": "windows",
        "$id: ID!": "$id: UUID!",
        "$after: String": "$after: UUID!",
        "order(id: $id)": "order: orderByKey(key: $id)",
        "suggestedOrders(first: 20, after: $after)": (
            "suggestedOrders: suggestedBefore(first: 20, place: $after)"
        ),
        " orders(first: 20, after: $after)": " orders: ordersBefore(first: 20, place: $after)",
    }
    for ours, theirs in words.items():
        document = document.replace(ours, theirs)
    return document


_ENTITIES = """
query GatewaysEntities(
  $Order: [UUID!]!, $Match: [UUID!]!, $Assistant: [UUID!]!, $Provider: [UUID!]!
) {
  ordersByKeysList(keys: $Order) {
    id: rowId orderState: state description createdAt municipality { id: rowId name }
    activities { code label }
  }
  matchesByKeysList(keys: $Match) { id: rowId matchState: state kind decidedAt }
  assistantsByKeysList(keys: $Assistant) {
    id: rowId firstName lastName employment activities { code label }
  }
  providersByKeysList(keys: $Provider) { id: rowId name email phone }
}
"""
_OPERATIONS: Mapping[str, str] = MappingProxyType(
    {read: _own_words(document) for read, document in DOCUMENTS.items()} | {"entities": _ENTITIES}
)


async def prepare(owner_url: str, role: str) -> None:
    """Make its schema, fill the texts of the activities in, and let the portal's role read."""
    connection = await asyncpg.connect(**parse_url(owner_url).arguments())
    labels = [(code, text(f"activities.activities.{code}", Language.DE)) for code in CATALOGUE]
    try:
        await connection.execute(_SCHEMA.read_text("utf-8"))
        await connection.copy_records_to_table("labels", schema_name="peer", records=labels)
        await connection.execute("ANALYZE peer.labels")
        await connection.execute(f'GRANT USAGE ON SCHEMA peer TO "{role}"')
        await connection.execute(f'GRANT SELECT ON ALL TABLES IN SCHEMA peer TO "{role}"')
    finally:
        await connection.close()


def body(request: Request) -> dict[str, Any]:
    """What it is sent instead of our document."""
    return {"query": _OPERATIONS[request.read], "variables": _variables(request)}


def _variables(request: Request) -> dict[str, Any]:
    given = request.variables
    if request.read == "entities":
        return {
            kind: [
                _key(each["id"]) for each in given["representations"] if each["__typename"] == kind
            ]
            for kind in _LISTS
        }
    if "id" in given:
        return {"id": _key(given["id"])}
    cursor = given.get("after")
    place = str(UUID(bytes=base64.urlsafe_b64decode(f"{cursor}=="))) if cursor else _LATEST
    return {"after": place}


def _key(identity: str) -> str:
    return str(UUID(hex=identity[-32:]))


def answer(request: Request, data: Any) -> Any:
    """Its answer in our shape."""
    if request.read == "entities":
        return {"_entities": _in_order(request, data)}
    for connection in _connections(data):
        nodes, info = connection["nodes"], connection.get("pageInfo")
        if info is not None:
            last = bytes.fromhex(nodes[-1]["id"][-32:]) if nodes else None
            cursor = None if last is None else base64.urlsafe_b64encode(last).decode().rstrip("=")
            info["endCursor"] = cursor
    return data


def _in_order(request: Request, data: Any) -> list[Any]:
    found: dict[str, Any] = {}
    for kind, name in _LISTS.items():
        found |= {row["id"]: {"__typename": kind, **row} for row in data[name]}
    return [found.get(each["id"]) for each in request.variables["representations"]]


def _connections(data: Any) -> list[Any]:
    """The connections of the roots and of one order."""
    roots = [root for root in data.values() if root is not None]
    return [
        each
        for root in roots
        for each in (root, root.get("matches"))
        if each is not None and "nodes" in each
    ]
