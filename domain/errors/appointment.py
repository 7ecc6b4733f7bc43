"""Refusals about appointments: planning, agreeing, recording."""

from domain.errors.base import InputRefused, StateRefused
from domain.errors.input import SpanRefused


class AppointmentOutsideContract(InputRefused):
    """The day lies before the contract's first or after its last one."""

    code = "APPOINTMENT_OUTSIDE_CONTRACT"


class AppointmentNotBegun(StateRefused):
    """The appointment has not begun yet, so nobody can say how long it took."""

    code = "APPOINTMENT_NOT_BEGUN"


class AppointmentTooLong(SpanRefused):
    """Longer than `hours` hours."""

    code = "APPOINTMENT_TOO_LONG"


class AppointmentTooShort(SpanRefused):
    """Shorter than `minutes` minutes."""

    code = "APPOINTMENT_TOO_SHORT"


class HoursElsewhere(SpanRefused):
    """They lie more than `hours` hours from the appointment that they should be those of."""

    code = "HOURS_ELSEWHERE"


class ReasonForeign(InputRefused):
    """A reason that only the portal gives."""

    code = "REASON_FOREIGN"


class NobodyNamed(StateRefused):
    """The provider has not said yet whom it sends: there is nobody to come."""

    code = "NOBODY_NAMED"


class StandInSilent(StateRefused):
    """Whoever was asked to stand in has not answered yet."""

    code = "STAND_IN_SILENT"


class StandInRefused(StateRefused):
    """This assistant cannot stand in then."""

    code = "STAND_IN_REFUSED"


class NoGap(StateRefused):
    """The appointment has no gap: whoever was to come still comes, or it is over."""

    code = "NO_GAP"


class PlanRefused(InputRefused):
    """A plan without a time, with one twice, or with a day that its interval does not have."""

    code = "PLAN_REFUSED"


class PlanDayRefused(PlanRefused):
    """A day that the interval of the plan does not have."""

    code = "PLAN_DAY_REFUSED"


class PlanClockRefused(PlanRefused):
    """A time that no clock shows."""

    code = "PLAN_CLOCK_REFUSED"


class PlanEmpty(PlanRefused):
    """A plan without a single time."""

    code = "PLAN_EMPTY"


class PlanEnded(StateRefused):
    """The plan has ended, or another one has taken its place."""

    code = "PLAN_ENDED"


class MonthRefused(InputRefused):
    """Not a month, or one that is not there yet."""

    code = "MONTH_REFUSED"


class MonthAhead(MonthRefused):
    """The month has not begun yet."""

    code = "MONTH_AHEAD"


class NothingShared(StateRefused):
    """There was no confirmed appointment of both yet, so nobody can speak of trust."""

    code = "NOTHING_SHARED"
