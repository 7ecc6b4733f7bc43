"""Sending messages: one mail, text or ring per message row, with the same id on every repeat.

A mail server is outside PostgreSQL, so a worker that dies between sending and marking sends once
more; nothing else does.
"""

from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from functools import partial

from domain.keys import Keys
from domain.notification import Channel
from domain.viewer import AccountState
from models.database import retrying
from models.mail_link import MailLink
from models.message import Message, MessageState, finish
from models.user import User
from notifications.channel import Carrier, Delayed, Gone, Refused, Ring, TextMessage
from notifications.language import Language
from notifications.mail import Letter, compose, spoken_name
from notifications.message import SEND_JOB, MailKind
from services import (
    application_letter,
    appointment_news,
    contract_mail,
    delegation_letter,
    digest,
    evidence_letter,
    funding_warning,
    match_mail,
    match_reminder,
    meeting_letter,
    statement,
    talk_letter,
)
from services.clock import now
from services.mail_link import open_link, token_of
from services.mail_place import place_of
from services.phone_registration import phone_code
from services.ringing import forget_device, held_until, rings, text_message
from workers.job import Cancelled, Done, Job, Outcome, Snooze, handler

# The token stands behind the #, which browsers keep to themselves: no server logs it.
LINK_PATHS = {
    MailKind.CONFIRM_EMAIL: "/#confirm-email=",
    MailKind.RESET_PASSWORD: "/#reset-password=",
}
_REFUSED = {Channel.EMAIL: "MAIL", Channel.SMS: "SMS", Channel.PUSH: "PUSH"}
# Mails that say how something stands when they are sent, or nothing once it is over.
_SAYING = {
    MailKind.DAILY_DIGEST: digest.values_of,
    **dict.fromkeys(talk_letter.TALK_MAILS, talk_letter.values_of),
    **dict.fromkeys(application_letter.MAILS, application_letter.values_of),
    **dict.fromkeys(delegation_letter.MAILS, delegation_letter.values_of),
    **dict.fromkeys(evidence_letter.PROOF_MAILS, evidence_letter.values_of),
    **dict.fromkeys(appointment_news.MAILS, appointment_news.values_of),
    MailKind.MONTH_UNCONFIRMED: statement.values_of,
    **dict.fromkeys(contract_mail.MAILS, contract_mail.values_of),
    **dict.fromkeys(funding_warning.MAILS, funding_warning.values_of),
    **dict.fromkeys(meeting_letter.MAILS, meeting_letter.values_of),
    **dict.fromkeys(match_mail.MAILS, match_mail.values_of),
    **dict.fromkeys(match_reminder.MAILS, match_reminder.values_of),
    **dict.fromkeys(match_mail.NOMINATION_MAILS, match_mail.nomination_values_of),
}


@dataclass(frozen=True, slots=True)
class Post:
    """What sending needs: the ways, the portal's own address, and where its links lead.

    A way that is None is switched off: its messages say so. Without a district, whose key
    stands in every id, mails lead to the start page.
    """

    mailer: Carrier[EmailMessage]
    sender: str
    public_url: str
    keys: Keys = field(repr=False)
    texter: Carrier[TextMessage] | None = None
    ringer: Carrier[Ring] | None = None
    district: str | None = None


class PostMissing(RuntimeError):
    """A worker was started without saying how mails are sent."""


_post: list[Post] = []


def send_by(post: Post) -> None:
    """Say how this process sends mails."""
    _post[:] = [post]


@handler(SEND_JOB, timeout=20, tries=30, backoff=5, outside=True)
async def send_message(job: Job) -> Outcome:
    """Send the message if it still waits and still has something to say."""
    if not _post:
        raise PostMissing
    message = await Message.get_or_none(id=job.aggregate)
    if message is None:
        return Cancelled("MESSAGE_GONE")
    if message.state is not MessageState.WAITING:
        return Done()
    return await _send(message, _post[0])


async def _send(message: Message, post: Post) -> Outcome:
    quiet_until = await held_until(message, now())
    if quiet_until is not None:
        return Snooze(quiet_until)
    receiver = await User.get_or_none(id=message.receiver_id)
    letter = await _letter(message, receiver, post) if receiver is not None else None
    if receiver is None or letter is None:
        await _finish(message, MessageState.CANCELLED)
        return Cancelled("NOTHING_TO_SAY")
    if message.channel is Channel.EMAIL and letter.email is None:
        await _finish(message, MessageState.TO_TELL)
        return Done()
    try:
        sent = await _hand_over(message, receiver, letter, post)
    except Refused:
        await _finish(message, MessageState.FAILED)
        return Cancelled(f"{_REFUSED[message.channel]}_REFUSED")
    if not sent:
        await _finish(message, MessageState.NO_WAY)
        return Cancelled("NO_WAY")
    await _finish(message, MessageState.SENT, now())
    return Done()


async def _hand_over(message: Message, receiver: User, letter: Letter, post: Post) -> bool:
    """Hand it over; False if there is no such way, or nothing at its other end."""
    match message.channel:
        case Channel.EMAIL:
            await post.mailer.send(compose(letter, post.sender))
            return True
        case Channel.SMS:
            item = text_message(message, receiver)
            if post.texter is None or item is None:
                return False
            await post.texter.send(item)
            return True
        case Channel.PUSH:
            return post.ringer is not None and await _ring(message, receiver, post.ringer)


async def _ring(message: Message, receiver: User, ringer: Carrier[Ring]) -> bool:
    """Ring every device; those that are gone are forgotten. False if none was left.

    Raises:
        Refused, Delayed: by all that are left; who has heard it is not rung again for the others.
    """
    heard, failures = 0, list[Refused | Delayed]()
    for device, ring in await rings(message, receiver):
        try:
            await ringer.send(ring)
            heard += 1
        except Gone:
            await retrying(partial(forget_device, device))
        except (Refused, Delayed) as error:
            failures.append(error)
    if failures and not heard:
        raise next((each for each in failures if isinstance(each, Delayed)), failures[0])
    return bool(heard)


async def _finish(message: Message, state: MessageState, at: datetime | None = None) -> None:
    await retrying(lambda: finish(message.id, state, at))


async def _letter(message: Message, receiver: User, post: Post) -> Letter | None:
    """The letter, or None when its receiver, its link or its news is gone."""
    if receiver.state is AccountState.ERASED:
        return None
    kind = MailKind(message.kind)
    place = await place_of(message.reference, receiver, post.district)
    values: dict[str, str | int] = {"link": f"{post.public_url}/{place}"}
    if kind in LINK_PATHS:
        link = await open_link(message.reference, now()) if message.reference else None
        if link is None:
            return None
        values = _link_values(kind, link, post)
    if kind in _SAYING:
        said = await _SAYING[kind](message, Language(receiver.language))
        if said is None:
            return None
        values |= said
    if kind is MailKind.PHONE_CODE:
        values["code"] = phone_code(receiver.id, post.keys)
    return Letter(
        id=message.id,
        kind=kind,
        email=receiver.email,
        language=Language(receiver.language),
        written_at=message.created_at,
        values={"first_name": spoken_name(receiver.first_name), **values},
    )


def _link_values(kind: MailKind, link: MailLink, post: Post) -> dict[str, str | int]:
    minutes = int((link.expires_at - link.created_at).total_seconds()) // 60
    address = f"{post.public_url}{LINK_PATHS[kind]}{token_of(link, post.keys)}"
    return {"link": address, "minutes": minutes}
