"""Benefits of Eingliederungshilfe without own contribution and asset test, § 138 SGB IX."""

from collections.abc import Mapping
from enum import StrEnum

from domain.financing.calculation import Amount, Working
from domain.financing.parameter import Unit


class FreeBenefit(StrEnum):
    """Benefits without own contribution, § 138 Abs. 1 by number."""

    EARLY_EDUCATION = "EARLY_EDUCATION"  # 1 heilpädagogische Leistungen
    MEDICAL_REHABILITATION = "MEDICAL_REHABILITATION"  # 2
    WORK = "WORK"  # 3 Teilhabe am Arbeitsleben
    SCHOOL = "SCHOOL"  # 4
    BOARDING_SCHOOL = "BOARDING_SCHOOL"  # 5
    SKILLS_FOR_WORK = "SKILLS_FOR_WORK"  # 6
    PRESCHOOL_CHILD = "PRESCHOOL_CHILD"  # 7
    SUBSISTENCE = "SUBSISTENCE"  # 8 Lebensunterhalt under SGB II or XII at the same time


NUMBER: Mapping[FreeBenefit, int] = {each: number for number, each in enumerate(FreeBenefit, 1)}


def exempt(working: Working, free_benefit: FreeBenefit, unit: Unit) -> Amount:
    """§ 138 Abs. 1: for some benefits nothing is paid."""
    return working.nothing(
        "EXEMPT",
        unit,
        paragraph=f"§ 138 Abs. 1 Nr. {NUMBER[free_benefit]} SGB IX",
        by="eigenbeitrag.share",
        outcome=free_benefit,
    )
