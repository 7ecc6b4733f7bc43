"""The one clock of the services; `portal/` and tests may set another."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from domain.dates import BERLIN

Clock = Callable[[], datetime]


def _system() -> datetime:
    return datetime.now(UTC)


_current: list[Clock] = [_system]


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _current[0]()


def today() -> date:
    """The day that it is for people in the district."""
    return now().astimezone(BERLIN).date()


def use(clock: Clock | None) -> None:
    """Take another clock from now on; None goes back to the system's."""
    _current[0] = clock or _system
