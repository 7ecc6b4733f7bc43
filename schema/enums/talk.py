"""Introductory talks in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.states import BookingState
from domain.talk import TalkFailure, TalkWish
from domain.user import TalkChannel, TalkOutcome

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    BookingState: (
        "Where the booking of a talk stands.",
        {
            "BOOKED": "The talk is still to come about.",
            "CANCELLED": "Cancelled by the person or by customer service.",
            "HELD": "The talk was held.",
            "MISSED": "The talk did not come about.",
        },
    ),
    TalkChannel: (
        "How a talk is held.",
        {"PHONE": "By telephone.", "VIDEO": "By video."},
    ),
    TalkFailure: (
        "Why a booked talk did not come about.",
        {
            "NO_SHOW": "The person was not there.",
            "TECHNICAL": "The connection did not work.",
            "OTHER": "Something else.",
        },
    ),
    TalkOutcome: (
        "How a talk ended.",
        {"DONE": "It was held.", "FAILED": "It did not come about."},
    ),
    TalkWish: (
        "What somebody needs so that a talk succeeds.",
        {
            "INTERPRETER": "An interpreter.",
            "PLAIN_LANGUAGE": "Plain language.",
            "SIGN_LANGUAGE": "Sign language.",
        },
    ),
}
