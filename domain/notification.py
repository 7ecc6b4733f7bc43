"""What people are told about: the topics that they can set, and what was read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from domain.dates import BERLIN
from domain.errors import InputRefused, WindowRefused


class NotificationTopic(StrEnum):
    """What a piece of news is about. SECURITY cannot be switched off."""

    SECURITY = "SECURITY"
    DATES = "DATES"
    MATCHES = "MATCHES"
    MESSAGES = "MESSAGES"
    CONTRACT = "CONTRACT"
    FUNDING = "FUNDING"
    ACCOUNT = "ACCOUNT"


class NotificationState(StrEnum):
    """Whether its receiver has seen it."""

    UNREAD = "UNREAD"
    READ = "READ"


class Channel(StrEnum):
    """A way to a person, beside the portal itself, where news is always shown."""

    EMAIL = "EMAIL"
    SMS = "SMS"
    PUSH = "PUSH"


# What nobody can switch off.
FIXED = frozenset({(NotificationTopic.SECURITY, Channel.EMAIL)})
_ALL = frozenset(NotificationTopic)
# What holds for whoever has chosen nothing.
USUAL: Mapping[Channel, frozenset[NotificationTopic]] = {
    Channel.EMAIL: _ALL,
    Channel.SMS: frozenset(),
    Channel.PUSH: _ALL,
}
Kinds = Mapping[tuple[str, Channel], bool]
_TIME = re.compile(r"([01][0-9]|2[0-3]):(00|15|30|45)")


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the day in which nothing rings; a start after the end crosses midnight."""

    begins: str
    ends: str

    def problems(self) -> Iterator[InputRefused]:
        """What is no time, or no span."""
        are_times = _TIME.fullmatch(self.begins) and _TIME.fullmatch(self.ends)
        if not are_times or self.begins == self.ends:
            yield WindowRefused(field="quietHours")

    def until(self, now: datetime) -> datetime | None:
        """When the quiet hours end in which `now` lies; None outside of them.

        On the Sundays when the clocks change the longer reading counts.
        """
        today = now.astimezone(BERLIN).date()
        for day in (today - timedelta(days=1), today):
            last = day if self.begins < self.ends else day + timedelta(days=1)
            ends = max(_readings(last, self.ends))
            if min(_readings(day, self.begins)) <= now < ends:
                return ends
        return None


def _readings(day: date, time: str) -> list[datetime]:
    """The instants that a wall time can mean: two, where the clocks change over it."""
    hour, minute = map(int, time.split(":"))
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN)
    return [local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody can be reached, and what they have chosen."""

    topics: Mapping[Channel, frozenset[NotificationTopic]]
    kinds: Kinds = field(default_factory=dict)
    has_mobile: bool = False
    has_device: bool = False
    digest: bool = False

    def goes(self, topic: NotificationTopic, kind: str, channel: Channel) -> bool:
        """Whether it is chosen: what was said of the kind counts more than what of its topic."""
        usual = topic in self.topics[channel]
        return self.kinds.get((kind, channel), usual) or (topic, channel) in FIXED

    def ways(
        self, topic: NotificationTopic, kind: str = "", *, urgent: bool
    ) -> Iterator[tuple[Channel, bool]]:
        """Each way that a piece of news goes, and whether it waits for the digest of the day.

        Who has no address has no digest: customer service calls.
        """
        possible = {
            Channel.EMAIL: True,
            Channel.SMS: self.has_mobile,
            Channel.PUSH: self.has_device,
        }
        for channel in Channel:
            if possible[channel] and self.goes(topic, kind, channel):
                yield channel, channel is Channel.EMAIL and self.digest and not urgent
