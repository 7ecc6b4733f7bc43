"""Refusals about funding sources."""

from domain.errors.base import InputRefused


class BudgetUnclear(InputRefused):
    """Neither an amount nor hours, or both; or not what this benefit is counted in."""

    code = "BUDGET_UNCLEAR"


class PayerForeign(InputRefused):
    """This benefit is paid by somebody else."""

    code = "PAYER_FOREIGN"


class ApprovedBeforeApplied(InputRefused):
    """Nobody approves what was not applied for yet."""

    code = "APPROVED_BEFORE_APPLIED"


class FundingOverlaps(InputRefused):
    """A benefit that everybody has once is written down for these days already."""

    code = "FUNDING_OVERLAPS"


class FundingForeign(InputRefused):
    """Named twice, or nothing that can pay for hours."""

    code = "FUNDING_FOREIGN"
