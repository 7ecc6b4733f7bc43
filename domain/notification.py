"""What people are told about: the topics that they can set, and what was read."""

from enum import StrEnum


class NotificationTopic(StrEnum):
    """What a piece of news is about. SECURITY cannot be switched off."""

    SECURITY = "SECURITY"
    DATES = "DATES"
    MATCHES = "MATCHES"
    MESSAGES = "MESSAGES"
    CONTRACT = "CONTRACT"
    ACCOUNT = "ACCOUNT"


class NotificationState(StrEnum):
    """Whether its receiver has seen it."""

    UNREAD = "UNREAD"
    READ = "READ"
