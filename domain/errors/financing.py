"""Refusals about figures of the law and what is calculated with them."""

from domain.errors.base import InputRefused


class FigureNotKnown(InputRefused):
    """No enacted value of a figure (`figure`) is known for a day (`day`)."""

    code = "FIGURE_NOT_KNOWN"
