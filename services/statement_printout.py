"""A monthly statement as it can be printed, and as a table for other programs."""

from uuid import UUID

from domain.dates import BERLIN
from domain.statement import Line, LinePart, Statement, comma_separated, euro, hours
from domain.viewer import Viewer
from models.contract import Contract
from models.provider import Provider
from models.user import User
from notifications.language import Language, text
from notifications.moment import day_in_words
from notifications.printout import Block, Paragraph, Printout, Table, Terms
from services.statement import monthly_statement

_COLUMNS = ("day", "from", "to", "hours", "amount", "who", "confirmed", "basis")


async def statement_printout(
    viewer: Viewer, contract_id: UUID, month: str, language: Language
) -> Printout:
    """The statement as headings, terms and one table.

    Raises:
        SignInRequired, NotFound, MonthRefused: see `monthly_statement`.
    """
    statement = await monthly_statement(viewer, contract_id, month)
    words = _Words(language)
    blocks: list[Block] = [
        Terms(await _about(statement, words)),
        Table(
            words("caption"),
            [words(each) for each in _COLUMNS],
            [(*_row(line, words), _paid_by(line, statement, words)[1]) for line in statement.lines],
        ),
        Terms(_sums(statement, words)),
        Paragraph(words("footer")),
    ]
    return Printout(words("title", month=words.month(statement)), language, blocks)


async def statement_table(viewer: Viewer, contract_id: UUID, month: str, language: Language) -> str:
    """The same as comma separated values: plain numbers, one line per appointment.

    Raises:
        SignInRequired, NotFound, MonthRefused: see `monthly_statement`.
    """
    statement = await monthly_statement(viewer, contract_id, month)
    words = _Words(language)
    header = [
        words(each)
        for each in ("day", "from", "to", "minutes", "cents", "who", "confirmed", "payer", "basis")
    ]
    rows = [
        (
            line.day.isoformat(),
            line.begins.astimezone(BERLIN).isoformat(timespec="minutes"),
            line.ends.astimezone(BERLIN).isoformat(timespec="minutes"),
            str(line.minutes),
            str(line.cents),
            line.comer,
            words("yes" if line.confirmed else "no"),
            *_paid_by(line, statement, words),
        )
        for line in statement.lines
    ]
    return comma_separated([header, *rows])


def _paid_by(line: Line, statement: Statement, words: "_Words") -> tuple[str, str]:
    """Who pays by which law; with several, each with what it pays."""
    if not line.parts:
        return words.payer(statement), words.basis(statement)
    payers = dict.fromkeys(words.payer_of(part) for part in line.parts)
    return "; ".join(payers), "; ".join(words.part(part, line) for part in line.parts)


class _Words:
    """The texts of statements in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **values: str | int) -> str:
        return text(f"printouts.statement.{key}", self.language, **values)

    def amount(self, cents: int) -> str:
        plain = euro(cents)
        shown = plain if self.language is Language.EN else plain.replace(".", ",")
        return text("printouts.contract.euro", self.language, amount=shown)

    def month(self, statement: Statement) -> str:
        name = text(f"enums.month.{statement.month.month}", self.language)
        return f"{name} {statement.month.year}"

    def payer(self, statement: Statement) -> str:
        if statement.payer is None:
            return self("unclear")
        return text(f"enums.payer.{statement.payer.value}", self.language)

    def payer_of(self, part: LinePart) -> str:
        if part.payer is None:
            return self("uncovered")
        return text(f"enums.payer.{part.payer.value}", self.language)

    def part(self, part: LinePart, line: Line) -> str:
        basis = part.paragraph or text(f"enums.legal_basis.{part.legal_basis}", self.language)
        return basis if part.minutes == line.minutes else f"{basis}: {self.amount(part.cents)}"

    def basis(self, statement: Statement) -> str:
        return text(f"enums.legal_basis.{statement.legal_basis}", self.language)


async def _about(statement: Statement, words: _Words) -> list[tuple[str, str]]:
    contract = await Contract.get(id=statement.contract_id)
    client = await User.get(id=contract.seeker_id)
    found = [(words("client"), f"{client.first_name} {client.last_name}")]
    if contract.provider_id is not None:
        found.append((words("provider"), (await Provider.get(id=contract.provider_id)).name))
    elif contract.assistant_id is not None:
        comer = await User.get(id=contract.assistant_id)
        found.append((words("assistant"), f"{comer.first_name} {comer.last_name}"))
    return [
        *found,
        (words("rate"), words.amount(statement.hourly_cents)),
        (words("payer"), words.payer(statement)),
        (words("basis"), words.basis(statement)),
    ]


def _row(line: Line, words: _Words) -> tuple[str, ...]:
    begins, ends = line.begins.astimezone(BERLIN), line.ends.astimezone(BERLIN)
    return (
        day_in_words(line.day, words.language),
        f"{begins:%H:%M}",
        f"{ends:%H:%M}",
        hours(line.minutes),
        words.amount(line.cents),
        line.comer,
        words("yes" if line.confirmed else "no"),
    )


def _sums(statement: Statement, words: _Words) -> list[tuple[str, str]]:
    every = f"{hours(statement.minutes)} – {words.amount(statement.cents)}"
    sure = f"{hours(statement.confirmed_minutes)} – {words.amount(statement.confirmed_cents)}"
    return [(words("sum"), every), (words("sum_confirmed"), sure)]
