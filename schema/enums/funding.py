"""Funding sources in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.funding import FundingInstrument, FundingPeriod
from domain.funding_state import FundingState

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    FundingState: (
        "Where it stands that somebody pays.",
        {
            "APPLIED": "Applied for; pays for nothing yet.",
            "APPROVED": "Pays.",
            "REFUSED": "The payer has said no.",
            "WITHDRAWN": "The application was taken back.",
            "ENDED": "Pays for hours until its last day, and for no later ones.",
        },
    ),
    FundingInstrument: (
        "What kind of benefit pays.",
        {
            "RELIEF_AMOUNT": "Entlastungsbetrag (§ 45b SGB XI).",
            "CONVERSION": "Umwandlung of up to 40 % of the Sachleistung (§ 45a Abs. 4 SGB XI).",
            "CARE_IN_KIND": "Pflegesachleistung (§ 36 SGB XI).",
            "CARE_ALLOWANCE": "Pflegegeld (§ 37 SGB XI), which one spends as one likes.",
            "RESPITE_CARE": "Verhinderungspflege, gemeinsamer Jahresbetrag (§§ 39, 42a SGB XI).",
            "INTEGRATION_ASSISTANCE": "Eingliederungshilfe (§§ 78, 113 SGB IX).",
            "EDUCATION_ASSISTANCE": "Assistance at school and university (§ 112 SGB IX).",
            "HELP_TO_CARE": "Hilfe zur Pflege (§ 61 SGB XII).",
            "PERSONAL_BUDGET": "Persönliches Budget (§ 29 SGB IX).",
            "WORK_ASSISTANCE": "Arbeitsassistenz (§ 185 Abs. 5 SGB IX).",
            "PRIVATE": "The seeker pays.",
            "OTHER": "Something else.",
        },
    ),
    FundingPeriod: (
        "For how long a budget is before it begins anew.",
        {
            "MONTH": "A calendar month.",
            "YEAR": "A calendar year.",
            "WHOLE": "Once, for all of its time.",
        },
    ),
}
