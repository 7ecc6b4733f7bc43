"""Where contracts stand, and who takes them further."""

from enum import StrEnum

from domain.machine import Machine, steps
from domain.viewer import PARTIES, Role


class ContractState(StrEnum):
    """Where a contract stands."""

    DRAFT = "DRAFT"
    AGREED = "AGREED"
    ENDED = "ENDED"
    WITHDRAWN = "WITHDRAWN"


_S = ContractState

CONTRACT = Machine(
    "CONTRACT",
    "contracts",
    ContractState,
    frozenset({_S.DRAFT}),
    (
        *steps("CONSENT_TO_CONTRACT", [_S.DRAFT], _S.AGREED, *PARTIES),
        *steps("WITHDRAW_CONTRACT", [_S.DRAFT], _S.WITHDRAWN, Role.SYSTEM),
        *steps("END_CONTRACT", [_S.AGREED], _S.ENDED, Role.SYSTEM),
    ),
)
FIRST_CONSENT = "FIRST_CONSENT"  # no step: what the history says of the first yes
LAST_DAY_SAID = "LAST_DAY_SAID"  # nor this: until that day is over the contract holds
AGREED_CONTRACT = frozenset({_S.AGREED, _S.ENDED})
OPEN_CONTRACT = frozenset({_S.DRAFT, _S.AGREED})
