"""What a run has found, as lines for people and as JSON for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from faults.scenario import Figure, Found

_SHOWN = 12


@dataclass(slots=True)
class Line:
    """One scenario or check of a run."""

    name: str
    sentence: str
    found: Found
    seconds: float = 0.0
    worst: float = 0.0  # seconds from a request to its answer, tries included
    calls: int = 0


@dataclass(slots=True)
class Report:
    """Everything that a run found."""

    seed: int
    quick: bool
    lines: list[Line] = field(default_factory=list)
    seconds: float = 0.0
    kills: int = 0
    falls: int = 0

    @property
    def broken(self) -> list[str]:
        """Every sentence about something that broke."""
        return [f"{line.name}: {each}" for line in self.lines for each in line.found.broken]

    @property
    def faults(self) -> int:
        """How many faults were survived, or not."""
        return sum(line.found.faults for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        """All of it."""
        return {
            "seed": self.seed,
            "quick": self.quick,
            "seconds": round(self.seconds, 1),
            "kills": self.kills,
            "falls": self.falls,
            "faults": self.faults,
            "worst_delay": round(max((line.worst for line in self.lines), default=0), 2),
            "broken": self.broken,
            "lines": [_line_as_json(line) for line in self.lines],
        }


def _line_as_json(line: Line) -> dict[str, Any]:
    return {
        "name": line.name,
        "sentence": line.sentence,
        "figures": line.found.figures,
        "faults": line.found.faults,
        "calls": line.calls,
        "worst": round(line.worst, 2),
        "seconds": round(line.seconds, 1),
        "broken": line.found.broken,
    }


def table(report: Report) -> Iterator[str]:
    """Lines of Markdown."""
    yield "| | what is done | figures | faults | worst answer s | broken |"
    yield "| --- | --- | --- | ---: | ---: | ---: |"
    for line in report.lines:
        figures = ", ".join(
            f"{_number(value)} {name}" for name, value in line.found.figures.items()
        )
        worst = f"{line.worst:.2f}" if line.calls else ""
        yield (
            f"| {line.name} | {line.sentence} | {figures} | {line.found.faults or ''} "
            f"| {worst} | {len(line.found.broken)} |"
        )


def _number(value: Figure) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def ending(report: Report) -> Iterator[str]:
    """The last words of a run."""
    kind = "quick trial" if report.quick else "whole run"
    worst = max((line.worst for line in report.lines), default=0)
    yield (
        f"Seed {report.seed}, {kind} of {report.seconds:.0f} s: {report.faults:,} faults, "
        f"{report.kills} processes killed, worst answer {worst:.1f} s, "
        f"{len(report.broken)} broken promises."
    )
    yield from _some(report.broken)


def _some(broken: Sequence[str]) -> Iterator[str]:
    for each in broken[:_SHOWN]:
        yield f"  BROKEN {each}"
    if len(broken) > _SHOWN:
        yield f"  and {len(broken) - _SHOWN} more; --json has all of them"
