"""What a scenario is: a named function with a sentence, and what it found."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from faults.stage import Stage

Figure = float | int | str


@dataclass(slots=True)
class Found:
    """Figures for people, faults survived, and every sentence about something that broke."""

    figures: dict[str, Figure] = field(default_factory=dict)
    faults: int = 0
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One line of the report."""

    name: str
    sentence: str
    act: Callable[[Stage], Awaitable[Found]]
    strands_jobs: bool = False  # whether jobs have to wait for a lease afterwards


def scenario(
    function: Callable[[Stage], Awaitable[Found]], *, strands_jobs: bool = False
) -> Scenario:
    """The function with its name and the first sentence of its description."""
    lines = (function.__doc__ or "").strip().splitlines()
    return Scenario(function.__name__.replace("_", " "), lines[0], function, strands_jobs)
