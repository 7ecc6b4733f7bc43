"""Text that people send: one normal form, and nothing that misleads a reader or a machine."""

import re
import unicodedata

from domain.errors import (
    DomainError,
    EmailRefused,
    FieldRequired,
    PostcodeRefused,
    TextRefused,
    TextTooLong,
)

# An ASCII dot-atom (RFC 5322 3.2.3) and a host of labels; others could not be mailed.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[^\W_]([\w-]{0,61}[^\W_])?"
_EMAIL = re.compile(rf"(?=.{{1,64}}@){_ATOM}(\.{_ATOM})*@({_LABEL}\.)+{_LABEL}")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
POSTCODE = re.compile(r"[0-9]{5}")
EMAIL_LIMIT = 254


def clean(text: str, *, field: str, limit: int, lines: bool = False) -> str:
    """The text in NFC without white space around it.

    Raises:
        TextRefused: control characters (a line break is allowed with `lines`), lone surrogates
            or direction overrides.
        TextTooLong: more than `limit` characters.
    """
    allowed = "\n" if lines else ""
    plain = text.replace("\r\n", "\n") if lines else text
    if any(_is_harmful(character) and character not in allowed for character in plain):
        raise TextRefused(field=field)
    cleaned = unicodedata.normalize("NFC", plain).strip()
    if len(cleaned) > limit:  # NFC may have made it longer
        raise TextTooLong(field=field, limit=limit)
    return cleaned


def required(text: str, *, field: str, limit: int) -> str:
    """As `clean`, and not empty.

    Raises:
        FieldRequired: nothing that could be seen.
    """
    if not text.strip():  # a tab is as little as a blank
        raise FieldRequired(field=field)
    cleaned = clean(text, field=field, limit=limit)
    if not any(unicodedata.category(character)[0] not in "CZ" for character in cleaned):
        raise FieldRequired(field=field)
    return cleaned


def email_address(text: str, *, field: str = "email") -> str:
    """An e-mail address as given, without white space around it.

    Raises:
        EmailRefused: it does not look like an address at all.
    """
    address = required(text, field=field, limit=EMAIL_LIMIT)
    if _EMAIL.fullmatch(address) is None or not all(map(_has_one_spelling, address)):
        raise EmailRefused(field=field)
    return address


def postcode(text: str, *, field: str = "postcode") -> str:
    """A German postcode, without white space around it.

    Raises:
        PostcodeRefused: anything but five digits.
    """
    digits = text.strip()
    if POSTCODE.fullmatch(digits) is None:
        raise PostcodeRefused(field=field)
    return digits


def one_spelling(text: str) -> str | None:
    """The form in which addresses are looked up and counted: one for all capitals; None if none.

    Letter by letter, as the database does it: a letter never depends on those around it.
    """
    try:
        return "".join(character.lower() for character in email_address(text.strip()))
    except DomainError:
        return None


def _has_one_spelling(character: str) -> bool:
    """Whether it is ASCII or never taken for another letter, as the Kelvin sign is for k."""
    small = character.lower()
    plain = unicodedata.normalize("NFKC", small)
    return character.isascii() or (plain == small and len(small) == 1 and not small.isascii())


def can_be_stored(text: str) -> bool:
    """Whether the database takes the text at all, for look-ups by what somebody has typed."""
    return not any(character == "\0" or _is_surrogate(character) for character in text)


def _is_surrogate(character: str) -> bool:
    return unicodedata.category(character) == "Cs"


def _is_harmful(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} or character in _BIDI
