"""Proofs in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.evidence import EvidenceKind, EvidenceState, Exemption

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    EvidenceKind: (
        "A kind of proof.",
        {
            "CERTIFICATE_OF_CONDUCT": "Erweitertes Führungszeugnis (§ 30a BZRG).",
            "MEASLES_PROTECTION": "Protection against measles, as the portal asks for it.",
            "INTERVIEW": "The provider's interview.",
            "TRAINING": "Training for assistants.",
            "QUALIFICATION": "A fitting qualification; required of the self-employed.",
            "INSURANCE": "Liability insurance; required of the self-employed.",
        },
    ),
    Exemption: (
        "Why a proof need not be shown.",
        {
            "BORN_BEFORE_1971": "Measles protection: born before 1971.",
            "CONTRAINDICATION": "Measles protection: not for medical reasons, for a while or ever.",
            "QUALIFIED": "Training: a qualification stands for it.",
        },
    ),
    EvidenceState: (
        "How it stands with a kind of proof.",
        {
            "MISSING": "Nothing was shown.",
            "SHOWN": "Something was shown and is being examined.",
            "VALID": "It holds.",
            "EXPIRING": "It holds for 60 days or fewer.",
            "EXPIRED": "It held, and does not any more.",
            "REJECTED": "What was shown was not accepted.",
        },
    ),
}
