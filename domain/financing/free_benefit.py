"""Benefits of Eingliederungshilfe without own contribution and asset test, § 138 SGB IX."""

from collections.abc import Mapping
from enum import StrEnum

from domain.financing.calculation import Amount, Working
from domain.financing.parameter import Unit

CONTRIBUTION_SHARE = "eigenbeitrag.share"


class FreeBenefit(StrEnum):
    """Benefits without own contribution, § 138 Abs. 1."""

    EARLY_EDUCATION = "EARLY_EDUCATION"  # heilpädagogische Leistungen
    MEDICAL_REHABILITATION = "MEDICAL_REHABILITATION"
    WORK = "WORK"  # Teilhabe am Arbeitsleben
    SCHOOL = "SCHOOL"
    BOARDING_SCHOOL = "BOARDING_SCHOOL"
    SKILLS_FOR_WORK = "SKILLS_FOR_WORK"
    PRESCHOOL_CHILD = "PRESCHOOL_CHILD"
    SUBSISTENCE = "SUBSISTENCE"  # Lebensunterhalt under SGB II or XII at the same time


NUMBER: Mapping[FreeBenefit, int] = {
    FreeBenefit.EARLY_EDUCATION: 1,
    FreeBenefit.MEDICAL_REHABILITATION: 2,
    FreeBenefit.WORK: 3,
    FreeBenefit.SCHOOL: 4,
    FreeBenefit.BOARDING_SCHOOL: 5,
    FreeBenefit.SKILLS_FOR_WORK: 6,
    FreeBenefit.PRESCHOOL_CHILD: 7,
    FreeBenefit.SUBSISTENCE: 8,
}


def exempt(working: Working, free_benefit: FreeBenefit, unit: Unit) -> Amount:
    """§ 138 Abs. 1: for some benefits nothing is paid."""
    return working.nothing(
        "EXEMPT",
        unit,
        paragraph=f"§ 138 Abs. 1 Nr. {NUMBER[free_benefit]} SGB IX",
        by=CONTRIBUTION_SHARE,
        outcome=free_benefit,
    )
