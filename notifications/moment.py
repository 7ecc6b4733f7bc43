"""Instants and days in words, as people read them."""

from datetime import date, datetime

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


def day_in_words(day: date, language: Language) -> str:
    """A day such as "3. Dezember 2026"."""
    return text(
        "talks.moment.DAY",
        language,
        day=day.day,
        month=text(f"enums.month.{day.month}", language),
        year=day.year,
    )
