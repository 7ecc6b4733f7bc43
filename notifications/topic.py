"""Which topic a kind of news belongs to: by the word that its name begins with.

So a new kind belongs somewhere without being listed here.
"""

from enum import StrEnum

from domain.notification import NotificationTopic

_WORDS = {
    NotificationTopic.SECURITY: "confirm reset already password second phone delegation",
    NotificationTopic.DATES: (
        "talk meeting video appointment appointments date reminder gap absence proof hours month"
        " statement"
    ),
    NotificationTopic.MATCHES: (
        "order match inquiry acceptance nominated nominee nomination suggestion answer"
    ),
    NotificationTopic.MESSAGES: "message messages conversation",
    NotificationTopic.CONTRACT: "contract",
}
_TOPICS = {word: topic for topic, words in _WORDS.items() for word in words.split()}


def topic_of(kind: StrEnum) -> NotificationTopic:
    """The topic of a kind of news; what is about nothing else is about the account."""
    return _TOPICS.get(kind.value.split("_")[0], NotificationTopic.ACCOUNT)
