"""What is wrong with the values of a form, and how the others are stored."""

import re
from collections.abc import Callable, Iterator, Mapping, Sized
from typing import Any

from domain import activity, password, quality
from domain.errors import (
    DomainError,
    FieldRequired,
    GroupRequired,
    NumberOutOfRange,
    PhoneRefused,
    ProviderForeign,
    QualityUnknown,
)
from domain.form import INTRODUCTION_LIMIT, LANGUAGES, Field, FieldKind, Form
from domain.text import clean, email_address, postcode, required
from domain.window import EMPTY_WEEK, week_of

_PHONE = re.compile(r"\+?[0-9 ()/.-]+")
_DIGITS = 5  # fewer are no number that can be called


def check(
    form: Form, said: Mapping[str, Any], *, kept: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], list[DomainError]]:
    """The values as they are stored, by field, and everything that is wrong with them.

    With `kept`, what is there already, only the fields that are said are looked at; groups count
    both. What the database has to be asked for (postcode, provider) is only looked at for being
    there.
    """
    found: list[DomainError] = []
    stored: dict[str, Any] = {}
    for field in form.fields:
        stored[field.name] = (kept or {}).get(field.name, _EMPTY.get(field.kind, ""))
        if kept is not None and field.name not in said:
            continue
        if not _belongs(field, said):
            if _is_foreign(field, said):
                found.append(ProviderForeign(field=field.name))
            continue
        try:
            stored[field.name] = _checked(field, said.get(field.name), said)
        except DomainError as refusal:
            found.append(refusal)
    return stored, found + list(_broken(form, stored, found))


def _is_foreign(field: Field, said: Mapping[str, Any]) -> bool:
    """Whether a provider is said with a choice beside which there is none."""
    if field.kind is not FieldKind.PROVIDER or field.only_with is None:
        return False
    return not any(_is_empty(said.get(each)) for each in (field.name, field.only_with[0]))


def _belongs(field: Field, said: Mapping[str, Any]) -> bool:
    return field.only_with is None or said.get(field.only_with[0]) in field.only_with[1]


def _broken(
    form: Form, stored: Mapping[str, Any], found: list[DomainError]
) -> Iterator[GroupRequired]:
    """One refusal per group of which nothing was said; what was refused was said."""
    refused = {each.field for each in found}
    for group in form.groups:
        if not any(stored[name] or name in refused for name in group):
            yield GroupRequired(field=group[0], fields=", ".join(group))


def _checked(field: Field, value: Any, said: Mapping[str, Any]) -> Any:
    if _is_empty(value):
        if field.required:
            raise FieldRequired(field=field.name)
        return _EMPTY.get(field.kind, "")
    return _CHECKS[field.kind](field, value, said)


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, Sized) and not len(value))


def _text(field: Field, value: str, _said: Mapping[str, Any]) -> str:
    limit = field.limit or INTRODUCTION_LIMIT
    make = required if field.required else clean
    return make(value, field=field.name, limit=limit)


def _phone(field: Field, value: str, said: Mapping[str, Any]) -> str:
    """A number as people write one: digits, and the signs that they put between them."""
    text = _text(field, value, said)
    if text and not (_PHONE.fullmatch(text) and sum(map(str.isdigit, text)) >= _DIGITS):
        raise PhoneRefused(field=field.name)
    return text


def _long_text(field: Field, value: str, _said: Mapping[str, Any]) -> str:
    return clean(value, field=field.name, limit=field.limit or INTRODUCTION_LIMIT, lines=True)


def _email(field: Field, value: str, _said: Mapping[str, Any]) -> str:
    return email_address(value, field=field.name)


def _password(_field: Field, value: str, said: Mapping[str, Any]) -> str:
    try:
        address = email_address(str(said.get("email") or ""))
    except DomainError:
        address = ""
    password.check(value, email=address)
    return value


def _postcode(field: Field, value: str, _said: Mapping[str, Any]) -> str:
    if not value.strip():
        raise FieldRequired(field=field.name)
    return postcode(value, field=field.name)


def _number(field: Field, value: int, _said: Mapping[str, Any]) -> int:
    low, high = field.low or 0, field.high or 0
    if not low <= value <= high:
        raise NumberOutOfRange(field=field.name, low=low, high=high)
    return value


def _languages(field: Field, value: Any, _said: Mapping[str, Any]) -> str:
    """Codes such as `de`, with blanks between as profiles keep them."""
    if not set(value) <= set(LANGUAGES):
        raise QualityUnknown(field=field.name)
    return " ".join(code for code in LANGUAGES if code in value)


_CHECKS: Mapping[FieldKind, Callable[[Field, Any, Mapping[str, Any]], Any]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _long_text,
    FieldKind.EMAIL: _email,
    FieldKind.PASSWORD: _password,
    FieldKind.PHONE: _phone,
    FieldKind.POSTCODE: _postcode,
    FieldKind.CHOICE: lambda _field, value, _said: value,
    FieldKind.YES_NO: lambda _field, value, _said: bool(value),
    FieldKind.NUMBER: _number,
    FieldKind.ACTIVITIES: lambda field, value, _said: tuple(
        sorted(activity.known(value, field=field.name))
    ),
    FieldKind.QUALITIES: lambda field, value, _said: tuple(
        sorted(quality.stated(value, field=field.name))
    ),
    FieldKind.LANGUAGES: _languages,
    FieldKind.WINDOWS: lambda _field, value, _said: week_of(value),
    FieldKind.PROVIDER: lambda _field, value, _said: value,
}
_EMPTY: Mapping[FieldKind, Any] = {
    FieldKind.YES_NO: False,
    FieldKind.NUMBER: 0,
    FieldKind.ACTIVITIES: (),
    FieldKind.QUALITIES: (),
    FieldKind.WINDOWS: EMPTY_WEEK,
    FieldKind.PROVIDER: None,
}
