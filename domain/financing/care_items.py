"""Benefits of care insurance that are one amount each, §§ 40, 41, 43a and 45f SGB XI."""

from datetime import date

from domain.financing.book import LAW, Book
from domain.financing.calculation import Amount, Calculation, Operation, Working, fact
from domain.financing.care import CareGrade, CareSituation, granted, not_for_grade_1, of_grade
from domain.financing.parameter import Unit

TAGESPFLEGE = "TAGESPFLEGE"
PFLEGEHILFSMITTEL = "PFLEGEHILFSMITTEL"
WOHNUMFELD = "WOHNUMFELD"
WOHNGRUPPENZUSCHLAG = "WOHNGRUPPENZUSCHLAG"
BESONDERE_WOHNFORM = "BESONDERE_WOHNFORM"


def tagespflege(
    said: CareSituation, day: date, *, law: Book = LAW, shown: bool = True
) -> Calculation:
    """§ 41: day and night care, beside Pflegegeld and Sachleistung without being set off."""
    working = Working(law, day, shown)
    return working.calculation(TAGESPFLEGE, _of_grade(working, said, TAGESPFLEGE, "§ 41 SGB XI"))


def _of_grade(working: Working, said: CareSituation, name: str, paragraph: str) -> Amount:
    if said.grade is CareGrade.PG1:
        return not_for_grade_1(working, name, Unit.EUR_PER_MONTH, paragraph)
    working.assume("BESIDE_OTHER_BENEFITS")
    return granted(working, said, name, of_grade(name.lower(), said.grade))


def pflegehilfsmittel(
    said: CareSituation, day: date, *, law: Book = LAW, shown: bool = True
) -> Calculation:
    """§ 40 Abs. 2: aids that are used up, such as gloves."""
    working = Working(law, day, shown)
    amount = granted(working, said, PFLEGEHILFSMITTEL, "pflegehilfsmittel")
    return working.calculation(PFLEGEHILFSMITTEL, amount)


def wohnumfeld(
    said: CareSituation, day: date, *, law: Book = LAW, shown: bool = True
) -> Calculation:
    """§ 40 Abs. 4: a measure that makes the home fit; several people add theirs, to a limit."""
    working = Working(law, day, shown)
    paragraph = "§ 40 Abs. 4 SGB XI"
    amount = granted(working, said, WOHNUMFELD, "wohnumfeld.measure")
    if said.persons > 1:
        amount = _shared(working, said, amount, paragraph)
    return working.calculation(WOHNUMFELD, amount)


def _shared(working: Working, said: CareSituation, one: Amount, paragraph: str) -> Amount:
    together = working.step(
        "WOHNUMFELD_TOGETHER",
        Operation.MULTIPLY,
        one,
        fact("persons_sharing", said.persons, Unit.FACTOR),
        unit=Unit.EUR,
        paragraph=paragraph,
    )
    most = granted(working, said, "WOHNUMFELD_SHARED_LIMIT", "wohnumfeld.shared")
    return working.step(
        "WOHNUMFELD_SHARED",
        Operation.LEAST,
        together,
        most,
        unit=Unit.EUR,
        paragraph=paragraph,
    )


def wohngruppenzuschlag(
    said: CareSituation, day: date, *, law: Book = LAW, shown: bool = True
) -> Calculation:
    """§ 45f, formerly § 38a: for people who share a flat and somebody who organises."""
    working = Working(law, day, shown)
    amount = granted(working, said, WOHNGRUPPENZUSCHLAG, "wohngruppenzuschlag")
    return working.calculation(WOHNGRUPPENZUSCHLAG, amount)


def besondere_wohnform(
    said: CareSituation, day: date, *, law: Book = LAW, shown: bool = True
) -> Calculation:
    """§ 43a: the flat amount in a home of Eingliederungshilfe; it goes to the home."""
    working = Working(law, day, shown)
    paragraph = "§ 43a SGB XI"
    if said.grade is CareGrade.PG1:
        amount = not_for_grade_1(working, BESONDERE_WOHNFORM, Unit.EUR_PER_MONTH, paragraph)
    else:
        working.assume("FLAT_AMOUNT_AT_MOST")
        working.at_most()
        amount = granted(working, said, BESONDERE_WOHNFORM, "besondere_wohnform")
    return working.calculation(BESONDERE_WOHNFORM, amount)
