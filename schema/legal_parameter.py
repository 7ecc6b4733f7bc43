"""The figures of the law as the graph publishes them."""

from datetime import date
from decimal import Decimal

import strawberry

from domain.financing.book import Book
from domain.financing.entry import Entry, entries
from domain.financing.parameter import Confidence, LegalStatus, LegalTopic, Unit
from notifications import calculation as words
from notifications.language import Language
from schema.calculation import CalculationNote
from schema.disclosed import disclosed


@disclosed
@strawberry.type(description="A figure of the law on a day, or that none is known.")
class LegalParameter:
    """What is null is so for a day on which nothing holds; it is never taken from another day."""

    code: str = strawberry.field(description="Which one.")
    label: str = strawberry.field(description="What it is called.")
    topic: LegalTopic = strawberry.field(description="What it is about.")
    topic_label: str = strawberry.field(description="The same in words.")
    value: Decimal | None = strawberry.field(
        description="The exact number, as text; null if nothing holds on the day."
    )
    text: str | None = strawberry.field(description="The number with its unit, as it is written.")
    unit: Unit = strawberry.field(description="What it counts.")
    valid_from: date | None = strawberry.field(description="The first day of this value.")
    valid_to: date | None = strawberry.field(
        description="The last day of this value; null while open."
    )
    known_from: date = strawberry.field(description="The first day of the whole series.")
    known_until: date | None = strawberry.field(
        description="The last day of the whole series; null while open."
    )
    paragraph: str = strawberry.field(
        description="Where the law says so; where nothing holds, where the nearest value stands."
    )
    status: LegalStatus = strawberry.field(description="Whether it is law.")
    verified_on: date | None = strawberry.field(description="When the value was looked up.")
    source: str | None = strawberry.field(description="Where the value was looked up.")
    confidence: Confidence | None = strawberry.field(description="How sure we are of the value.")
    warnings: list[CalculationNote] = strawberry.field(description="What to be careful about.")


@disclosed
@strawberry.type(description="The figures of the law on a day.")
class LegalParameters:
    """Everybody may read them."""

    as_of: date = strawberry.field(description="The day.")
    version: str = strawberry.field(description="The version of all figures.")
    parameters: list[LegalParameter] = strawberry.field(
        description="By code; drafts that would hold on the day come last."
    )


def parameters_of(
    law: Book, day: date, topic: LegalTopic | None, language: Language
) -> LegalParameters:
    """In the reader's language."""
    return LegalParameters(
        as_of=day,
        version=law.version,
        parameters=[_shown(each, language) for each in entries(law, day, topic)],
    )


def _shown(entry: Entry, language: Language) -> LegalParameter:
    row, holds = entry.row, entry.holds
    return LegalParameter(
        code=row.name,
        label=words.word("figure", row.name, language),
        topic=row.topic,
        topic_label=words.word("topic", row.topic, language),
        value=row.value if holds else None,
        text=words.quantity(row.value, row.unit, language) if holds else None,
        unit=row.unit,
        valid_from=row.valid_from if holds else None,
        valid_to=row.valid_to if holds else None,
        known_from=entry.known_from,
        known_until=entry.known_until,
        paragraph=row.paragraph,
        status=row.status,
        verified_on=row.verified_on if holds else None,
        source=row.source if holds else None,
        confidence=row.confidence if holds else None,
        warnings=[
            CalculationNote(code=code, text=words.word("warning", code, language))
            for code in entry.warned
        ],
    )
