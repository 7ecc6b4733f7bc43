"""Refusals about contracts."""

from domain.errors.base import InputRefused


class ContractModelForeign(InputRefused):
    """A provider's match leads to the service model only."""

    code = "CONTRACT_MODEL_FOREIGN"


class EndReasonForeign(InputRefused):
    """A reason that only the other side gives, or the portal."""

    code = "END_REASON_FOREIGN"
