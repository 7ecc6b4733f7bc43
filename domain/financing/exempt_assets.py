"""Assets that both laws leave out, § 90 Abs. 2 SGB XII, to which § 139 SGB IX refers."""

from domain.financing.calculation import Working
from domain.financing.reading import AmountReading

_CAR = "fahrzeug.exempt"


def leave_car(working: Working) -> None:
    """Nr. 10: an appropriate car does not count, on days for which this is known."""
    if not working.law.find(_CAR, working.day):
        working.warn("CAR_NOT_KNOWN")
        working.reading = AmountReading.POSSIBLY_MORE
        return
    working.figure(_CAR)
    working.assume("CAR_EXEMPT")
