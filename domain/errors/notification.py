"""Refusals about which news goes which way."""

from domain.errors.base import InputRefused


class TopicStaysOn(InputRefused):
    """Mails about the security of the account cannot be switched off."""

    code = "TOPIC_STAYS_ON"


class PushDeviceRefused(InputRefused):
    """Not an https address of a push service, or not the keys of a browser."""

    code = "PUSH_DEVICE_REFUSED"
