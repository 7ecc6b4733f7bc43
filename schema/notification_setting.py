"""What people choose about their news, as the graph says it."""

from datetime import datetime
from typing import Annotated

import strawberry

from domain.notification import Channel, NotificationTopic
from schema.disclosed import disclosed
from schema.order_input import KEY
from schema.refusal import Refusals
from schema.scalar import LocalTime


@disclosed
@strawberry.type(description="Whether news about a topic goes one way.")
class NotificationChoice:
    """Inside the portal it is shown always."""

    channel: Channel = strawberry.field(description="Which way.")
    channel_label: str = strawberry.field(description="The same in words.")
    enabled: bool = strawberry.field(description="Whether it goes this way.")
    changeable: bool = strawberry.field(description="False: it cannot be switched off.")


@disclosed
@strawberry.type(description="Which ways one kind of news goes.")
class KindPreference:
    """As its topic, unless something else is chosen."""

    kind: str = strawberry.field(description="The `kind` of a notification.")
    title: str = strawberry.field(description="The headline of such news.")
    choices: list[NotificationChoice] = strawberry.field(description="Way by way.")


@disclosed
@strawberry.type(description="Which ways news about a topic goes.")
class TopicPreference:
    """One per topic."""

    topic: NotificationTopic = strawberry.field(description="What news is about.")
    topic_label: str = strawberry.field(description="The same in words.")
    choices: list[NotificationChoice] = strawberry.field(description="Way by way.")
    kinds: list[KindPreference] = strawberry.field(
        description="The same kind by kind: what you can be told about it."
    )


@disclosed
@strawberry.type(description="A browser that is rung.")
class PushDevice:
    """By web push."""

    id: strawberry.ID = strawberry.field(description="Pass it to `removePushDevice`.")
    created_at: datetime = strawberry.field(description="Since when.")


@disclosed
@strawberry.type(description="What you have chosen about your news.")
class NotificationPreferences:
    """What is not chosen is as most people want it."""

    topics: list[TopicPreference] = strawberry.field(description="Topic by topic.")
    quiet_from: LocalTime | None = strawberry.field(
        description="When nothing rings any more; null without quiet hours. Urgent news passes."
    )
    quiet_until: LocalTime | None = strawberry.field(description="Until when.")
    digest_hour: int | None = strawberry.field(
        description="At which hour one mail a day lists what is not urgent; null: each by itself."
    )
    devices: list[PushDevice] = strawberry.field(description="Your browsers that are rung.")
    push_key: str | None = strawberry.field(
        description="The `applicationServerKey` with which a browser subscribes (VAPID); "
        "null: this portal rings nobody."
    )


@strawberry.input(description="Whether news about a topic shall go one way.")
class NotificationChoiceInput:
    """Mails about security stay on."""

    topic: NotificationTopic = strawberry.field(description="What news is about.")
    channel: Channel = strawberry.field(description="Which way.")
    enabled: bool = strawberry.field(description="Whether it shall go this way.")


@strawberry.input(description="Whether one kind of news shall go one way.")
class NotificationKindChoiceInput:
    """It counts more than the choice about its topic; the same as there ends the exception."""

    kind: str = strawberry.field(description="One of `kinds`.")
    channel: Channel = strawberry.field(description="Which way.")
    enabled: bool = strawberry.field(description="Whether it shall go this way.")


@strawberry.input(description="Hours in which nothing rings, on the clocks of the district.")
class QuietHoursInput:
    """A start after the end crosses midnight."""

    start: LocalTime = strawberry.field(description='"HH:MM" on the quarter hour.')
    end: LocalTime = strawberry.field(description='"HH:MM" on the quarter hour.')


@strawberry.input(description="What shall be different about your news.")
class SetNotificationPreferencesInput:
    """Left out means as it is; null ends quiet hours or the digest."""

    choices: list[NotificationChoiceInput] = strawberry.field(
        default_factory=list, description="Those that change."
    )
    kind_choices: list[NotificationKindChoiceInput] = strawberry.field(
        default_factory=list, description="Single kinds that change, behind `choices`."
    )
    quiet_hours: QuietHoursInput | None = strawberry.field(
        default=strawberry.UNSET, description="When nothing shall ring."
    )
    digest_hour: int | None = strawberry.field(
        default=strawberry.UNSET, description="0 to 23: when the mail of the day shall come."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A browser shall be rung: what its `PushSubscription` says.")
class RegisterPushDeviceInput:
    """Saying it again changes nothing."""

    endpoint: str = strawberry.field(description="Its address at a push service; https.")
    p256dh: str = strawberry.field(description="Its public key.")
    auth: str = strawberry.field(description="Its secret.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A browser shall be rung no longer.")
class RemovePushDeviceInput:
    """By id."""

    device_id: strawberry.ID = strawberry.field(description="One of `devices`.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


NotificationPreferencesPayload = Annotated[
    NotificationPreferences | Refusals,
    strawberry.union("NotificationPreferencesPayload", description="As they are, or a refusal."),
]
