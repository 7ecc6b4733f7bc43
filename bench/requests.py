"""The stream of requests: random viewers, ids and pages, the same for every server."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from bench.district import District
from domain.ids import encode
from schema.connection import cursor_of

# How the hundred references of a gateway are mixed; the last ones are of nobody.
_REFERENCES = (("Order", 40), ("Match", 30), ("Assistant", 20), ("Provider", 8))
_UNKNOWN = 2


@dataclass(frozen=True, slots=True)
class Request:
    """One read as one viewer asks it."""

    read: str
    token: str
    variables: dict[str, Any]


class Stream:
    """Requests for one read, without end; equal seeds give equal streams."""

    def __init__(self, district: District, read: str, seed: int) -> None:
        self._district = district
        self._read = read
        self._chance = Random(f"{seed} {read}")
        self._make: Callable[[], tuple[UUID, dict[str, Any]]] = {
            "order": lambda: self._one(district.answered),
            "long": lambda: self._one(district.long),
            "page": self._page,
            "entities": self._entities,
            "suggested": self._suggested,
        }[read]

    def next(self) -> Request:
        """The next request."""
        viewer, variables = self._make()
        return Request(self._read, self._district.tokens[viewer], variables)

    def _id(self, kind: str, value: UUID) -> str:
        return encode(kind.lower(), self._district.key, value)

    def _one(self, orders: "Any") -> tuple[UUID, dict[str, Any]]:
        order, seeker = self._chance.choice(orders)
        return seeker, {"id": self._id("order", order)}

    def _page(self) -> tuple[UUID, dict[str, Any]]:
        orders = self._district.orders
        behind = orders[self._chance.randrange(30, len(orders))]
        return self._chance.choice(self._district.staff), {"after": cursor_of(str(behind))}

    def _suggested(self) -> tuple[UUID, dict[str, Any]]:
        user, provider = self._chance.choice(self._district.coordinators)
        asked = self._district.asked[provider]
        behind = asked[self._chance.randrange(len(asked) // 4, len(asked))]
        return user, {"after": cursor_of(str(behind))}

    def _entities(self) -> tuple[UUID, dict[str, Any]]:
        sources = {
            "Order": self._district.orders,
            "Match": self._district.matches,
            "Assistant": self._district.assistants,
            "Provider": self._district.providers,
        }
        chosen = [
            {"__typename": kind, "id": self._id(kind, each)}
            for kind, number in _REFERENCES
            for each in self._chance.sample(sources[kind], number)
        ]
        for _ in range(_UNKNOWN):
            nobody = UUID(int=self._chance.getrandbits(128))
            chosen.append({"__typename": "Order", "id": self._id("order", nobody)})
        self._chance.shuffle(chosen)
        return self._chance.choice(self._district.staff), {"representations": chosen}
