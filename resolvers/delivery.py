"""Thin events on their way to subscribers: what is read for them is read when they are delivered.

A subscription's source is a generator of deliveries, one per subscriber, that asks no database.
Whoever delivers one looks at the session again, and reads once for all subscribers who see alike.
"""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Any

from domain.viewer import Viewer
from schema.context import Context

Read = Callable[[Context], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event, and how its payload is read with the rights of whoever gets it.

    Two deliveries to the same operation with the same `key` have the same payload for the same
    rights.
    """

    key: Hashable
    read: Read


def delivery(key: Hashable, read: Read) -> Any:
    """A delivery where the graph's types speak of the payload that it stands for."""
    return Delivery(key, read)


def audience(viewer: Viewer) -> Hashable:
    """Who gets the same answer to the same operation.

    Released officers of one role see every row and the same of it. No type below a subscription
    says anything about the officer who looks; `tests/resolvers/test_delivery.py` walks them.
    """
    if viewer.is_staff:
        return viewer.role
    return viewer.id, viewer.role, viewer.state, viewer.provider_id
