"""People, accounts and what is recorded of them in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.user import (
    ActingFor,
    DocumentKind,
    Employment,
    Payer,
    Verdict,
)
from domain.viewer import AccountState, Role
from notifications.language import Language

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
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
    Language: (
        "In which language the portal writes.",
        {"DE": "German.", "LEICHT": "German in plain language.", "EN": "English."},
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
            "REPRESENTATIVE": "Acts for others who asked for it.",
            "CUSTOMER_SERVICE": "Customer service of the portal.",
            "ADMINISTRATION": "Administration of the portal.",
            "SYSTEM": "The portal by itself.",
        },
    ),
    Verdict: (
        "How a check ended.",
        {"CONFIRMED": "In order.", "REJECTED": "Not in order."},
    ),
}
