"""What comes next with a funding source."""

from datetime import date
from enum import StrEnum

from domain.funding_balance import Balance
from domain.funding_state import FundingState


class FundingStep(StrEnum):
    """Each has its sentence in the catalogues."""

    APPLIED = "APPLIED"
    APPROVED = "APPROVED"  # and nobody has chosen it yet
    NOT_BEGUN = "NOT_BEGUN"
    CHOSEN = "CHOSEN"
    USED = "USED"
    USED_FOR_NOW = "USED_FOR_NOW"  # until there is something new
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    ENDED = "ENDED"


def next_step(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    state: FundingState,
    valid_from: date,
    valid_until: date | None,
    found: Balance | None,
    chosen: bool,
    today: date,
) -> FundingStep:
    """A source that is over is ended by the worker only later; `chosen`: a contract names it."""
    if state is not FundingState.APPROVED:
        return FundingStep(state.value)
    if valid_until is not None and valid_until < today:
        return FundingStep.ENDED
    if today < valid_from:
        return FundingStep.NOT_BEGUN
    if found is not None and found.left == 0:
        return FundingStep.USED_FOR_NOW if found.renews_on else FundingStep.USED
    return FundingStep.CHOSEN if chosen else FundingStep.APPROVED
