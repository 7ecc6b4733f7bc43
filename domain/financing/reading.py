"""How the amount of a calculation is to be read; the number alone may say something else."""

from enum import StrEnum


class AmountReading(StrEnum):
    """What the number means."""

    EXACT = "EXACT"
    AT_MOST = "AT_MOST"
    POSSIBLY_MORE = "POSSIBLY_MORE"  # a part is not known, or not calculated
    AFTER_ASSETS = "AFTER_ASSETS"  # from income, at most; until assets are used up one pays all
    BY_THIS_RULE = "BY_THIS_RULE"  # another rule decides on what is to be paid
