"""What guards the doors that anybody may knock at."""

from dataclasses import dataclass

from domain.keys import Keys
from services.limiter import Limiter


@dataclass(frozen=True, slots=True)
class Gate:
    """The portal's keys, its limits, and the network address that is knocking."""

    keys: Keys
    limiter: Limiter
    address: str
