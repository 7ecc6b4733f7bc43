"""Links in mails: issuing them, and letting each be used once.

A token is the link's id and a signature over purpose, account and address version. It opens nothing
once the link is used, expired or void, or once the address has changed. Functions that write run in
the caller's transaction and lock the account's row, so that two links cannot race.
"""

import base64
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.errors import LinkInvalid
from domain.keys import Keys
from domain.viewer import AccountState
from models.database import execute
from models.mail_link import LinkPurpose, MailLink
from models.user import User
from notifications.message import MailKind, announce

LIFETIME = timedelta(minutes=60)

_TOKEN = re.compile(r"[A-Za-z0-9_-]{64}")
_ID_BYTES = 16
_FORGET = """
DELETE FROM mail_links old WHERE expires_at < $1 AND EXISTS (
    SELECT FROM mail_links newer WHERE newer.user_id = old.user_id
      AND newer.purpose = old.purpose AND newer.number > old.number)
"""
_KINDS = {
    LinkPurpose.CONFIRM_EMAIL: MailKind.CONFIRM_EMAIL,
    LinkPurpose.RESET_PASSWORD: MailKind.RESET_PASSWORD,
}


@dataclass(frozen=True, slots=True)
class UsedLink:
    """What a used link proves: this account can read mail at this version of its address."""

    user_id: UUID
    email_version: int


async def send_link(user: UUID, purpose: LinkPurpose, now: datetime) -> MailLink:
    """Issue a link and announce its mail. Earlier links stay valid until one of them is used.

    Raises:
        DoesNotExist: there is no such account.
    """
    owner = await User.select_for_update(no_key=True).get(id=user)
    latest = await MailLink.filter(user_id=user, purpose=purpose).order_by("-number").first()
    link = await MailLink.create(
        purpose=purpose,
        user_id=user,
        email_version=owner.email_version,
        number=latest.number + 1 if latest else 1,
        created_at=now,
        expires_at=now + LIFETIME,
    )
    await announce(_KINDS[purpose], user, version=link.number, reference=link.id)
    return link


def token_of(link: MailLink, keys: Keys) -> str:
    """The token of a link: 16 bytes of id and 32 of signature, 64 characters."""
    return base64.urlsafe_b64encode(link.id.bytes + _signature(link, keys)).decode()


async def signed_link(token: str, purpose: LinkPurpose, keys: Keys) -> MailLink:
    """The link behind a token, used or not.

    Raises:
        LinkInvalid: it is none of ours, or for another purpose.
    """
    if _TOKEN.fullmatch(token) is None:
        raise LinkInvalid(field="token")
    raw = base64.urlsafe_b64decode(token)
    link = await MailLink.get_or_none(id=UUID(bytes=raw[:_ID_BYTES]), purpose=purpose)
    if link is None or not keys.verify("mail-link", raw[_ID_BYTES:], *_signed_parts(link)):
        raise LinkInvalid(field="token")
    return link


async def use_link(token: str, purpose: LinkPurpose, keys: Keys, now: datetime) -> UsedLink:
    """Use a link up and make all others of its account and purpose void.

    Raises:
        LinkInvalid: unknown, altered, for another purpose, used, expired, or void.
    """
    link = await signed_link(token, purpose, keys)
    owner = await User.select_for_update(no_key=True).get_or_none(id=link.user_id)
    if owner is None or not _fits(owner, link):
        raise LinkInvalid(field="token")
    unspent = MailLink.filter(user_id=link.user_id, purpose=purpose, used_at=None, voided_at=None)
    if not await unspent.filter(id=link.id, expires_at__gt=now).update(used_at=now):
        raise LinkInvalid(field="token")
    await unspent.update(voided_at=now)
    return UsedLink(owner.id, owner.email_version)


async def void_links(user: UUID, purpose: LinkPurpose, now: datetime) -> None:
    """Make the unused links of an account void, because what they stood for has been replaced."""
    unspent = MailLink.filter(user_id=user, purpose=purpose, used_at=None, voided_at=None)
    await unspent.update(voided_at=now)


async def open_link(link: UUID, now: datetime) -> MailLink | None:
    """The link, if a mail that carries it is still worth sending."""
    found = await MailLink.get_or_none(id=link, used_at=None, voided_at=None, expires_at__gt=now)
    if found is None:
        return None
    owner = await User.get_or_none(id=found.user_id)
    return found if owner is not None and _fits(owner, found) else None


async def forget_ended_links(before: datetime) -> int:
    """Delete the links whose time was over before the instant; how many.

    The newest of each account and purpose stays, because the next one counts on from its number.
    """
    return await execute(_FORGET, before)


def _signature(link: MailLink, keys: Keys) -> bytes:
    return keys.sign("mail-link", *_signed_parts(link))


def _signed_parts(link: MailLink) -> tuple[bytes, ...]:
    version = str(link.email_version).encode()
    return link.purpose.value.encode(), link.id.bytes, link.user_id.bytes, version


def _fits(owner: User, link: MailLink) -> bool:
    return owner.email_version == link.email_version and owner.state is not AccountState.ERASED
