"""Monthly statements: what was worked in a month, line by line, in whole minutes and cents.

A line is rounded to the cent, half up; the sum is that of the lines, so that it can be reckoned
again with a pencil.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from domain.dates import BERLIN, months_later
from domain.errors import MonthAhead, MonthRefused
from domain.user import Payer

_MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")
_HOUR = 60
# § 45b Abs. 2 SGB XI and its like: a proof says what law an amount is paid by.
LEGAL_BASIS = {
    Payer.CARE_INSURANCE: "SGB_XI",
    Payer.INTEGRATION_ASSISTANCE: "SGB_IX",
    Payer.HELP_TO_CARE: "SGB_XII",
    Payer.PRIVATE: "PRIVATE",
    Payer.OTHER: "OTHER",
}
UNCLEAR, UNCOVERED = "UNCLEAR", "UNCOVERED"


@dataclass(frozen=True, slots=True)
class LinePart:
    """What one source pays of a line; without a payer it is not covered by any."""

    minutes: int
    cents: int
    payer: Payer | None
    paragraph: str | None

    @property
    def legal_basis(self) -> str:
        """The code of the law, where no paragraph says it."""
        return UNCOVERED if self.payer is None else LEGAL_BASIS[self.payer]


@dataclass(frozen=True, slots=True)
class Line:
    """One appointment that was worked: `begins` and `ends` are instants.

    `parts` say who pays for what, where the client has chosen sources and has confirmed.
    """

    appointment_id: UUID
    begins: datetime
    ends: datetime
    minutes: int
    cents: int
    confirmed: bool
    comer: str
    parts: Sequence[LinePart] = ()

    @property
    def day(self) -> date:
        """The day on which it began, on the district's clocks."""
        return day_of(self.begins)


@dataclass(frozen=True, slots=True)
class Statement:
    """A month of a contract."""

    contract_id: UUID
    month: date
    lines: Sequence[Line]
    hourly_cents: int
    payer: Payer | None

    @property
    def minutes(self) -> int:
        """All that were recorded."""
        return sum(line.minutes for line in self.lines)

    @property
    def cents(self) -> int:
        """What they cost."""
        return sum(line.cents for line in self.lines)

    @property
    def confirmed_minutes(self) -> int:
        """Those that the client has confirmed."""
        return sum(line.minutes for line in self.lines if line.confirmed)

    @property
    def confirmed_cents(self) -> int:
        """What these cost."""
        return sum(line.cents for line in self.lines if line.confirmed)

    @property
    def legal_basis(self) -> str:
        """The code of the law by which it is paid; the same for every line of a contract."""
        return UNCLEAR if self.payer is None else LEGAL_BASIS[self.payer]


def with_rest(parts: Sequence[LinePart], minutes: int, cents: int) -> Sequence[LinePart]:
    """The parts of a line with what none of the sources covers, so that they add up to it."""
    rest = minutes - sum(part.minutes for part in parts)
    if not rest:
        return parts
    return [*parts, LinePart(rest, cents - sum(part.cents for part in parts), None, None)]


def day_of(begins: datetime) -> date:
    """The day on which something began, on the district's clocks."""
    return begins.astimezone(BERLIN).date()


def cents_of(minutes: int, hourly_cents: int) -> int:
    """What so many minutes cost, rounded to the cent, half up."""
    exact = Decimal(minutes * hourly_cents) / _HOUR
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def month_of(text: str, today: date) -> date:
    """The first day of a month such as "2026-03".

    Raises:
        MonthRefused, MonthAhead: not a month, or one that has not begun.
    """
    if not _MONTH.fullmatch(text):
        raise MonthRefused(field="month")
    first = date.fromisoformat(f"{text}-01")
    if first > today:
        raise MonthAhead(field="month")
    return first


def instants_of(month: date) -> tuple[datetime, datetime]:
    """The instants at which a month begins and ends, on the district's clocks."""
    return _midnight(month), _midnight(months_later(month, 1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), BERLIN).astimezone(UTC)


def last_month(today: date) -> date:
    """The first day of the month before."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def hours(minutes: int) -> str:
    """Hours and minutes such as "7:05"."""
    return f"{minutes // _HOUR}:{minutes % _HOUR:02}"


def euro(cents: int) -> str:
    """Euro with a point, such as "12.50"."""
    return f"{Decimal(cents) / 100:.2f}"


def cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def comma_separated(rows: Iterable[Sequence[str]]) -> str:
    """Rows as RFC 4180 has them."""
    return "".join(f"{','.join(_quoted(each) for each in row)}\r\n" for row in rows)


def _quoted(text: str) -> str:
    doubled = cell(text).replace('"', '""')
    return f'"{doubled}"'
