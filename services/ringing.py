"""Ways that only say that there is something new: whom they reach, and when they wait."""

import re
from datetime import datetime
from uuid import UUID

from models.message import Message
from models.notification_setting import NotificationSetting, PushDevice
from models.user import User
from notifications.channel import Ring, TextMessage
from notifications.language import Language, text
from notifications.message import MailKind
from notifications.topic import is_urgent

_INTERNATIONAL = re.compile(r"\+[1-9][0-9]{7,14}")


async def held_until(message: Message, now: datetime) -> datetime | None:
    """The end of the receiver's quiet hours, if they hold now and the news is not urgent."""
    if is_urgent(MailKind(message.kind)):
        return None
    setting = await NotificationSetting.get_or_none(id=message.receiver_id)
    return setting.quiet.until(now) if setting and setting.quiet else None


def text_message(message: Message, receiver: User) -> TextMessage | None:
    """What goes to the receiver's mobile number; None without one that can be reached."""
    number = international(receiver.mobile or "")
    return TextMessage(message.id, number, neutral(receiver)) if number else None


def international(number: str) -> str | None:
    """A number as gateways take it (E.164); without a country it is German."""
    digits = re.sub(r"[^0-9+]", "", number.replace("(0)", ""))
    digits = re.sub(r"^00", "+", digits)
    digits = re.sub(r"^0", "+49", digits)
    return digits if _INTERNATIONAL.fullmatch(digits) else None


async def rings(message: Message, receiver: User) -> list[tuple[UUID, Ring]]:
    """What goes to the receiver's devices, each with the device's id."""
    devices = await PushDevice.filter(user_id=receiver.id).order_by("id")
    said = neutral(receiver)
    return [(e.id, Ring(message.id, e.endpoint, e.p256dh, e.auth, said)) for e in devices]


def neutral(receiver: User) -> str:
    """The one sentence that a locked screen may show: that there is news, and no more."""
    return text("answers.news.ring", Language(receiver.language))


async def forget_device(device: UUID) -> None:
    """Forget a device that is gone."""
    await PushDevice.filter(id=device).delete()
