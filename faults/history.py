"""What clients asked and what they were answered, call by call."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

# An error that nobody expected may pass too; that it came at all is another check's matter.
PASSING_CODES = frozenset({"UNAVAILABLE", "INTERNAL", "IDEMPOTENCY_IN_FLIGHT"})
LOST = 0  # in the place of a status: no answer came
_SERVICE_UNAVAILABLE = 503


@dataclass(frozen=True, slots=True)
class Call:
    """One request and its answer; instants are seconds of the monotonic clock."""

    scenario: str
    who: str
    name: str
    key: str
    given: str
    port: int
    began: float
    ended: float
    status: int
    body: str

    @property
    def seconds(self) -> float:
        """How long the answer took."""
        return self.ended - self.began

    @property
    def answer(self) -> dict[str, Any]:
        """The answer's JSON; empty if there is none."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def result(self) -> dict[str, Any]:
        """What the only root field says; empty if it says nothing."""
        data = self.answer.get("data")
        first = next(iter(data.values()), None) if isinstance(data, dict) else None
        return first if isinstance(first, dict) else {}

    @property
    def codes(self) -> frozenset[str]:
        """The codes of a refusal and of errors."""
        errors = self.answer.get("errors") or []
        found = {str(each.get("extensions", {}).get("code", "")) for each in errors}
        if "code" in self.result:
            found.add(str(self.result["code"]))
        return frozenset(found)

    @property
    def is_settled(self) -> bool:
        """Whether it was answered for good: a repeat must say the same."""
        passing = self.codes & PASSING_CODES
        return self.status not in (LOST, _SERVICE_UNAVAILABLE) and not passing

    @property
    def is_done(self) -> bool:
        """Whether the effect was acknowledged."""
        return self.is_settled and "id" in self.result and not self.codes


@dataclass(slots=True)
class History:
    """All calls of a run, in the order of their answers."""

    calls: list[Call] = field(default_factory=list)

    def of(self, scenario: str) -> list[Call]:
        """The calls of one scenario."""
        return [each for each in self.calls if each.scenario == scenario]

    def save(self, path: Path) -> None:
        """Write one line of JSON per call."""
        with path.open("w", encoding="utf-8") as file:
            file.writelines(self._lines())

    def _lines(self) -> Iterator[str]:
        for each in self.calls:
            yield json.dumps(asdict(each), ensure_ascii=False) + "\n"


def digest(variables: object) -> str:
    """A short text that is equal for equal inputs."""
    text = json.dumps(variables, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
