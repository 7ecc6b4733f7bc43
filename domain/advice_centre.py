"""Kinds of places that advise about assistance and its payers."""

from enum import StrEnum


class AdviceKind(StrEnum):
    """In the order in which they are shown: the independent one first."""

    TEILHABEBERATUNG = "TEILHABEBERATUNG"  # EUTB, § 32 SGB IX
    PFLEGESTUETZPUNKT = "PFLEGESTUETZPUNKT"  # § 7c SGB XI
    TRAEGER = "TRAEGER"  # of Eingliederungshilfe, § 106 SGB IX
