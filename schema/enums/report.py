"""Reports in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.report import ReportReason

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    ReportReason: (
        "What a report is about.",
        {
            "SAFETY": "Somebody is or was in danger.",
            "BEHAVIOUR": "Insults, harassment, crossing of limits.",
            "FRAUD": "Money, false statements.",
            "NOT_AS_AGREED": "Something agreed was not kept.",
            "OTHER": "Something else.",
        },
    ),
}
