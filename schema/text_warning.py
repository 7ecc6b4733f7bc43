"""Hints at what strangers should not read in a text that somebody has written."""

import strawberry

from domain.contact import ContactData, contact_data
from notifications.language import Language
from schema import words
from schema.disclosed import disclosed


@disclosed
@strawberry.type(description="Something in a text that strangers should not read.")
class TextWarning:
    """A hint for the writer, never a refusal."""

    code: ContactData = strawberry.field(description="What the text seems to hold.")
    message: str = strawberry.field(description="What to do, in the reader's language.")


def warnings_of(text: str, language: Language) -> list[TextWarning]:
    """Contact data that a text seems to hold."""
    return [
        TextWarning(code=each, message=words.enum("contact_data", each, language))
        for each in contact_data(text)
    ]


def description_warnings(description: str, language: Language) -> list[TextWarning]:
    """Those of an order's description."""
    return warnings_of(description, language)


def introduction_warnings(introduction: str, language: Language) -> list[TextWarning]:
    """Those of somebody's Kurzvorstellung."""
    return warnings_of(introduction, language)


def message_warnings(text: str, language: Language) -> list[TextWarning]:
    """Those of a message."""
    return warnings_of(text, language)
