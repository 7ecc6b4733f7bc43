"""Payers, costs and pay in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.financing.asked import (
    CareInsurance,
    Cause,
    Funder,
    Housing,
    Land,
    ModelWish,
    PaidWork,
    Purpose,
)
from domain.financing.payer_rules import OwnMoney, PayerKind

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    Cause: (
        "What the need for assistance comes from.",
        {
            "NONE": "Neither of the others.",
            "WORK_ACCIDENT": "An accident at work.",
            "COMPENSATION": "Something that is compensated for under SGB XIV.",
        },
    ),
    Purpose: (
        "What assistance is for.",
        {
            "EVERYDAY": "Everyday life and participation.",
            "CARE": "Care.",
            "WORK": "Work that somebody has.",
            "FINDING_WORK": "To get work.",
            "SCHOOL": "School.",
            "STUDY": "Higher education.",
            "PARENTING": "To care for one's child.",
            "VOLUNTEERING": "To volunteer.",
            "TRAVEL": "Fares of the assistant, or transport.",
            "HOSPITAL": "A stay in hospital.",
        },
    ),
    CareInsurance: (
        "Where somebody is insured for care.",
        {
            "STATUTORY": "A Pflegekasse.",
            "PRIVATE": "Private Pflegepflichtversicherung.",
        },
    ),
    Housing: (
        "Where somebody lives, as far as it decides who may pay and whose limits hold.",
        {
            "HOME": "At home, also in a shared flat with care (§ 45f SGB XI).",
            "CARE_FACILITY": "In a care facility (§ 71 Abs. 2 SGB XI).",
            "SPECIAL_HOUSING": "In a besondere Wohnform of Eingliederungshilfe (§ 43a SGB XI).",
        },
    ),
    ModelWish: (
        "What somebody wishes.",
        {
            "EMPLOY": "To employ people.",
            "SERVICE": "A service.",
        },
    ),
    PayerKind: (
        "Who may pay.",
        {
            "ACCIDENT_INSURANCE": "Unfallversicherung.",
            "COMPENSATION_OFFICE": "Träger der Sozialen Entschädigung (SGB XIV).",
            "INTEGRATION_OFFICE": "Integrationsamt.",
            "REHABILITATION": "A Träger of rehabilitation.",
            "CARE_INSURANCE": "Pflegekasse, or private care insurance.",
            "INTEGRATION_ASSISTANCE": "Träger der Eingliederungshilfe.",
            "HELP_TO_CARE": "Träger der Sozialhilfe.",
            "WHOEVER_GRANTS": "Whoever grants the benefit that is taken in this way.",
            "PRIVATE": "Oneself.",
        },
    ),
    OwnMoney: (
        "What of it one pays oneself.",
        {
            "NOTHING": "Nothing.",
            "NOT_STATED": "Not known here.",
            "OWN_CONTRIBUTION": "The own contribution to Eingliederungshilfe.",
            "HELP_TO_CARE_LIMITS": "What lies above the limits of SGB XII.",
            "THE_REST": "What goes beyond the amount.",
            "ABOVE_THE_CAP": "What lies above the highest amount.",
            "AS_THE_BENEFIT": "As for the benefit that it is about.",
            "MEANWHILE_ALL": "Everything until the decision.",
            "ALL": "Everything.",
        },
    ),
    Funder: (
        "Who may carry a part of the costs, in the order in which they are asked.",
        {
            "OTHER": "Accident insurance, compensation, Integrationsamt.",
            "CARE_INSURANCE": "Care insurance.",
            "INTEGRATION_ASSISTANCE": "Eingliederungshilfe.",
            "HELP_TO_CARE": "Hilfe zur Pflege.",
        },
    ),
    PaidWork: (
        "What is paid for.",
        {
            "ORDINARY": "Assistance and other work.",
            "CARE_HELPER": "Care in a care service, without training.",
            "CARE_TRAINED": "Care in a care service, after a training of a year or more.",
            "CARE_SKILLED": "Care in a care service, by a Fachkraft.",
            "NEIGHBOUR_HELP": "Voluntary Nachbarschaftshilfe, which gets an allowance.",
        },
    ),
    Land: (
        "A Land, as ISO 3166-2 shortens it.",
        {
            "BW": "Baden-Württemberg.",
            "BY": "Bayern.",
            "BE": "Berlin.",
            "BB": "Brandenburg.",
            "HB": "Bremen.",
            "HH": "Hamburg.",
            "HE": "Hessen.",
            "MV": "Mecklenburg-Vorpommern.",
            "NI": "Niedersachsen.",
            "NW": "Nordrhein-Westfalen.",
            "RP": "Rheinland-Pfalz.",
            "SL": "Saarland.",
            "SN": "Sachsen.",
            "ST": "Sachsen-Anhalt.",
            "SH": "Schleswig-Holstein.",
            "TH": "Thüringen.",
        },
    ),
}
