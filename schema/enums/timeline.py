"""Timelines in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.timeline import ActorSide, Subject

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    ActorSide: (
        "Which side has done something; never who.",
        {
            "SEEKER": "The seeker, or somebody who acts for the seeker.",
            "ACCEPTOR": "The assistant; to acceptors, any of those who answer the order.",
            "COORDINATOR": "A coordinator of the provider.",
            "STAFF": "Customer service or administration.",
            "SYSTEM": "The portal by itself.",
        },
    ),
    Subject: (
        "What a step is about.",
        {
            "ORDER": "The order.",
            "MATCH": "A match.",
            "NOMINATION": "Whom a provider has named.",
            "MEETING": "A meeting.",
            "CONTRACT": "A contract.",
            "APPOINTMENT": "An appointment.",
            "PLAN": "A plan of appointments.",
        },
    ),
}
