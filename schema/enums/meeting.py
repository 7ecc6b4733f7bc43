"""Meetings in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.meeting import (
    MeetingKind,
    MeetingOutcome,
    MeetingParty,
    MeetingReason,
    MeetingSide,
)
from domain.states import MeetingState

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    MeetingKind: (
        "What people meet for.",
        {
            "INTRODUCTION": "To get to know each other in person, after the commission.",
            "VIDEO": "To talk by video, from the acceptance on.",
        },
    ),
    MeetingState: (
        "Where a meeting stands.",
        {
            "PROPOSED": "Dates are proposed; one of them may be chosen already.",
            "CONFIRMED": "All who come have confirmed one date.",
            "HELD": "It was held.",
            "MISSED": "Somebody did not come.",
            "CANCELLED": "It will not be held.",
        },
    ),
    MeetingParty: (
        "One of the two who deal with each other.",
        {
            "SEEKER": "Whoever looks for assistance.",
            "ACCEPTOR": "The assistant and the provider.",
        },
    ),
    MeetingSide: (
        "As what somebody comes to a meeting.",
        {
            "SEEKER": "Looks for assistance.",
            "ASSISTANT": "Would assist.",
            "COORDINATOR": "Comes for the provider.",
        },
    ),
    MeetingOutcome: (
        "What became of a confirmed meeting.",
        {"HELD": "It was held.", "MISSED": "Somebody did not come."},
    ),
    MeetingReason: (
        "Why a meeting was cancelled.",
        {
            "NO_TIME": "Somebody has no time.",
            "NOT_NEEDED": "It is not needed any more.",
            "OTHER": "Something else.",
            "MATCH_ENDED": "The match has ended; only the portal says so.",
            "NOBODY_COMES": "The provider sends nobody any more; only the portal says so.",
        },
    ),
}
