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


def span_in_words(begins: datetime, ends: datetime, language: Language) -> str:
    """From one local time to another; past midnight the end has its own day."""
    same = begins.date() == ends.date()
    clock = text("talks.moment.CLOCK", language, time=f"{ends:%H:%M}")
    return text(
        "talks.moment.SPAN",
        language,
        begins=in_words(begins, language),
        ends=clock if same else in_words(ends, language),
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
