"""Refusals about introductory talks and the slots in which they are held."""

from domain.errors.base import InputRefused, StateRefused


class PeriodRefused(InputRefused):
    """The last day of a period lies before its first one."""

    code = "PERIOD_REFUSED"


class NoTalkTimes(InputRefused):
    """No talk of `minutes` begins in the windows on the workdays of the period."""

    code = "NO_TALK_TIMES"


class DateTooFar(InputRefused):
    """A day lies further ahead than the district plans (`days`)."""

    code = "DATE_TOO_FAR"


class SlotTaken(StateRefused):
    """Somebody else has booked the slot, or customer service has withdrawn it."""

    code = "SLOT_TAKEN"


class TalkTooLate(StateRefused):
    """The talk begins too soon, or has begun, for what was to be done with it."""

    code = "TALK_TOO_LATE"


class TalkNotBooked(StateRefused):
    """There is no booked talk that could be cancelled."""

    code = "TALK_NOT_BOOKED"


class TalkHeld(StateRefused):
    """The introductory talk was held already."""

    code = "TALK_HELD"


class TalkRecorded(StateRefused):
    """A held talk of this person is recorded already; its answers can be corrected."""

    code = "TALK_RECORDED"


class TalkNotBegun(StateRefused):
    """The booked talk lies ahead, so nobody can have missed it."""

    code = "TALK_NOT_BEGUN"


class AnswersMissing(StateRefused):
    """A talk that did not come about has no answers that could be corrected."""

    code = "ANSWERS_MISSING"
