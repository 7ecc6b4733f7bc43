"""Refusals about meetings: proposing, choosing, confirming and recording them."""

from domain.errors.base import InputRefused, StateRefused


class MeetingHourRefused(InputRefused):
    """A meeting would begin before `low` or end after `high`, on the clocks of the district."""

    code = "MEETING_HOUR_REFUSED"


class TimeTaken(StateRefused):
    """Somebody who has to be there has no time then, or not enough for the way."""

    code = "TIME_TAKEN"


class VideoMissing(StateRefused):
    """The district has named no service for video meetings."""

    code = "VIDEO_MISSING"


class ProviderProposes(StateRefused):
    """The provider was asked and proposes the first dates itself."""

    code = "PROVIDER_PROPOSES"


class OthersChoose(StateRefused):
    """Whoever proposed the dates does not choose one of them."""

    code = "OTHERS_CHOOSE"


class DateNotChosen(StateRefused):
    """Nobody has chosen one of the dates yet, so there is nothing to confirm."""

    code = "DATE_NOT_CHOSEN"


class DateChosen(StateRefused):
    """One of the dates was chosen already."""

    code = "DATE_CHOSEN"


class MeetingNotBegun(StateRefused):
    """The meeting has not begun yet, so nobody can say what became of it."""

    code = "MEETING_NOT_BEGUN"
