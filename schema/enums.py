"""The domain's enumerations as the graph names and describes them, value by value."""

from collections.abc import Mapping
from enum import Enum

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from domain.match import AcceptorKind
from domain.order import Interval, OrderKind
from domain.states import MatchState, OrderState
from domain.user import (
    ActingFor,
    DocumentKind,
    Employment,
    Payer,
    TalkChannel,
    TalkOutcome,
    Verdict,
)
from domain.viewer import AccountState, Role
from notifications.language import Language

_ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    AcceptorKind: (
        "Who answers an order.",
        {
            "ASSISTANT": "An assistant in person.",
            "PROVIDER": "A provider, through its coordinators.",
        },
    ),
    AccountState: (
        "Where an account stands.",
        {
            "DRAFT": "Being filled in.",
            "REGISTERED": "On its way: address, talk and identity check.",
            "RELEASED": "May take part.",
            "SUSPENDED": "Stopped by staff for the time being.",
            "DELETION_REQUESTED": "Will be erased.",
            "ERASED": "Only a pseudonym is left.",
        },
    ),
    ActingFor: (
        "Who fills in for a seeker.",
        {
            "SELF": "The person in person.",
            "GUARDIAN": "A legal guardian.",
            "RELATIVE": "A relative.",
        },
    ),
    DocumentKind: (
        "What was presented; never its number.",
        {
            "IDENTITY_CARD": "Personal-Ausweis.",
            "PASSPORT": "Passport.",
            "RESIDENCE_PERMIT": "Residence permit.",
        },
    ),
    Employment: (
        "How an assistant works.",
        {
            "VOLUNTEER": "As a volunteer of a provider.",
            "EMPLOYED": "Employed by a provider.",
            "SELF_EMPLOYED": "On the own account.",
        },
    ),
    Interval: (
        "What a recurring order's count is counted in.",
        {"DAY": "Every day.", "WEEK": "Per week.", "MONTH": "Per month."},
    ),
    Language: (
        "In which language the portal writes.",
        {"DE": "German.", "LEICHT": "German in plain language.", "EN": "English."},
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
    Payer: (
        "Who may pay for assistance.",
        {
            "CARE_INSURANCE": "Pflegeversicherung.",
            "INTEGRATION_ASSISTANCE": "Eingliederungshilfe.",
            "HELP_TO_CARE": "Hilfe zur Pflege.",
            "PRIVATE": "The person in person.",
            "OTHER": "Somebody else.",
        },
    ),
    Role: (
        "What somebody is in the portal.",
        {
            "ANONYMOUS": "Not signed in.",
            "SEEKER": "Looks for assistance.",
            "ASSISTANT": "Offers assistance.",
            "COORDINATOR": "Speaks for a provider.",
            "CUSTOMER_SERVICE": "Customer service of the portal.",
            "ADMINISTRATION": "Administration of the portal.",
            "SYSTEM": "The portal by itself.",
        },
    ),
    TalkChannel: (
        "How a talk was held.",
        {"PHONE": "By telephone.", "VIDEO": "By video."},
    ),
    TalkOutcome: (
        "How a talk ended.",
        {"DONE": "It was held.", "FAILED": "It did not come about."},
    ),
    Verdict: (
        "How a check ended.",
        {"CONFIRMED": "In order.", "REJECTED": "Not in order."},
    ),
}


def described(enum: type[Enum], description: str, values: Mapping[str, str]) -> None:
    """Make an enumeration one of the graph's, with a sentence for each value.

    Raises:
        KeyError: a value has no sentence.
    """
    strawberry.enum(enum, description=description)
    definition: StrawberryEnumDefinition = enum.__strawberry_definition__  # type: ignore[attr-defined]  # set by the line above
    for value in definition.values:
        value.description = values[value.name]


for _enum, (_description, _values) in _ENUMS.items():
    described(_enum, _description, _values)
