"""Texts for people: one catalogue per language, and which language somebody wants to read.

A key reads "file.section.name" and names an entry of `notifications/languages/<language>/*.toml`.
Another language is another folder; the tests hold all of them to the same keys and placeholders.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).parent / "languages"

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_QUALITY = re.compile(r"q=(0(\.[0-9]{0,3})?|1(\.0{0,3})?)", re.IGNORECASE)
_TAG = re.compile(r"\*|[a-z]{1,8}(-[a-z0-9]{1,8})*", re.IGNORECASE)
_LONGEST_HEADER = 500
_HEADERS = 256  # few are in use; a hostile one only pushes others out


class Language(StrEnum):
    """The languages of the portal. `LEICHT` is plain German, not tested Leichte Sprache."""

    DE = "de"
    LEICHT = "de-x-leicht"
    EN = "en"


class MissingText(KeyError):
    """A text, or a value for one of its placeholders, that does not exist."""


def text(key: str, language: Language, **values: object) -> str:
    """The text under a key, its placeholders filled. Values that it does not name are ignored.

    Raises:
        MissingText: no such key, or a placeholder without a value.
    """
    found = labels(language).get(key)
    if found is None:
        raise MissingText(f"{key} ({language.value})")

    def value(placeholder: re.Match[str]) -> str:
        if placeholder[1] not in values:
            raise MissingText(f"{key} ({language.value}): no value for {placeholder[0]}")
        return str(values[placeholder[1]])

    return _PLACEHOLDER.sub(value, found)


@cache
def labels(language: Language) -> Mapping[str, str]:
    """Every text of a language under its whole key, in the order of the files."""
    found: dict[str, str] = {}
    for path in sorted((FOLDER / language.value).glob("*.toml")):
        content = tomllib.loads(path.read_text("utf-8"))
        found.update(_flat(path.stem, content))
    return MappingProxyType(found)


def placeholders(template: str) -> frozenset[str]:
    """The names that a text wants values for."""
    return frozenset(_PLACEHOLDER.findall(template))


@lru_cache(_HEADERS)
def negotiate(accept_language: str | None) -> Language:
    """The language for an `Accept-Language` header (RFC 9110 12.5.4); German where none fits.

    The highest quality wins, among equals the one that was written first. `de-AT` means German and
    `en-GB` English; what cannot be read is passed over.
    """
    wanted = _wanted((accept_language or "")[:_LONGEST_HEADER])
    for tag, _ in sorted(wanted, key=lambda each: -each[1]):
        language = _language_of(tag)
        if language is not None:
            return language
    return Language.DE


def _wanted(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(","):
        tag, _, parameter = (piece.strip() for piece in part.partition(";"))
        quality = _QUALITY.fullmatch(parameter)
        if _TAG.fullmatch(tag) is None or (parameter and quality is None):
            continue
        weight = float(quality[1]) if quality else 1.0
        if weight > 0:
            yield tag.lower(), weight


def _language_of(tag: str) -> Language | None:
    if tag in ("*", Language.DE.value):
        return Language.DE
    if tag == Language.LEICHT.value or tag.startswith(f"{Language.LEICHT.value}-"):
        return Language.LEICHT
    main = tag.split("-", 1)[0]
    return Language(main) if main in (Language.DE.value, Language.EN.value) else None


def _flat(prefix: str, content: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in content.items():
        key = f"{prefix}.{name}"
        if isinstance(value, Mapping):
            yield from _flat(key, value)
        else:
            yield key, str(value)
