"""Refusals about contracts."""

from domain.errors.base import InputRefused, StateRefused
from domain.errors.input import ActivityUnknown, SpanRefused


class ContractModelForeign(InputRefused):
    """A provider's match leads to the service model only."""

    code = "CONTRACT_MODEL_FOREIGN"


class EndReasonForeign(InputRefused):
    """A reason that only the other side gives, or the portal."""

    code = "END_REASON_FOREIGN"


class ActivitiesMissing(ActivityUnknown):
    """A contract about nothing."""

    code = "ACTIVITIES_MISSING"


class ActivityNotAsked(ActivityUnknown):
    """An activity that the order does not ask for."""

    code = "ACTIVITY_NOT_ASKED"


class ContractEndsEarlier(SpanRefused):
    """An earlier end stands already."""

    code = "CONTRACT_ENDS_EARLIER"


class AssistantNotMet(StateRefused):
    """Whoever would come was at no meeting that was held, or nobody is chosen."""

    code = "ASSISTANT_NOT_MET"


class MeetingNotHeld(StateRefused):
    """Both sides have not met yet, as far as is recorded."""

    code = "MEETING_NOT_HELD"
