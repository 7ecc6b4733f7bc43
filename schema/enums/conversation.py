"""Conversations in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.conversation import Speaker

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    Speaker: (
        "Whose message it is.",
        {"SEEKER": "The seeker's side.", "ACCEPTOR": "The assistant's or the provider's side."},
    ),
}
