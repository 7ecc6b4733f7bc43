"""What people have chosen: which news goes which way, quiet hours, digest; and their devices."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model

from domain.ids import uuid7
from domain.notification import USUAL, Channel, Kinds, NotificationTopic, Quiet, Reach
from models.database import fetch


class NotificationSetting(Model):
    """The choices of one account; who has no row has chosen nothing, and `USUAL` holds.

    `kinds_on` and `kinds_off` hold what is otherwise than its topic: a kind, a blank and the way.
    """

    id = fields.UUIDField(primary_key=True)
    user: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "models.User", related_name="notification_setting", on_delete=fields.CASCADE
    )
    email: Any = ArrayField(element_type="text")
    sms: Any = ArrayField(element_type="text")
    push: Any = ArrayField(element_type="text")
    kinds_on: Any = ArrayField(element_type="text", null=True)
    kinds_off: Any = ArrayField(element_type="text", null=True)
    quiet_from = fields.CharField(max_length=5, null=True)
    quiet_until = fields.CharField(max_length=5, null=True)
    digest_hour = fields.IntField(null=True)

    user_id: UUID

    class Meta:
        """Read by account."""

        table = "notification_settings"

    @property
    def topics(self) -> Mapping[Channel, frozenset[NotificationTopic]]:
        """What goes which way."""
        chosen = {Channel.EMAIL: self.email, Channel.SMS: self.sms, Channel.PUSH: self.push}
        return {way: frozenset(map(NotificationTopic, each)) for way, each in chosen.items()}

    @property
    def kinds(self) -> Kinds:
        """What is otherwise than its topic."""
        return _kinds(self.kinds_on, self.kinds_off)

    @property
    def quiet(self) -> Quiet | None:
        """When nothing rings."""
        if self.quiet_from is None or self.quiet_until is None:
            return None
        return Quiet(str(self.quiet_from), str(self.quiet_until))


class PushDevice(Model):
    """A browser that takes web push: where to, and the keys that only it can read with."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    user: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.User", related_name="push_devices", on_delete=fields.CASCADE
    )
    endpoint = fields.CharField(max_length=1000, unique=True)
    p256dh = fields.CharField(max_length=100)
    auth = fields.CharField(max_length=40)
    created_at = fields.DatetimeField(auto_now_add=True)

    user_id: UUID

    class Meta:
        """Read by account."""

        table = "push_devices"


def _kinds(on: Sequence[str] | None, off: Sequence[str] | None) -> Kinds:
    said = [(each, True) for each in on or ()] + [(each, False) for each in off or ()]
    return {(each.split()[0], Channel(each.split()[1])): enabled for each, enabled in said}


_REACH = """
SELECT u.email IS NOT NULL AS has_email, u.mobile IS NOT NULL AS has_mobile,
  EXISTS (SELECT FROM push_devices WHERE user_id = u.id) AS has_device,
  s.id IS NOT NULL AS chosen, s.email, s.sms, s.push, s.kinds_on, s.kinds_off,
  s.digest_hour IS NOT NULL AS digest
FROM users u LEFT JOIN notification_settings s ON s.id = u.id WHERE u.id = $1
"""


async def reach_of(receiver: UUID) -> Reach:
    """How an account can be reached, with one statement."""
    (row,) = await fetch(_REACH, receiver)
    topics = USUAL
    if row["chosen"]:
        topics = {way: frozenset(map(NotificationTopic, row[way.value.lower()])) for way in Channel}
    return Reach(
        topics=topics,
        kinds=_kinds(row["kinds_on"], row["kinds_off"]),
        has_mobile=row["has_mobile"],
        has_device=row["has_device"],
        digest=row["digest"] and row["has_email"],
    )
