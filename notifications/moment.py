"""Instants in words: weekday, day, month and time of the clock, as people read them."""

from datetime import datetime

from notifications.language import Language, text


def in_words(local: datetime, language: Language) -> str:
    """A local time such as "Donnerstag, 3. Dezember 2026, 10:30 Uhr"."""
    return text(
        "talks.moment.FULL",
        language,
        weekday=text(f"enums.weekday.{local.isoweekday()}", language),
        day=local.day,
        month=text(f"enums.month.{local.month}", language),
        year=local.year,
        time=f"{local:%H:%M}",
    )
