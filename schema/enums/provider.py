"""Providers and their people in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.provider import CoordinatorRole
from domain.recognition import Recognition
from domain.states import ApplicationState

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    ApplicationState: (
        "Where somebody stands with a provider.",
        {
            "PREPARED": "Handed in once the address is confirmed.",
            "INVITED": "The provider asks; the person has not come yet.",
            "WAITING": "The provider decides.",
            "APPROVED": "One of the provider's people.",
            "REJECTED": "The provider said no.",
            "WITHDRAWN": "Taken back.",
            "ENDED": "One of the provider's people no longer.",
        },
    ),
    CoordinatorRole: (
        "What a coordinator may do.",
        {
            "ADMIN": "Decides for the provider: prices, area, who speaks for it.",
            "COORDINATOR": "Speaks for the provider: answers orders, looks after assistants.",
        },
    ),
    Recognition: (
        "What a provider may be paid for.",
        {
            "INTEGRATION_ASSISTANCE": "Agreement by §§ 123 ff. SGB IX.",
            "CARE_SERVICE": "Care contract by § 72 SGB XI.",
            "EVERYDAY_SUPPORT": "Recognised offer by § 45a SGB XI.",
            "WORK_AND_EDUCATION": "Work and school pay, §§ 49, 112 SGB IX.",
        },
    ),
}
