"""Refusals in words: what does not work, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.contract_state import CONTRACT
from domain.errors import DomainError
from domain.match import MatchAction
from domain.order import OrderAction
from domain.states import ACCOUNT, MACHINES, MATCH, MEETING, ORDER
from notifications.calculation import number
from notifications.language import Language, labels, text
from notifications.moment import day_in_words

_SECONDS = 90
_LONGEST_YEAR = 4  # digits, which are not grouped
# Actions that are no step of a machine, by the one whose states they ask for.
_ABOUT = {
    **dict.fromkeys((*OrderAction, "DRAFT_CONTRACT"), ORDER.name),
    **dict.fromkeys((*MatchAction, "PROPOSE_MEETINGS", "SEND_MESSAGE"), MATCH.name),
    **dict.fromkeys(("CHOOSE_MEETING", "RECORD_MEETING"), MEETING.name),
    **dict.fromkeys(("PROPOSE_APPOINTMENT", "PLAN_APPOINTMENTS"), CONTRACT.name),
    **dict.fromkeys(
        ("CONFIRM_SECOND_FACTOR", "REMOVE_SECOND_FACTOR", "RENEW_RECOVERY_CODES"), "SECOND_FACTOR"
    ),
}
# Parameters that are codes with a label of their own.
_LABELS = {
    "action": "actions.{}.label",
    "kind": "consents.{}.title",
    "what": "enums.rate.{}",
    "figure": "financing.figure.{}",
}
# Values that do not fit and have the words of a refusal.
_VALUES = {"MISSING": "refusals.FIELD_REQUIRED"}
_NAMED = "named"  # the remedy that calls the field by its label, of refusals that have one
_OF_STEPS = {action: machine.name for machine in MACHINES for action in machine.actions}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a person reads about a refusal."""

    message: str
    remedy: str


def explain(refusal: DomainError, language: Language) -> Explanation:
    """Message and remedy; states and names of fields appear as people know them."""
    values = {name: _readable(name, refusal.params, language) for name in refusal.params}
    section = f"refusals.{refusal.code}"
    return _naming(_said(section, language, **values), section, refusal.field, language)


def explain_value(kind: str, language: Language, field: str | None = None) -> Explanation:
    """What is wrong with a value that is not of its scalar, or of the `kind` that says why."""
    section = _VALUES.get(kind, f"values.{kind}")
    said = _explanation(section, language) or _said("refusals.INPUT_REFUSED", language)
    return _naming(said, section, field, language)


def explain_request(code: str, language: Language) -> Explanation | None:
    """What is wrong with a request that nothing was done for; None for a code without words."""
    return _explanation(f"errors.{code}", language)


def explain_failure(code: str, language: Language, **values: str) -> Explanation:
    """What went wrong on the portal's side, where nobody expected it."""
    return _said(f"errors.{code}", language, **values)


def _naming(said: Explanation, section: str, field: str | None, language: Language) -> Explanation:
    """With the field's label in the remedy, where there are words for it and it has a label."""
    named = f"{section}.{_NAMED}"
    label = _known_label(field or "", language) if named in labels(language) else None
    return replace(said, remedy=text(named, language, label=label)) if label else said


def _explanation(section: str, language: Language) -> Explanation | None:
    known = f"{section}.message" in labels(language)
    return _said(section, language) if known else None


def _said(section: str, language: Language, **values: str) -> Explanation:
    return Explanation(
        message=text(f"{section}.message", language, **values),
        remedy=text(f"{section}.remedy", language, **values),
    )


def _readable(name: str, params: Mapping[str, str | int], language: Language) -> str:
    value = str(params[name])
    if name == "state":
        return _state_label(value, str(params.get("action", "")), language)
    if name in _SEVERAL:
        return ", ".join(_SEVERAL[name](each.strip(), language) for each in value.split(","))
    if name in _LABELS:
        return labels(language).get(_LABELS[name].format(value), value)
    if name == "day":
        return day_in_words(date.fromisoformat(value), language)
    if name == "seconds":
        return _duration(int(value), language)
    return _grouped(value, language) if name in {"low", "high"} else value


def _grouped(value: str, language: Language) -> str:
    """Great numbers as the language groups them; a bound can be a time of day or a year too."""
    great = value.isdecimal() and len(value) > _LONGEST_YEAR
    return number(Decimal(value), language) if great else value


def _duration(seconds: int, language: Language) -> str:
    """How long to wait: seconds up to a minute and a half, then whole minutes, rounded up."""
    number, unit = (seconds, "SECOND") if seconds <= _SECONDS else (-(-seconds // 60), "MINUTE")
    return text(f"enums.duration.{unit if number == 1 else unit + 'S'}", language, number=number)


def _field_label(field: str, language: Language) -> str:
    return _known_label(field, language) or field


def _known_label(field: str, language: Language) -> str | None:
    """As the form says it; other inputs' fields have a label of their own."""
    known = labels(language)
    # Of a list's entry the list is what has a label.
    name = next((step for step in reversed(field.split(".")) if not step.isdecimal()), field)
    return known.get(f"forms.label.{name}") or known.get(f"fields.{name}")


def _doer_label(doer: str, language: Language) -> str:
    return text(f"enums.doer.{doer}", language)


# Parameters that are several codes, with commas between.
_SEVERAL = {"fields": _field_label, "doers": _doer_label}


def _state_label(state: str, action: str, language: Language) -> str:
    """The label where the action belongs, else in the first machine that knows the state."""
    place = _ABOUT.get(action) or _OF_STEPS.get(action, ACCOUNT.name)
    names = (place, *(machine.name for machine in MACHINES))
    found = (labels(language).get(f"states.{name}.{state}") for name in names)
    return next((label for label in found if label is not None), state)
