"""What the tests of commands share: a command's answer, and how it is called."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

SECRET = "0123456789abcdef0123456789abcdef"


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


Portal = Callable[..., Awaitable[Said]]
