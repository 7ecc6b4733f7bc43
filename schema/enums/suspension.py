"""Suspensions in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.suspension import SuspensionReason

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    SuspensionReason: (
        "Why an account is stopped, for the record.",
        {
            "REPORTED": "Somebody has reported the person.",
            "PROOF_DOUBTFUL": "A proof or an identity is in doubt.",
            "INACTIVE": "Nobody has been reached for a long time.",
            "OTHER": "Something else.",
        },
    ),
}
