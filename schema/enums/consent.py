"""Consents in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.consent import ConsentKind

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    ConsentKind: (
        "What is accepted or consented to.",
        {
            "PRIVACY": "Datenschutzerklärung.",
            "WITHDRAWAL": "Widerrufsbelehrung.",
            "TERMS": "Terms of use.",
            "PROCESSING": "Processing of the data by customer service.",
            "HEALTH_DATA": "Health data (Art. 9 DSGVO): separate, and can be withdrawn.",
        },
    ),
}
