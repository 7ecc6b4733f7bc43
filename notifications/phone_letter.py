"""The letter that brings the code to somebody who has registered by telephone."""

from datetime import date

from notifications.language import Language, text
from notifications.moment import day_in_words


def phone_letter(  # noqa: PLR0913  each by its name
    *, name: str, street: str, place: str, code: str, day: date, language: Language
) -> str:
    """The letter's text, ready to be printed."""
    body = text("letters.phone_code.body", language, name=name, code=code)
    return f"{name}\n{street}\n{place}\n\n{day_in_words(day, language)}\n\n{body}"
