"""What people choose: which news goes which way, quiet hours, the digest, and their devices."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.errors import (
    DomainError,
    NotFound,
    NumberOutOfRange,
    PushDeviceRefused,
    SignInRequired,
    TopicStaysOn,
)
from domain.notification import FIXED, USUAL, Channel, NotificationTopic, Quiet
from domain.push import are_keys, is_endpoint
from domain.viewer import Viewer
from models.notification_setting import NotificationSetting, PushDevice
from models.user import User
from notifications.message import MailKind
from notifications.topic import topic_of
from services.use_case import use_case

MOST_DEVICES = 10
_LAST_HOUR = 23


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether news about a topic goes one way."""

    topic: NotificationTopic
    channel: Channel
    enabled: bool


@dataclass(frozen=True, slots=True)
class KindChoice:
    """Whether news of one kind goes one way, whatever holds for its topic."""

    kind: str
    channel: Channel
    enabled: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall be different; `sets_…` tells what is left as it is from what is ended."""

    choices: Sequence[Choice] = ()
    kinds: Sequence[KindChoice] = ()
    sets_quiet: bool = False
    quiet: Quiet | None = None
    sets_digest: bool = False
    digest_hour: int | None = None


async def setting_of(viewer: Viewer) -> NotificationSetting:
    """The viewer's choices, or what holds without any.

    Raises:
        SignInRequired: nobody.
    """
    person = _demand_person(viewer)
    return await NotificationSetting.get_or_none(id=person) or _usual(person)


async def devices_of(viewer: Viewer) -> list[PushDevice]:
    """The viewer's devices, the oldest first."""
    return await PushDevice.filter(user_id=_demand_person(viewer)).order_by("id")


def _demand_person(viewer: Viewer) -> UUID:
    if viewer.id is None or viewer.state is None:
        raise SignInRequired
    return viewer.id


def _usual(person: UUID) -> NotificationSetting:
    chosen = {way.value.lower(): sorted(topics) for way, topics in USUAL.items()}
    return NotificationSetting(id=person, user_id=person, **chosen)


@use_case
async def set_notification_preferences(viewer: Viewer, wanted: Wanted) -> NotificationSetting:
    """Change what is wanted differently; what has been announced goes the ways of before.

    Raises:
        SignInRequired: nobody.
        TopicStaysOn, WindowRefused, NumberOutOfRange: what cannot be chosen.
        NotFound: no such kind of news.
    """
    person = _demand_person(viewer)
    problems = list(_problems(wanted))
    if problems:
        raise DomainError.of(problems)
    await User.select_for_update(no_key=True).get(id=person)
    setting = await NotificationSetting.get_or_none(id=person)
    fresh = setting is None
    setting = setting or _usual(person)
    for choice in wanted.choices:
        name = choice.channel.value.lower()
        others = set(getattr(setting, name)) - {choice.topic.value}
        setattr(setting, name, sorted(others | ({choice.topic.value} if choice.enabled else set())))
    for each in wanted.kinds:
        _choose_kind(setting, each)
    if wanted.sets_quiet:
        setting.quiet_from = wanted.quiet.begins if wanted.quiet else None
        setting.quiet_until = wanted.quiet.ends if wanted.quiet else None
    if wanted.sets_digest:
        setting.digest_hour = wanted.digest_hour
    await setting.save(force_create=fresh)
    return setting


def _choose_kind(setting: NotificationSetting, wanted: KindChoice) -> None:
    """Note what is otherwise than its topic; what is as its topic goes with it again."""
    entry = f"{wanted.kind} {wanted.channel}"
    on, off = (set(known or ()) - {entry} for known in (setting.kinds_on, setting.kinds_off))
    topic = topic_of(MailKind[wanted.kind])
    if wanted.enabled is not (topic in setting.topics[wanted.channel]):
        (on if wanted.enabled else off).add(entry)
    setting.kinds_on, setting.kinds_off = sorted(on) or None, sorted(off) or None


def _problems(wanted: Wanted) -> Sequence[DomainError]:
    found: list[DomainError] = []
    off = {(each.topic, each.channel) for each in wanted.choices if not each.enabled}
    if off & FIXED:
        found.append(TopicStaysOn(field="choices"))
    if any(each.kind not in MailKind.__members__ for each in wanted.kinds):
        found.append(NotFound(field="kindChoices"))
    elif FIXED & {
        (topic_of(MailKind[each.kind]), each.channel) for each in wanted.kinds if not each.enabled
    }:
        found.append(TopicStaysOn(field="kindChoices"))
    if wanted.quiet:
        found += wanted.quiet.problems()
    if wanted.digest_hour is not None and not 0 <= wanted.digest_hour <= _LAST_HOUR:
        found.append(NumberOutOfRange(field="digestHour", low=0, high=_LAST_HOUR))
    return found


@use_case
async def register_push_device(viewer: Viewer, endpoint: str, p256dh: str, auth: str) -> PushDevice:
    """Ring a browser from now on; the oldest of too many goes. A browser belongs to one account.

    Raises:
        SignInRequired: nobody.
        PushDeviceRefused: not an address of a push service, or not the keys of a browser.
    """
    person = _demand_person(viewer)
    if not is_endpoint(endpoint) or not are_keys(p256dh, auth):
        raise PushDeviceRefused(field="endpoint")
    await User.select_for_update(no_key=True).get(id=person)
    await PushDevice.filter(endpoint=endpoint).delete()
    surplus = await PushDevice.filter(user_id=person).order_by("-id").offset(MOST_DEVICES - 1)
    await PushDevice.filter(id__in=[each.id for each in surplus]).delete()
    return await PushDevice.create(user_id=person, endpoint=endpoint, p256dh=p256dh, auth=auth)


@use_case
async def remove_push_device(viewer: Viewer, device_id: UUID) -> None:
    """Ring a browser no longer.

    Raises:
        SignInRequired: nobody.
        NotFound: not one of the viewer's.
    """
    if not await PushDevice.filter(id=device_id, user_id=_demand_person(viewer)).delete():
        raise NotFound(field="deviceId")
