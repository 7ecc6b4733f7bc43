"""Root fields about what people choose: ways, quiet hours, the digest, devices."""

from collections.abc import Awaitable, Callable
from typing import Any

import strawberry
from strawberry import ID, UNSET

from domain.notification import FIXED, Channel, NotificationTopic, Quiet, Reach
from models.notification_setting import NotificationSetting
from notifications.audience import kinds_for
from notifications.notice import title
from notifications.push import public_key
from resolvers.outcome import key_of, outcome
from schema import words
from schema.context import Info
from schema.node import Given
from schema.notification_setting import (
    KindPreference,
    NotificationChoice,
    NotificationPreferences,
    NotificationPreferencesPayload,
    PushDevice,
    RegisterPushDeviceInput,
    RemovePushDeviceInput,
    SetNotificationPreferencesInput,
    TopicPreference,
)
from schema.scalar import LocalTime
from services import notification_setting as services


@strawberry.type
class PreferenceQueries:
    """What is chosen."""

    @strawberry.field(description="Which news goes which way; null for nobody.")
    async def notification_preferences(self, info: Info) -> NotificationPreferences | None:
        """What nobody has chosen is as most people want it."""
        viewer = info.context.viewer
        return None if viewer.id is None or viewer.state is None else await _preferences(info)


@strawberry.type
class PreferenceMutations:
    """Choosing."""

    @strawberry.mutation(description="Change which news goes which way, and when.")
    async def set_notification_preferences(
        self, info: Info, input: Given[SetNotificationPreferencesInput]
    ) -> NotificationPreferencesPayload:
        """Mails about security stay on."""
        return await _change(
            info, input, services.set_notification_preferences, lambda: (_wanted(input),)
        )

    @strawberry.mutation(description="Ring this browser when there is news.")
    async def register_push_device(
        self, info: Info, input: Given[RegisterPushDeviceInput]
    ) -> NotificationPreferencesPayload:
        """It is told one sentence that says nothing about anybody."""
        given = (input.endpoint, input.p256dh, input.auth)
        return await _change(info, input, services.register_push_device, lambda: given)

    @strawberry.mutation(description="Ring a browser no longer.")
    async def remove_push_device(
        self, info: Info, input: Given[RemovePushDeviceInput]
    ) -> NotificationPreferencesPayload:
        """By id."""
        return await _change(
            info,
            input,
            services.remove_push_device,
            lambda: (info.context.uuid_of(input.device_id, "pushdevice", "deviceId"),),
        )


async def _change(
    info: Info,
    given: Any,
    case: Callable[..., Awaitable[Any]],
    arguments: Callable[[], tuple[Any, ...]],
) -> NotificationPreferencesPayload:
    async def work() -> NotificationPreferences:
        await case(info.context.viewer, key_of(info, given.idempotency_key), *arguments())
        return await _preferences(info)

    return await outcome(info, work)


def _wanted(given: SetNotificationPreferencesInput) -> services.Wanted:
    quiet = given.quiet_hours or None
    return services.Wanted(
        choices=[services.Choice(e.topic, e.channel, e.enabled) for e in given.choices],
        kinds=[services.KindChoice(e.kind, e.channel, e.enabled) for e in given.kind_choices],
        sets_quiet=given.quiet_hours is not UNSET,
        quiet=Quiet(quiet.start, quiet.end) if quiet else None,
        sets_digest=given.digest_hour is not UNSET,
        digest_hour=None if given.digest_hour is UNSET else given.digest_hour,
    )


async def _preferences(info: Info) -> NotificationPreferences:
    setting = await services.setting_of(info.context.viewer)
    devices = await services.devices_of(info.context.viewer)
    return NotificationPreferences(
        topics=[_topic(info, setting, topic) for topic in NotificationTopic],
        quiet_from=None if setting.quiet is None else LocalTime(setting.quiet.begins),
        quiet_until=None if setting.quiet is None else LocalTime(setting.quiet.ends),
        digest_hour=setting.digest_hour,
        devices=[
            PushDevice(id=ID(info.context.id_of("pushdevice", each.id)), created_at=each.created_at)
            for each in devices
        ],
        push_key=public_key(info.context.keys) if info.context.rings else None,
    )


def _topic(info: Info, setting: NotificationSetting, topic: NotificationTopic) -> TopicPreference:
    reach, language = Reach(setting.topics, setting.kinds), info.context.language

    def choices(kind: str) -> list[NotificationChoice]:
        return [
            NotificationChoice(
                channel=channel,
                channel_label=words.channel(channel, language),
                enabled=reach.goes(topic, kind, channel),
                changeable=(topic, channel) not in FIXED,
            )
            for channel in Channel
        ]

    return TopicPreference(
        topic=topic,
        topic_label=words.notification_topic(topic, language),
        choices=choices(""),
        kinds=[
            KindPreference(
                kind=kind.name, title=title(kind.name, language), choices=choices(kind.name)
            )
            for kind in kinds_for(info.context.viewer.role, topic)
        ],
    )
