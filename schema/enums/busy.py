"""Busy spans in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from models.busy import BusyKind

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    BusyKind: (
        "What takes an assistant's time.",
        {
            "ABSENCE": "An absence.",
            "MEETING": "An introductory meeting.",
            "APPOINTMENT": "An appointment.",
        },
    ),
}
