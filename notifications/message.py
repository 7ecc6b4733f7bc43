"""Announcing: news for a person, and the messages that carry it, in the caller's transaction.

Inside the portal the news is there at once. Nothing is sent here and no text is made here; the
worker does both after the commit.
"""

from enum import StrEnum
from uuid import UUID

from models.event import append
from models.message import write
from models.notification import latest_version
from models.notification import write as write_news
from models.notification_setting import reach_of
from models.outbox import enqueue
from notifications.topic import is_urgent, topic_of

SEND_JOB = "mail.send"
# The events of `notificationAdded`: of one person, about one piece of news or about reading.
TOPIC, ADDED, READ = "notifications", "ADDED", "READ"


class MailKind(StrEnum):
    """The mails there are: each is a section of `languages/*/mails.toml`."""

    CONFIRM_EMAIL = "confirm_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105  the name of a mail
    ALREADY_REGISTERED = "already_registered"
    ACCOUNT_RELEASED = "account_released"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  the name of a mail
    ACCOUNT_SUSPENDED = "account_suspended"
    ACCOUNT_REINSTATED = "account_reinstated"
    ORDER_EXPIRES = "order_expires"
    ORDER_EXPIRED = "order_expired"
    TALK_BOOKED = "talk_booked"
    TALK_MOVED = "talk_moved"
    TALK_CANCELLED = "talk_cancelled"
    TALK_MISSED = "talk_missed"
    TALK_REMINDER = "talk_reminder"
    MEETING_PROPOSED = "meeting_proposed"
    MEETING_COUNTERED = "meeting_countered"
    MEETING_CHOSEN = "meeting_chosen"
    MEETING_CONFIRMED = "meeting_confirmed"
    MEETING_MOVED = "meeting_moved"
    MEETING_CANCELLED = "meeting_cancelled"
    MEETING_MISSED = "meeting_missed"
    MEETING_REMINDER = "meeting_reminder"
    SECOND_FACTOR_CHANGED = "second_factor_changed"
    PROOF_EXPIRES = "proof_expires"
    PROOF_EXPIRED = "proof_expired"
    PROOF_GONE = "proof_gone"
    TEAM_PROOF = "team_proof"
    TEAM_PROOF_GONE = "team_proof_gone"
    TEAM_APPLICATION = "team_application"
    APPLICATION_APPROVED = "application_approved"
    APPLICATION_REJECTED = "application_rejected"
    MEMBERSHIP_ENDED = "membership_ended"
    COORDINATOR_INVITED = "coordinator_invited"
    PHONE_CODE = "phone_code"
    DELEGATION_ASKED = "delegation_asked"
    DELEGATION_ACCEPTED = "delegation_accepted"
    DELEGATION_ENDED = "delegation_ended"
    ORDER_ACCEPTED = "order_accepted"
    ORDER_AWARDED = "order_awarded"
    ORDER_AWARDED_TEAM = "order_awarded_team"
    INQUIRY_RECEIVED = "inquiry_received"
    ACCEPTANCE_ENDED = "acceptance_ended"
    ORDER_CLOSED = "order_closed"
    ORDER_CLOSED_TEAM = "order_closed_team"
    ORDER_FILLED = "order_filled"
    NOMINATED = "nominated"
    NOMINEE_PROPOSED = "nominee_proposed"
    NOMINEE_CHOSEN = "nominee_chosen"
    NOMINATION_ENDED = "nomination_ended"
    NOMINATION_DECLINED = "nomination_declined"
    NOMINEE_GONE = "nominee_gone"
    NEW_MESSAGE = "new_message"
    SUGGESTION_WAITING = "suggestion_waiting"
    MATCH_WAITING = "match_waiting"
    DAILY_DIGEST = "daily_digest"
    APPOINTMENT_PROPOSED = "appointment_proposed"
    APPOINTMENT_MOVED = "appointment_moved"
    APPOINTMENT_FIXED = "appointment_fixed"
    APPOINTMENT_CANCELLED = "appointment_cancelled"
    APPOINTMENT_REMINDER = "appointment_reminder"
    APPOINTMENTS_PLANNED = "appointments_planned"
    APPOINTMENTS_AGREED = "appointments_agreed"
    APPOINTMENTS_REPLACED = "appointments_replaced"
    APPOINTMENTS_ENDED = "appointments_ended"
    STAND_IN_ASKED = "stand_in_asked"
    STAND_IN_FOUND = "stand_in_found"
    STAND_IN_DECISION = "stand_in_decision"
    GAP_OPENED = "gap_opened"
    MONTH_UNCONFIRMED = "month_unconfirmed"
    CONTRACT_DRAFTED = "contract_drafted"
    CONTRACT_CONSENTED = "contract_consented"
    CONTRACT_AGREED = "contract_agreed"
    CONTRACT_ENDS = "contract_ends"
    CONTRACT_ENDED = "contract_ended"
    FUNDING_NEARLY_USED = "funding_nearly_used"
    FUNDING_USED = "funding_used"
    FUNDING_ENDS = "funding_ends"
    FUNDING_LAPSES = "funding_lapses"


async def announce_again(
    kind: MailKind, receiver: UUID, *, reference: UUID | None = None
) -> UUID | None:
    """Announce once more what carries no news of its own, such as a reminder.

    None if one about the same was announced at the same instant.
    """
    latest = await latest_version(kind.name, receiver, reference)
    return await announce(kind, receiver, version=latest + 1, reference=reference)


async def announce(
    kind: MailKind, receiver: UUID, *, version: int, reference: UUID | None = None
) -> UUID | None:
    """Tell an account something; None if this version of it was announced before.

    `version` tells one piece of news from the next of its kind, `reference` is the id of what the
    news is about. Call inside the transaction that makes it true.
    """
    news = await write_news(kind.name, topic_of(kind), receiver, version, reference)
    if news is None:
        return None
    await append(TOPIC, receiver, news, 1, ADDED)
    reach = await reach_of(receiver)
    for channel, in_digest in reach.ways(topic_of(kind), kind.name, urgent=is_urgent(kind)):
        message = await write(kind.value, news, channel, in_digest=in_digest)
        if message is not None and not in_digest:
            await enqueue(SEND_JOB, message)
    return news
