"""Which benefits of care insurance there are for somebody on a day, each with its calculation."""

from collections.abc import Iterator
from datetime import date

from domain.errors.financing import FigureNotKnown
from domain.financing import (
    care_items,
    entlastungsbetrag,
    jahresbetrag,
    kurzzeit_verhinderung,
    pflegegeld,
    sachleistung,
)
from domain.financing.book import LAW, Book
from domain.financing.calculation import Calculation
from domain.financing.calculators import run
from domain.financing.care import CareSituation, Living


def kinds(said: CareSituation, day: date, law: Book = LAW) -> Iterator[str]:
    """The calculators that answer, in the order in which people ask."""
    if said.living is Living.RESIDENTIAL:
        yield care_items.BESONDERE_WOHNFORM
        return
    yield from (pflegegeld.KIND, sachleistung.KIND, entlastungsbetrag.MONTH)
    yield from _of_year(said, day, law)
    yield from (care_items.TAGESPFLEGE, care_items.PFLEGEHILFSMITTEL, care_items.WOHNUMFELD)
    if said.living is Living.SHARED_FLAT:
        yield care_items.WOHNGRUPPENZUSCHLAG


def _of_year(said: CareSituation, day: date, law: Book) -> Iterator[str]:
    """§§ 39, 42 and 42a: two amounts or one."""
    if not jahresbetrag.holds(said, day, law):
        yield from (kurzzeit_verhinderung.VERHINDERUNGSPFLEGE, kurzzeit_verhinderung.KURZZEITPFLEGE)
        return
    yield jahresbetrag.KIND
    if law.find(jahresbetrag.RELATIVES_MONTHS, day):
        yield jahresbetrag.RELATIVES


def care_benefits(
    said: CareSituation, day: date, law: Book = LAW
) -> tuple[list[Calculation], list[str]]:
    """What each of them comes to, and those whose law of this day is not known.

    Raises:
        InputRefused: something of what was said.
        FigureNotKnown: nothing is known for this day.
    """
    found: list[Calculation] = []
    unknown: dict[str, FigureNotKnown] = {}
    for kind in kinds(said, day, law):
        try:
            found.append(run(kind, said, day, law))
        except FigureNotKnown as error:
            unknown[kind] = error
    if not found:
        raise next(iter(unknown.values()))
    return found, list(unknown)
