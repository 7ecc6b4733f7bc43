"""What generated operations came to: a proof over answers that hold nothing proves nothing."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.schema.plan.ways import body_of, status_of


@dataclass(slots=True)
class Tally:
    """Counts answers by what they hold."""

    seen: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)

    def add(self, found: bytes) -> None:
        """One answer."""
        body = json.loads(body_of(found))
        data, errors = body.get("data"), body.get("errors", [])
        self.seen["answers"] += 1
        self.seen["refused"] += status_of(found) != 200
        self.seen["with errors"] += bool(errors)
        self.seen["with errors and data"] += bool(errors) and bool(data)
        self.seen["with nested objects"] += any(map(_nests, (data or {}).values()))
        self.codes.update({each["extensions"]["code"] for each in errors})

    def share(self, name: str) -> float:
        """Of all answers."""
        return self.seen[name] / max(1, self.seen["answers"])

    def __str__(self) -> str:
        shares = ", ".join(
            f"{name} {self.share(name):.1%}" for name in self.seen if name != "answers"
        )
        return f"{self.seen['answers']} answers: {shares}; codes {dict(self.codes.most_common())}"


def _nests(value: Any) -> bool:
    """Whether an object stands in a list, or in another object."""
    if isinstance(value, list):
        return any(isinstance(each, dict) or _nests(each) for each in value)
    inner = value.values() if isinstance(value, dict) else ()
    return any(isinstance(each, dict) or _nests(each) for each in inner)
