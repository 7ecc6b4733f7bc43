"""Registration forms in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.form import FieldKind, FormName

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    FormName: (
        "Who registers.",
        {
            "SEEKER": "Somebody who looks for assistance.",
            "SEEKER_BY_PHONE": "Somebody who calls and looks for assistance; for staff.",
            "ASSISTANT": "Somebody who assists.",
            "PROVIDER": "A provider, with the first who speaks for it.",
            "COORDINATOR": "Somebody who speaks for a provider that is there.",
            "REPRESENTATIVE": "Acts for others who asked for it.",
            "SEEKER_PROFILE": "What a seeker says later.",
            "ASSISTANT_PROFILE": "What an assistant says later.",
            "CONTACT": "How coordinators and representatives are reached.",
        },
    ),
    FieldKind: (
        "What a field takes.",
        {
            "TEXT": "A line.",
            "LONG_TEXT": "Lines.",
            "EMAIL": "An e-mail address.",
            "PASSWORD": "A password, at least 15 characters.",
            "PHONE": "A telephone number, in any spelling.",
            "POSTCODE": "A postcode of the district.",
            "CHOICE": "One of its options.",
            "YES_NO": "Yes or no.",
            "NUMBER": "A whole number within its bounds.",
            "ACTIVITIES": "Codes of activities.",
            "QUALITIES": "Codes of qualities.",
            "LANGUAGES": "Codes of languages.",
            "WINDOWS": "Time windows of a week.",
            "PROVIDER": "A provider's id.",
        },
    ),
}
