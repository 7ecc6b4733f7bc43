"""Acting for somebody else in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.states import DelegationState
from domain.viewer import DelegationKind

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    DelegationKind: (
        "Why somebody acts for another.",
        {
            "GUARDIAN": "Legal guardian, parent or holder of a power of attorney, seen by staff.",
            "RELATIVE": "A relative.",
            "TRUSTED_PERSON": "Somebody whom the person trusts.",
            "CUSTOMER_SERVICE": "Customer service, for somebody who registered by telephone.",
        },
    ),
    DelegationState: (
        "Where it stands that somebody may act for another.",
        {
            "INVITED": "Asked; nothing holds yet.",
            "ACTIVE": "Agreed: they may act.",
            "ENDED": "They may act no longer.",
        },
    ),
}
