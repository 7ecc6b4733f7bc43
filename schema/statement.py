"""Monthly statements as the graph shows them."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import strawberry

from domain.statement import Line, LinePart, Statement
from domain.user import Payer
from notifications.language import Language
from schema import words
from schema.disclosed import disclosed
from schema.printout import Printout, printout_of


@disclosed
@strawberry.type(description="What one source pays of a line.")
class StatementPart:
    """The parts add up to the line; without a payer nobody covers it: it is paid privately."""

    minutes: int = strawberry.field(description="So many minutes.")
    cents: int = strawberry.field(description="What they cost, in euro cents.")
    payer: Payer | None = strawberry.field(
        description="Who pays; null for what is not covered, and is paid privately."
    )
    legal_basis: str = strawberry.field(description="By which law, in words.")


@disclosed
@strawberry.type(description="One appointment that was worked.")
class StatementLine:
    """Whole minutes and cents."""

    appointment_id: strawberry.ID = strawberry.field(description="Which one.")
    day: date = strawberry.field(description="The day on which it began.")
    begins_at: datetime = strawberry.field(description="From when.")
    ends_at: datetime = strawberry.field(description="Until when.")
    minutes: int = strawberry.field(description="So many minutes.")
    cents: int = strawberry.field(description="What they cost, in euro cents, rounded half up.")
    confirmed: bool = strawberry.field(description="Whether the client has confirmed them.")
    comer_name: str = strawberry.field(description="The first name of whoever came.")
    payer: Payer | None = strawberry.field(description="Who pays; null while that is unclear.")
    legal_basis: str = strawberry.field(description="By which law, in words.")
    parts: list[StatementPart] = strawberry.field(
        description="Who pays for what of confirmed hours; empty where the client chose no sources."
    )


@disclosed
@strawberry.type(description="A month of a contract; the sums are those of the lines.")
class MonthlyStatement:
    """For everybody who sees the contract."""

    month: str = strawberry.field(description="Such as 2026-03.")
    hourly_cents: int = strawberry.field(description="What an hour costs, in euro cents.")
    lines: list[StatementLine] = strawberry.field(description="The earliest first.")
    minutes: int = strawberry.field(description="All that were recorded.")
    cents: int = strawberry.field(description="What they cost.")
    confirmed_minutes: int = strawberry.field(description="Those that are confirmed.")
    confirmed_cents: int = strawberry.field(description="What these cost.")
    printouts: list[Printout] = strawberry.field(
        description="As a page, as a file, and as comma separated values."
    )


def statement_of(
    found: Statement, appointment_id: Mapping[UUID, str], language: Language
) -> MonthlyStatement:
    """As the graph shows it; `appointment_id` are the ids as clients see them."""
    basis = words.enum("legal_basis", found.legal_basis, language)
    path = f"statement/{found.contract_id.hex}-{found.month:%Y-%m}"
    return MonthlyStatement(
        month=f"{found.month:%Y-%m}",
        hourly_cents=found.hourly_cents,
        lines=[
            _line(line, appointment_id[line.appointment_id], found.payer, basis, language)
            for line in found.lines
        ],
        minutes=found.minutes,
        cents=found.cents,
        confirmed_minutes=found.confirmed_minutes,
        confirmed_cents=found.confirmed_cents,
        printouts=[
            printout_of(path, form, form.upper(), language) for form in ("html", "pdf", "csv")
        ],
    )


def _part(part: LinePart, language: Language) -> StatementPart:
    return StatementPart(
        minutes=part.minutes,
        cents=part.cents,
        payer=part.payer,
        legal_basis=part.paragraph or words.enum("legal_basis", part.legal_basis, language),
    )


def _line(
    line: Line, key: str, payer: Payer | None, basis: str, language: Language
) -> StatementLine:
    return StatementLine(
        appointment_id=strawberry.ID(key),
        day=line.day,
        begins_at=line.begins,
        ends_at=line.ends,
        minutes=line.minutes,
        cents=line.cents,
        confirmed=line.confirmed,
        comer_name=line.comer,
        payer=payer,
        legal_basis=basis,
        parts=[_part(each, language) for each in line.parts],
    )
