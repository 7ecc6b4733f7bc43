"""News and its ways in words of the graph."""

from collections.abc import Mapping
from enum import Enum

from domain.notification import Channel, NotificationState, NotificationTopic
from models.message import MessageState

ENUMS: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    NotificationTopic: (
        "What news is about.",
        {
            "SECURITY": "Signing in, addresses, who acts for whom; always told.",
            "DATES": "Talks, meetings, appointments, proofs that end, reminders.",
            "MATCHES": "Orders, answers to them, inquiries.",
            "MESSAGES": "Conversations.",
            "CONTRACT": "Contracts.",
            "FUNDING": "Budgets that are used up or end.",
            "ACCOUNT": "The account and the team.",
        },
    ),
    NotificationState: (
        "Whether its receiver has seen a piece of news.",
        {"UNREAD": "Not yet.", "READ": "Seen."},
    ),
    Channel: (
        "A way to a person, beside the portal itself.",
        {
            "EMAIL": "A mail.",
            "SMS": "A text message that only says that there is news.",
            "PUSH": "A browser that rings, and only says that there is news.",
        },
    ),
    MessageState: (
        "How far a message has come.",
        {
            "WAITING": "Not sent yet.",
            "SENT": "Handed over, or told on the telephone.",
            "FAILED": "The other side will never take it.",
            "CANCELLED": "There was nothing left to say.",
            "TO_TELL": "There is no address: customer service calls.",
            "NO_WAY": "It is not set up, or there is no number or device of yours for it.",
        },
    ),
}
