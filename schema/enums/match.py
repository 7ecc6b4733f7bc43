"""Matches in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.match import AcceptorKind
from domain.states import MatchState, NominationState

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    AcceptorKind: (
        "Who answers an order.",
        {
            "ASSISTANT": "An assistant in person.",
            "PROVIDER": "A provider, through its coordinators.",
        },
    ),
    MatchState: (
        "Where a match stands.",
        {
            "SUGGESTED": "The acceptor has been asked; the seeker sees a number only.",
            "ACCEPTED": "The acceptor has said yes.",
            "ON_HOLD": "Another match is commissioned.",
            "REQUESTED": "The seeker has sent an inquiry to the provider.",
            "AWARDED": "The seeker has awarded the order to the assistant.",
            "MEETING": "An introductory meeting is set or held.",
            "CONTRACTED": "There is a contract.",
            "DECLINED": "The acceptor has said no.",
            "WITHDRAWN": "Ended by either side.",
            "LAPSED": "Ended without an answer.",
        },
    ),
    NominationState: (
        "Where an assistant stands whom a provider has named.",
        {
            "NOMINATED": "The provider has named the assistant.",
            "CHOSEN": "The seeker has chosen the assistant.",
            "DECLINED": "The assistant has said no.",
            "WITHDRAWN": "Named no longer.",
        },
    ),
}
