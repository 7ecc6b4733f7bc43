"""Contracts in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.contract import ContractEnd, ContractModel, ContractSide, Duty
from domain.contract_state import ContractState

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    ContractState: (
        "Where a contract stands.",
        {
            "DRAFT": "Written down; waits for the yes of both sides.",
            "AGREED": "Both sides have said yes.",
            "ENDED": "Its last day is over.",
            "WITHDRAWN": "It has not come about.",
        },
    ),
    ContractModel: (
        "Who employs.",
        {
            "EMPLOYER": "The seeker employs the assistant.",
            "SERVICE": "The provider, or a self-employed assistant, serves.",
        },
    ),
    ContractSide: (
        "The two whose yes a contract needs.",
        {
            "SEEKER": "The seeker.",
            "ACCEPTOR": "The provider where it is the party, else the assistant.",
        },
    ),
    ContractEnd: (
        "Why a contract ends.",
        {
            "BY_AGREEMENT": "Both sides wanted it.",
            "BY_SEEKER": "The seeker wanted it.",
            "BY_ACCEPTOR": "The other side wanted it.",
            "NO_LONGER_NEEDED": "The assistance is needed no longer.",
            "RUN_OUT": "The agreed time is over.",
        },
    ),
    Duty: (
        "What somebody has to see to while a contract lasts.",
        {
            "WAGES": "Reckon and pay the wages.",
            "SOCIAL_INSURANCE": "Register for social insurance.",
            "ACCIDENT_INSURANCE": "Insure against accidents.",
            "LIABILITY_INSURANCE": "Insure against damage done to others.",
            "ROSTER": "Keep the roster.",
            "SICK_COVER": "Find cover for sick leave.",
            "INSTRUCTION": "Say what is done, when and how.",
            "INVOICE": "Invoice and prove the service.",
        },
    ),
}
