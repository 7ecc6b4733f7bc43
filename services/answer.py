"""Answers that can be given again: what is kept of an executed request, and how it comes back.

Kept are the object's id, its state and its version, or the refusal: no personal data. A repeat
reads the object anew and gives it the state and the version of the first answer, so that
everything derived from them (`availableActions`, `nextStep`) is the same too
(docs/decisions/0005-idempotency.md).
"""

import dataclasses
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from tortoise import Tortoise
from tortoise.models import Model

from domain.errors import DomainError, NotFound, refusal_classes
from models.session import Session

Answer = Mapping[str, Any]
_KEPT = ("state", "version")
_REFUSALS = {cls.code: cls for cls in refusal_classes()}


def keep(value: object) -> dict[str, Any]:
    """What is stored of a use case's outcome: a refusal, a row of a table, a number, or nothing.

    Raises:
        TypeError: an outcome that could not be given again.
    """
    if isinstance(value, DomainError):
        return {"refusal": _flat(value) | {"problems": [_flat(each) for each in value.problems]}}
    if isinstance(value, Model):
        held = {name: getattr(value, name) for name in _KEPT if name in value._meta.fields_map}  # noqa: SLF001  tortoise has no other door to it
        plain = {name: v.value if isinstance(v, Enum) else v for name, v in held.items()}
        return {"model": type(value).__name__, "id": str(value.pk), "held": plain}
    if isinstance(value, int):
        return {"number": value}
    if value is None:
        return {}
    raise TypeError(f"{type(value).__name__} cannot be kept as an answer")


async def give_again(answer: Answer) -> Any:
    """The outcome that `keep` stored; a refusal is returned, not raised.

    Raises:
        NotFound: the object has been deleted since.
    """
    if "refusal" in answer:
        return _refused(answer["refusal"])
    if "model" not in answer:
        return answer.get("number")
    model = Tortoise.apps["models"][answer["model"]]
    row = await model.get_or_none(pk=UUID(answer["id"]))
    if row is None:
        raise NotFound(field="id")
    for name, value in answer["held"].items():
        setattr(row, name, model._meta.fields_map[name].to_python_value(value))  # noqa: SLF001  as above
    return row


def is_over(outcome: object, now: datetime) -> bool:
    """Whether an answer is worth nothing any more: a session that has ended since."""
    return isinstance(outcome, Session) and (
        outcome.revoked_at is not None or outcome.expires_at <= now
    )


def canonical(value: object) -> str:
    """A text that is equal for equal inputs, whatever order, zone or process they come from.

    Raises:
        TypeError: a value whose text could differ from process to process.
    """
    return json.dumps(value, sort_keys=True, default=_plain)


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, frozenset | set):
        return sorted(canonical(each) for each in value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, UUID | date | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _flat(error: DomainError) -> dict[str, Any]:
    """Without its problems, the first of which is the refusal itself."""
    return {"code": error.code, "field": error.field, "params": dict(error.params)}


def _refused(kept: Mapping[str, Any]) -> DomainError:
    error = _made(kept)
    error.problems = tuple(_made(problem) for problem in kept["problems"])
    return error


def _made(kept: Mapping[str, Any]) -> DomainError:
    return _REFUSALS[kept["code"]](field=kept["field"], **kept["params"])
