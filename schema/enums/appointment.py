"""Appointments in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.appointment import CancelReason
from domain.appointment_plan import Holidays, PlanEnd
from domain.appointment_state import AppointmentState, PlanState

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    AppointmentState: (
        "Where an appointment stands.",
        {
            "PROPOSED": "Proposed by the other side; waits for the client's yes.",
            "CLIENT_AGREED": "The client has said yes; waits for the other side.",
            "FIXED": "Both have said yes; it takes the time of whoever comes.",
            "WORKED": "The hours are recorded; waits for the client's yes to them.",
            "CONFIRMED": "The client has said yes to the hours.",
            "CANCELLED": "It does not take place.",
        },
    ),
    CancelReason: (
        "Why an appointment does not take place.",
        {
            "CLIENT_ILL": "The client is ill.",
            "ASSISTANT_ILL": "Whoever was to come is ill.",
            "NOT_NEEDED": "It is not needed.",
            "NO_TIME": "Somebody has no time.",
            "HOLIDAY": "Holiday.",
            "OTHER": "Something else.",
            "CONTRACT_ENDED": "The contract has ended; only the portal says so.",
            "ANOTHER_COMES": "Somebody else comes; only the portal says so.",
            "PLAN_REPLACED": "Another plan was proposed; only the portal says so.",
        },
    ),
    PlanState: (
        "Where a plan of appointments stands.",
        {
            "PROPOSED": "Waits for the yes of the side that has not proposed it.",
            "AGREED": "Both sides have said yes.",
            "ENDED": "It holds no longer.",
        },
    ),
    PlanEnd: (
        "Why a plan of appointments holds no longer.",
        {
            "NOT_WANTED": "One side has ended it.",
            "REPLACED": "Another plan was proposed in its place.",
            "CONTRACT_ENDED": "The contract has ended.",
        },
    ),
    Holidays: (
        "What becomes of planned appointments on public holidays of the Land.",
        {"SKIP": "They are left out.", "KEEP": "They are kept."},
    ),
}
