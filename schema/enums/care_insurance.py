"""Care insurance in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.financing.care import CareGrade, Living
from domain.financing.entlastungsbetrag import ReliefService

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    CareGrade: (
        "Pflegegrad, § 15 SGB XI.",
        {f"PG{grade}": f"Pflegegrad {grade}." for grade in range(1, 6)},
    ),
    Living: (
        "Where somebody lives, as far as benefits of care insurance at home depend on it.",
        {
            "AT_HOME": "At home, alone or with others.",
            "SHARED_FLAT": "In a shared flat with care (ambulant betreute Wohngruppe, § 45f).",
            "RESIDENTIAL": "In a besondere Wohnform of Eingliederungshilfe (§ 43a).",
        },
    ),
    ReliefService: (
        "What the Entlastungsbetrag may be spent on, § 45b Abs. 1 SGB XI.",
        {
            "DAY_CARE": "Day or night care.",
            "SHORT_TERM_CARE": "Short-term care.",
            "CARE_SERVICE": "A care service, other than for body care.",
            "CARE_SERVICE_BODY_CARE": "A care service for body care (Selbstversorgung); with"
            " Pflegegrad 1 only.",
            "RECOGNISED_OFFER": "A recognised offer of everyday support (§ 45a).",
        },
    ),
}
