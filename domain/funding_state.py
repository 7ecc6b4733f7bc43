"""Where funding sources stand, and who takes them further."""

from enum import StrEnum

from domain.machine import Machine, steps
from domain.viewer import Role


class FundingState(StrEnum):
    """Where it stands that somebody pays."""

    APPLIED = "APPLIED"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    ENDED = "ENDED"


_S = FundingState

FUNDING = Machine(
    "FUNDING",
    "funding_sources",
    FundingState,
    frozenset({_S.APPLIED, _S.APPROVED}),
    (
        *steps("APPROVE_FUNDING", [_S.APPLIED], _S.APPROVED, Role.SEEKER),
        *steps("REFUSE_FUNDING", [_S.APPLIED], _S.REFUSED, Role.SEEKER),
        *steps("WITHDRAW_FUNDING", [_S.APPLIED], _S.WITHDRAWN, Role.SEEKER),
        *steps("END_FUNDING", [_S.APPROVED], _S.ENDED, Role.SEEKER, Role.SYSTEM),
    ),
)
# What pays for hours of its days, also once it has ended.
PAYING = frozenset({_S.APPROVED, _S.ENDED})
EDITABLE = frozenset({_S.APPLIED, _S.APPROVED})
