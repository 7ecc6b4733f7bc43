"""What a password must be: long enough, and not made of the few pieces everybody thinks of.

There are no rules about kinds of characters (NIST SP 800-63B-4, 3.1.1.2). Instead a password is cut
into as few pieces as possible, where a piece is a much used word, a walk over the keyboard, a run
of letters or digits, a year, a part of the own e-mail address, or a single character. Repeating
something costs nothing. Fewer than four pieces are refused, however long they are.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from domain.errors import PasswordTooCommon, PasswordTooShort, TextRefused, TextTooLong

MINIMUM_LENGTH = 15
MAXIMUM_LENGTH = 128
MINIMUM_PIECES = 4

_SHORTEST_PIECE = 3
_LONGEST_PIECE = 40  # keeps the search linear in the length: at most 10 ms for 128 characters
_WALKS = (
    "1234567890ß",
    "qwertzuiopü",
    "asdfghjklöä",
    "yxcvbnm,.-",
    "qwertyuiop",
    "zxcvbnm,./",
    "azertyuiop",
    "qsdfghjklm",
    "12345678901234567890",
    "1q2w3e4r5t6z7u8i9o0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5z6u7i8o9p0",
    "1qay2wsx3edc4rfv5tgb6zhn7ujm8ik,9ol.",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.",
    "qaywsxedcrfvtgbzhnujm",
    "qazwsxedcrfvtgbyhnujm",
)
_WALKS_BOTH_WAYS = _WALKS + tuple(walk[::-1] for walk in _WALKS)
_LOOKALIKES = str.maketrans("@431!0$57", "aaeiiosst")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_SEPARATORS = frozenset(" -_.,!?")
_YEAR = re.compile(r"(19|20)\d\d")


def normal_form(password: str) -> str:
    """The form that is measured and hashed, so that every keyboard gives the same bytes."""
    return unicodedata.normalize("NFKC", password)


def is_hashable(password: str) -> bool:
    """Whether the password can be a valid one at all: not over-long, and text in UTF-8."""
    if len(password) > MAXIMUM_LENGTH or len(normal_form(password)) > MAXIMUM_LENGTH:
        return False
    return not any(unicodedata.category(character) in {"Cc", "Cs"} for character in password)


def check(password: str, *, email: str, field: str = "password") -> None:
    """Refuse a new password that is too short, too long or too easily guessed.

    Raises:
        PasswordTooShort, TextTooLong, TextRefused, PasswordTooCommon.
    """
    text = normal_form(password)
    if max(len(text), len(password)) > MAXIMUM_LENGTH:
        raise TextTooLong(field=field, limit=MAXIMUM_LENGTH)
    if not is_hashable(password):
        raise TextRefused(field=field)
    if len(text) < MINIMUM_LENGTH:
        raise PasswordTooShort(field=field, limit=MINIMUM_LENGTH)
    if pieces(text, email=email) < MINIMUM_PIECES:
        raise PasswordTooCommon(field=field)


def pieces(password: str, *, email: str) -> int:
    """The least number of pieces that make up the password."""
    text = password.casefold().translate(_UMLAUTS)
    own = _parts_of(email.casefold().translate(_UMLAUTS))
    fewest = [0] * (len(text) + 1)
    for end in range(1, len(text) + 1):
        ways = [(end - 1, 0 if text[end - 1] in _SEPARATORS else 1)]
        ways.extend(_pieces_ending(text, end, own))
        fewest[end] = min(fewest[start] + cost for start, cost in ways)
    return fewest[-1]


def _pieces_ending(text: str, end: int, own: frozenset[str]) -> Iterator[tuple[int, int]]:
    for start in range(max(0, end - _LONGEST_PIECE), end - _SHORTEST_PIECE + 1):
        piece = text[start:end]
        if piece in text[:start]:
            yield start, 0
        elif _is_known(piece) or piece in own:
            yield start, 1


def _is_known(piece: str) -> bool:
    words = _common_words()
    return (
        piece in words
        or piece.translate(_LOOKALIKES) in words
        or _is_run(piece)
        or _YEAR.fullmatch(piece) is not None
        or any(piece in walk for walk in _WALKS_BOTH_WAYS)
    )


def _is_run(piece: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(piece)}
    return steps in ({0}, {1}, {-1})


def _parts_of(email: str) -> frozenset[str]:
    local, _, host = email.partition("@")
    parts = {email, local, host, *re.split(r"[^a-z0-9]+", email)}
    return frozenset(part for part in parts if len(part) >= _SHORTEST_PIECE)


@cache
def _common_words() -> frozenset[str]:
    listed = Path(__file__).with_name("common_words.txt").read_text(encoding="utf-8")
    return frozenset(listed.split())
