"""Which topic a kind of news belongs to, and whether it can wait: by the words of its name.

So a new kind belongs somewhere without being listed here.
"""

from enum import StrEnum

from domain.notification import NotificationTopic

_WORDS = {
    NotificationTopic.SECURITY: "confirm reset already password second phone delegation",
    NotificationTopic.DATES: (
        "talk meeting video appointment appointments date reminder gap stand absence proof hours"
        " month statement"
    ),
    NotificationTopic.MATCHES: (
        "order match inquiry acceptance nominated nominee nomination suggestion answer"
    ),
    NotificationTopic.MESSAGES: "message messages conversation",
    NotificationTopic.CONTRACT: "contract",
    NotificationTopic.FUNDING: "funding",
}
_TOPICS = {word: topic for topic, words in _WORDS.items() for word in words.split()}

_URGENT = {"reminder", "cancelled", "moved", "tomorrow", "today"}


def topic_of(kind: StrEnum) -> NotificationTopic:
    """The topic of a kind of news; what is about nothing else is about the account."""
    known = (_TOPICS[word] for word in kind.value.split("_") if word in _TOPICS)
    return next(known, NotificationTopic.ACCOUNT)


def is_urgent(kind: StrEnum) -> bool:
    """Whether it passes quiet hours and digest: security, and what somebody would stand for."""
    urgent = _URGENT & set(kind.value.split("_")[1:])
    return topic_of(kind) is NotificationTopic.SECURITY or bool(urgent)
