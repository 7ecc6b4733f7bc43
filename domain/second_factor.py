"""The second factor: who has to have one, and what its codes look like."""

import base64
from collections.abc import Iterator

from domain.viewer import STAFF, Role

NEEDED = STAFF | {Role.COORDINATOR}
STEP_SECONDS = 30
DIGITS = 6
RECOVERY_CODES = 10
_GROUP = 4
_SECRET_BYTES, _CODE_BYTES = 20, 10


def secret(signature: bytes) -> str:
    """What an authenticator app is given: 160 bits in base32 (RFC 4226, 4)."""
    return base64.b32encode(signature[:_SECRET_BYTES]).decode()


def recovery_code(signature: bytes) -> str:
    """A code for the day on which the app is lost: 80 bits, in groups that can be copied."""
    text = base64.b32encode(signature[:_CODE_BYTES]).decode()
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def typed(code: str) -> str:
    """A code as somebody typed it, without what people put between; no code has other letters."""
    return "".join(each for each in code.upper() if each.isascii() and each.isalnum())


def steps(seconds: float, used: int) -> Iterator[int]:
    """The steps whose codes count now: the present one and its neighbours, each once."""
    now = int(seconds) // STEP_SECONDS
    return (step for step in (now, now - 1, now + 1) if step > used)
