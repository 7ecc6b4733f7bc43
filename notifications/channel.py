"""Ways to a person: whatever takes something finished and hands it on, or keeps it.

A mail, a text message and a ring are carried alike, and fail in one of three ways. Errors carry a
reply's number and no text, because replies quote addresses.
"""

from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar
from uuid import UUID

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


class Refused(Exception):
    """The other side will never take this."""


class Gone(Refused):
    """There is nobody at this address any more, and never will be."""


class Delayed(Exception):
    """It could not be handed over now; the same may go later."""


class Carrier(Protocol[T_contra]):
    """Whatever takes something finished."""

    async def send(self, item: T_contra, /) -> None:
        """Hand it over.

        Raises:
            Refused: never try this again.
            Delayed: try the same again later.
        """


@dataclass(frozen=True, slots=True)
class TextMessage:
    """What goes to a mobile number; the same id on every repeat."""

    id: UUID
    number: str = field(repr=False)
    text: str


@dataclass(frozen=True, slots=True)
class Ring:
    """What goes to a browser: its address, the keys that only it can read with, and a sentence."""

    id: UUID
    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    text: str


class Recording(Generic[T]):
    """The null twin of every way: keeps what it is given, and hands on nothing."""

    def __init__(self) -> None:
        self.sent: list[T] = []

    async def send(self, item: T, /) -> None:
        """See `Carrier`."""
        self.sent.append(item)
