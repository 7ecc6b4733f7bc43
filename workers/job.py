"""What a job is: handlers with their limits, and how a job says that it ended.

A handler states timeout, tries and backoff beside its function. It must be safe to run twice. An
exception counts as a failure and is repeated later; `Cancelled` means there is nothing left to do.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

MAX_SECONDS = 20.0
# The retention duty deletes finished rows after this; a longer period could then begin twice.
LONGEST_PERIOD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Job:
    """One run of a job. `attempt` is 1 for the first run, and grows with each failure."""

    id: UUID
    kind: str
    aggregate: UUID
    payload: Mapping[str, str | int]
    attempt: int


@dataclass(frozen=True, slots=True)
class Done:
    """The job's effect is there."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """There is nothing left to do; the reason is a short code, never a person's words."""

    reason: str


@dataclass(frozen=True, slots=True)
class Snooze:
    """Run again at an instant; not a failure."""

    until: datetime


Outcome = Done | Cancelled | Snooze
Function = Callable[[Job], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Handler:
    """A job's function with its limits.

    `outside` marks effects outside PostgreSQL: the function runs without a transaction around
    it. `every` makes it a periodic duty that promises its own next run.
    """

    function: Function
    timeout: float
    tries: int
    backoff: float
    outside: bool
    every: timedelta | None


HANDLERS: dict[str, Handler] = {}


def handler(  # noqa: PLR0913  each limit is stated by name beside the function
    kind: str,
    *,
    timeout: float = MAX_SECONDS,
    tries: int = 8,
    backoff: float = 2.0,
    outside: bool = False,
    every: timedelta | None = None,
) -> Callable[[Function], Function]:
    """Declare the function that does the jobs of one kind.

    Args:
        kind: what the outbox row is called, for instance `order.match`.
        timeout: seconds that one run may take, 20 at most.
        tries: failures after which the job is given up.
        backoff: seconds before the first repeat; doubled for each further one.
        outside: the effect lies outside PostgreSQL (mail), so no transaction is held meanwhile.
        every: run once per period, for ever.
    """
    if not 0 < timeout <= MAX_SECONDS:
        raise ValueError(f"{kind}: a job may take {MAX_SECONDS:g} seconds at most")

    if every is not None and every > LONGEST_PERIOD:
        raise ValueError(f"{kind}: a period may be {LONGEST_PERIOD.days} days at most")

    def declare(function: Function) -> Function:
        if kind in HANDLERS:
            raise ValueError(f"{kind}: there is a handler already")
        HANDLERS[kind] = Handler(function, timeout, tries, backoff, outside, every)
        return function

    return declare
