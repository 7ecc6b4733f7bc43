"""What a district decides for itself: how long talks take, when its desk is there, when it reminds.

A `Policy` is a value with defaults; the district's row holds what differs from them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.errors import DomainError, NumberOutOfRange, WindowRefused
from domain.window import EMPTY_WEEK, Window, week_of

WORKDAYS = range(1, 6)
USUAL_HOURS = week_of(Window(day, "08:00", "16:00") for day in WORKDAYS)
MOST_REMINDERS = 3
BOUNDS = {
    "talk_minutes": (10, 180),
    "horizon_days": (1, 365),
    "notice_minutes": (0, 10_080),
    "missed_talks": (1, 10),
    "reminder_hours": (1, 336),
    "certificate_months": (6, 120),
    "travel_minutes": (0, 240),
    "answer_days": (1, 30),
    "decision_days": (1, 30),
    "suggestions_at_once": (3, 100),
    "order_days": (14, 365),
    "smallest_told": (3, 20),
}
ROOM = "{room}"


@dataclass(frozen=True, slots=True)
class Policy:
    """The decisions of one district.

    `notice_minutes` before its beginning a talk can be booked, moved and cancelled for the last
    time; `missed_talks` is how many somebody may miss until customer service calls; a
    certificate of conduct holds for `certificate_months` after its date ("in regular intervals",
    says the law); without `video_url` the officer sends the link of a video talk.

    After `answer_days` without an answer an acceptor is reminded of a suggestion, after
    `decision_days` without a decision a seeker of a yes. An assistant sees `suggestions_at_once`
    unanswered orders before new ones wait for their turn; an order is open for `order_days` unless
    it is renewed; a number of people below `smallest_told` is told as "at most".
    Between two meetings of an assistant lie `travel_minutes` for the way; a coordinator is
    there at introductory meetings unless not `coordinator_at_meetings`; `room_url` with `{room}`
    in it is where people meet by video, without it they cannot.
    """

    talk_minutes: int = 30
    hours: bytes = USUAL_HOURS
    horizon_days: int = 60
    notice_minutes: int = 120
    missed_talks: int = 2
    reminder_hours: tuple[int, ...] = (24,)
    certificate_months: int = 36
    video_url: str = ""
    coordinator_at_meetings: bool = True
    travel_minutes: int = 30
    answer_days: int = 3
    decision_days: int = 5
    room_url: str = ""
    suggestions_at_once: int = 10
    order_days: int = 60
    smallest_told: int = 5


def problems(policy: Policy) -> Iterator[DomainError]:
    """What cannot be decided like this, field by field."""
    for name, (low, high) in BOUNDS.items():
        value = getattr(policy, name)
        for number in value if isinstance(value, tuple) else (value,):
            if not low <= number <= high:
                yield NumberOutOfRange(field=name, low=low, high=high)
                break
    if len(policy.reminder_hours) > MOST_REMINDERS:
        yield NumberOutOfRange(field="reminder_hours", low=0, high=MOST_REMINDERS)
    if policy.hours == EMPTY_WEEK:
        yield WindowRefused(field="hours")
