"""Orders in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.contact import ContactData
from domain.matching.hint import HintKind
from domain.order import Interval, OrderKind
from domain.states import OrderState

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    Interval: (
        "What a recurring order's count is counted in.",
        {"DAY": "Every day.", "WEEK": "Per week.", "MONTH": "Per month."},
    ),
    OrderKind: (
        "One date, or dates that repeat.",
        {"ONE_OFF": "One date.", "RECURRING": "A number of dates in each interval."},
    ),
    OrderState: (
        "Where an order stands.",
        {
            "DRAFT": "Being filled in.",
            "RELEASED": "Fitting people see it.",
            "IN_PROGRESS": "At least one has accepted.",
            "REQUESTED": "An inquiry is with a provider.",
            "AWARDED": "Awarded to an assistant.",
            "MEETING_SET": "An introductory meeting is set.",
            "MEETING_HELD": "The introductory meeting was held.",
            "CONTRACTED": "There is a contract.",
            "COMPLETED": "Done.",
            "WITHDRAWN": "Taken back by the seeker.",
            "EXPIRED": "Nobody was found in time.",
        },
    ),
    ContactData: (
        "Contact data in a text.",
        {
            "EMAIL": "An e-mail address.",
            "PHONE": "A telephone number.",
            "LINK": "A link.",
            "ADDRESS": "Street and number.",
        },
    ),
    HintKind: (
        "What an order could ask for less of.",
        {
            "QUALITY": "A quality that is a must.",
            "ACTIVITY": "An activity.",
            "WINDOW": "A window that is too narrow.",
            "DISTANCE": "The greatest distance.",
        },
    ),
}
