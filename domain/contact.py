"""Contact data in free text: what should not stand where strangers read."""

import re
from enum import StrEnum


class ContactData(StrEnum):
    """What a text gives away."""

    EMAIL = "EMAIL"
    PHONE = "PHONE"
    LINK = "LINK"
    ADDRESS = "ADDRESS"


_PATTERNS = {
    ContactData.EMAIL: re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+\.\w+", re.IGNORECASE),
    # Seven digits or more with the signs that people put between them, not a date.
    ContactData.PHONE: re.compile(r"(?<![\d.])(?:\+|0)\d(?:[\s/().-]?\d){5,}(?!\d)"),
    ContactData.LINK: re.compile(r"https?://|\bwww\.", re.IGNORECASE),
    ContactData.ADDRESS: re.compile(
        r"\b[\w-]*(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|ufer)\s+\d+", re.IGNORECASE
    ),
}


def contact_data(text: str) -> tuple[ContactData, ...]:
    """The kinds of contact data that a text seems to hold, each once.

    A hint for the writer, never a refusal: a pattern is sometimes wrong.
    """
    return tuple(kind for kind, pattern in _PATTERNS.items() if pattern.search(text))
