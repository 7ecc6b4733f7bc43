"""What a provider is recognised for, and which activities that covers.

Each kind is an agreement or a recognition by a payer; an activity's flags say who may pay for it.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from domain.activity import CATALOGUE, Flag


class Recognition(StrEnum):
    """What a provider may be paid for."""

    INTEGRATION_ASSISTANCE = "INTEGRATION_ASSISTANCE"  # agreement by §§ 123 ff. SGB IX
    CARE_SERVICE = "CARE_SERVICE"  # care contract by § 72 SGB XI
    EVERYDAY_SUPPORT = "EVERYDAY_SUPPORT"  # recognised offer by § 45a SGB XI
    WORK_AND_EDUCATION = "WORK_AND_EDUCATION"  # work and school pay, §§ 49, 112 SGB IX


_COVERS: Mapping[Recognition, frozenset[Flag]] = {
    Recognition.INTEGRATION_ASSISTANCE: frozenset({Flag.INTEGRATION}),
    Recognition.CARE_SERVICE: frozenset({Flag.CARE_FUND, Flag.BODY_NEAR}),
    Recognition.EVERYDAY_SUPPORT: frozenset({Flag.CARE_FUND}),
    Recognition.WORK_AND_EDUCATION: frozenset({Flag.OTHER_PAYER}),
}


def covered(recognitions: Iterable[Recognition]) -> frozenset[str]:
    """The codes of the activities that at least one of the recognitions covers."""
    flags = frozenset(flag for each in recognitions for flag in _COVERS[each])
    return frozenset(code for code, entry in CATALOGUE.items() if entry.flags & flags)
