"""Refusals in words: what does not work, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import DomainError
from domain.machine import Machine
from domain.states import (
    ACCOUNT,
    MATCH,
    ORDER,
    TALK,
)
from notifications.language import Language, labels, text

_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a person reads about a refusal."""

    message: str
    remedy: str


def explain(refusal: DomainError, language: Language) -> Explanation:
    """Message and remedy; states and names of fields appear as people know them."""
    values = {name: _readable(name, refusal.params, language) for name in refusal.params}
    return Explanation(
        message=text(f"refusals.{refusal.code}.message", language, **values),
        remedy=text(f"refusals.{refusal.code}.remedy", language, **values),
    )


def _readable(name: str, params: Mapping[str, str | int], language: Language) -> str:
    value = str(params[name])
    if name == "state":
        return _state_label(value, str(params.get("action", "")), language)
    if name == "fields":
        return ", ".join(_field_label(each.strip(), language) for each in value.split(","))
    if name == "kind":
        return labels(language).get(f"consents.{value}.title", value)
    if name == "seconds":
        return _duration(int(value), language)
    return value


def _duration(seconds: int, language: Language) -> str:
    """How long to wait: seconds up to a minute and a half, then whole minutes, rounded up."""
    number, unit = (seconds, "SECOND") if seconds <= _SECONDS else (-(-seconds // 60), "MINUTE")
    return text(f"enums.duration.{unit if number == 1 else unit + 'S'}", language, number=number)


def _field_label(field: str, language: Language) -> str:
    return labels(language).get(f"fields.{field}", field)


def _state_label(state: str, action: str, language: Language) -> str:
    """The label in the machine that knows the action, else in the first that knows the state."""
    machines = sorted(
        (ORDER, MATCH, ACCOUNT, TALK), key=lambda machine: not _knows(machine, action)
    )
    found = (labels(language).get(f"states.{machine.name}.{state}") for machine in machines)
    return next((label for label in found if label is not None), state)


def _knows(machine: Machine, action: str) -> bool:
    return action in machine.actions
