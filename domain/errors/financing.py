"""Refusals about figures of the law and what is calculated with them."""

from domain.errors.base import InputRefused


class FigureNotKnown(InputRefused):
    """No enacted value of a figure (`figure`) is known for a day (`day`)."""

    code = "FIGURE_NOT_KNOWN"


class FigureNotInLaw(FigureNotKnown):
    """The law has no such figure (`figure`) on a day (`day`): not yet, or not any more."""

    code = "FIGURE_NOT_IN_LAW"


class ContradictsAnswer(InputRefused):
    """An answer that cannot be true beside another one."""

    code = "CONTRADICTS_ANSWER"


class AmountRefused(InputRefused):
    """Not an amount of euro and cents from 0 to `high`."""

    code = "AMOUNT_REFUSED"


class CalculationLinkInvalid(InputRefused):
    """Not the token of a calculation, or one that this portal did not sign."""

    code = "CALCULATION_LINK_INVALID"


class StateRuleNotKnown(InputRefused):
    """The Land may have a rule of its own for this; we do not know it."""

    code = "STATE_RULE_NOT_KNOWN"
