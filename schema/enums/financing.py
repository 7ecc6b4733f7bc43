"""Calculations in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.financing.calculation import Operation, Origin, Rounding
from domain.financing.free_benefit import FreeBenefit
from domain.financing.parameter import Confidence, LegalStatus, LegalTopic, Unit
from domain.financing.parental_contribution import ReceivedBenefit
from domain.financing.reading import AmountReading

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    Unit: (
        "What a number counts. Money is in euro.",
        {
            "EUR": "Euro.",
            "EUR_PER_HOUR": "Euro an hour.",
            "EUR_PER_DAY": "Euro a day.",
            "EUR_PER_MONTH": "Euro a month.",
            "EUR_PER_YEAR": "Euro a year.",
            "PERCENT": "Per cent.",
            "PERCENT_POINTS": "Percentage points.",
            "FACTOR": "So many times.",
            "MINUTES": "Minutes.",
            "HOURS": "Hours.",
            "DAYS": "Days.",
            "WEEKS": "Weeks.",
            "MONTHS": "Months.",
            "YEARS": "Years.",
        },
    ),
    Confidence: (
        "How sure we are of a figure.",
        {
            "HIGH": "Read in the law, or confirmed twice.",
            "MEDIUM": "Read in one good source, or one reading of several.",
            "LOW": "Not confirmed.",
        },
    ),
    LegalTopic: (
        "What figures of the law are about.",
        {
            "SOCIAL_INSURANCE": "The reference amount of social insurance.",
            "OWN_CONTRIBUTION": "The own contribution to Eingliederungshilfe.",
            "CARE_INSURANCE": "Benefits of care insurance.",
            "PERSONAL_BUDGET": "The personal budget.",
            "HELP_TO_CARE": "Hilfe zur Pflege: income and assets.",
            "RELATIVES": "What parents and children pay.",
            "PAY": "Minimum wages and marginal employment.",
            "STATE_LAW": "The law of the Land.",
        },
    ),
    LegalStatus: (
        "Whether a figure is law.",
        {
            "ENACTED": "It is.",
            "DRAFT": "A draft; nothing is calculated with it.",
        },
    ),
    Operation: (
        "What a step does with its operands, in their order.",
        {
            "TAKE": "Takes the first as it is.",
            "ADD": "Adds all.",
            "SUBTRACT": "Takes the others from the first.",
            "MULTIPLY": "Multiplies all.",
            "DIVIDE": "Divides the first by the second.",
            "PERCENT": "So many per cent, the first, of the second.",
            "LEAST": "The least of all.",
            "GREATEST": "The greatest of all.",
        },
    ),
    Rounding: (
        "How a step's result is rounded.",
        {
            "NONE": "Not at all.",
            "CENT": "To the nearest cent, half up.",
            "CENT_DOWN": "Down to a cent.",
            "EURO_UP": "Up to a full euro.",
            "TEN_DOWN": "Down to a full ten.",
            "WHOLE_DOWN": "Down to a whole number.",
        },
    ),
    Origin: (
        "Where a number of a step comes from.",
        {
            "FACT": "Was said.",
            "FIGURE": "A figure of the law.",
            "STEP": "A step before.",
            "CONSTANT": "Stands in the rule itself.",
        },
    ),
    AmountReading: (
        "How the amount of a calculation is to be read.",
        {
            "EXACT": "As it is.",
            "AT_MOST": "Not more than that, and possibly less.",
            "POSSIBLY_MORE": "A part of it is not known, or is not calculated.",
            "AFTER_ASSETS": "From income, at most, once the assets above what may be kept are used."
            " Until then one pays all.",
            "BY_THIS_RULE": "Another rule decides on what is to be paid.",
        },
    ),
    ReceivedBenefit: (
        "What somebody receives, as far as parents and children may have to pay for it.",
        {
            "EINGLIEDERUNGSHILFE": "Benefits of Eingliederungshilfe, SGB IX.",
            "HELP_TO_CARE": "Help to care (Hilfe zur Pflege), SGB XII.",
        },
    ),
    FreeBenefit: (
        "Benefits without own contribution, § 138 Abs. 1 SGB IX.",
        {
            "EARLY_EDUCATION": "Nr. 1: heilpädagogische Leistungen.",
            "MEDICAL_REHABILITATION": "Nr. 2: medical rehabilitation.",
            "WORK": "Nr. 3: participation in working life.",
            "SCHOOL": "Nr. 4: school education.",
            "BOARDING_SCHOOL": "Nr. 5: school or higher education in special boarding facilities.",
            "SKILLS_FOR_WORK": "Nr. 6: practical skills that prepare for work.",
            "PRESCHOOL_CHILD": "Nr. 7: help for children not yet at school.",
            "SUBSISTENCE": "Nr. 8: while subsistence under SGB II or XII is received.",
        },
    ),
}
