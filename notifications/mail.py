"""Mails: making them from the catalogue, and handing them to a mail server.

Errors carry the server's reply code and no text, because replies quote addresses.
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib

from notifications.channel import Delayed, Recording, Refused
from notifications.language import Language, text
from notifications.message import MailKind

SEND_SECONDS = 15

_SCHEMES = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_PERMANENT = range(500, 600)
_NO_NAME = re.compile(r"[^\w\s'’-]|[\d_]")
_LONGEST_NAME = 40
_ADDRESS = re.compile(r"(?P<local>[A-Za-z0-9_.!#$%&'*+/=?^`{|}~-]+)@(?P<host>[\w.-]+)")


class MailRefused(Refused):
    """The mail server will never take this mail: its receiver or its content is refused."""


class MailDelayed(Delayed):
    """The mail could not be handed over now; the same mail may go later."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it is made: who gets which kind of it, in which language."""

    id: UUID
    kind: MailKind
    email: str | None = field(repr=False)  # None: customer service tells it
    language: Language
    written_at: datetime
    values: Mapping[str, str | int] = field(repr=False)


def compose(letter: Letter, sender: str) -> EmailMessage:
    """The finished mail. The same letter always gives the same Message-ID and Date.

    Raises:
        MailRefused: the receiver's address cannot stand in a mail.
    """
    name, address = parseaddr(sender)
    host = address.rpartition("@")[2]
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(display_name=name, addr_spec=address)
    mail["To"] = _receiver(letter.email or "")
    mail["Subject"] = text(f"mails.{letter.kind}.subject", letter.language, **letter.values)
    mail["Date"] = format_datetime(letter.written_at)
    mail["Message-ID"] = f"<{letter.id}@{host}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["List-Id"] = f"<notifications.{host}>"
    body = text(f"mails.{letter.kind}.body", letter.language, **letter.values)
    mail.set_content(body.rstrip("\n") + "\n", charset="utf-8", cte="quoted-printable")
    mail["Content-Language"] = letter.language.value  # after the content, which clears its headers
    return mail


def _receiver(email: str) -> Address:
    found = _ADDRESS.fullmatch(email)
    if found is None:
        raise MailRefused("the receiver's address cannot stand in a mail")
    try:
        host = found["host"].encode("idna").decode()
        return Address(addr_spec=f"{found['local']}@{host}")
    except ValueError:
        raise MailRefused("the receiver's address cannot stand in a mail") from None


def spoken_name(name: str) -> str:
    """A name as a mail may say it: letters, spaces, hyphens and apostrophes, 40 characters.

    Anybody can register a stranger's address under any name, so a name must not carry a message
    or an address that a mail program turns into a link.
    """
    return " ".join(_NO_NAME.sub(" ", name).split())[:_LONGEST_NAME]


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed over, from `smtp://user:password@host:port`.

    `smtp` encrypts where the server offers it, and insists on it before it tells a password to
    another machine; `smtp+starttls` insists always; `smtps` encrypts from the first byte.
    """

    host: str
    port: int
    user: str | None
    password: str | None = field(repr=False)
    tls: bool
    start_tls: bool | None

    @classmethod
    def from_url(cls, url: str) -> "MailServer":
        """Read the address of a mail server.

        Raises:
            ValueError: with one sentence that says what is wrong, without the password.
        """
        parts = urlsplit(url)
        if parts.scheme not in _SCHEMES:
            raise ValueError("it must begin with smtp://, smtp+starttls:// or smtps://")
        if not parts.hostname:
            raise ValueError("it must name a host")
        insists = parts.scheme == "smtp+starttls" or bool(
            parts.username and parts.scheme == "smtp" and parts.hostname not in _LOOPBACK
        )
        return cls(
            host=parts.hostname,
            port=parts.port or _SCHEMES[parts.scheme],
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            tls=parts.scheme == "smtps",
            start_tls=True if insists else None if parts.scheme == "smtp" else False,
        )


class SmtpMailer:
    """Hands mails to a mail server, one connection per mail."""

    def __init__(self, server: MailServer, *, seconds: float = SEND_SECONDS) -> None:
        self._server = server
        self._seconds = seconds

    async def send(self, mail: EmailMessage, /) -> None:
        """See `Carrier`."""
        try:
            async with asyncio.timeout(self._seconds):
                await self._hand_over(mail)
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _outcome([each.code for each in error.recipients]) from None
        except (aiosmtplib.SMTPRecipientRefused, aiosmtplib.SMTPDataError) as error:
            raise _outcome([error.code]) from None
        except aiosmtplib.SMTPResponseException as error:
            raise MailDelayed(f"the mail server answered {error.code}") from None
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise MailDelayed(f"no mail server: {type(error).__name__}") from None

    async def _hand_over(self, mail: EmailMessage) -> None:
        server = self._server
        await aiosmtplib.send(
            mail,
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.tls,
            start_tls=server.start_tls,
            timeout=self._seconds,
            local_hostname=parseaddr(mail["From"])[1].rpartition("@")[2],
        )


class RecordingMailer(Recording[EmailMessage]):
    """The null twin: keeps mails instead of sending them."""


def _outcome(codes: list[int]) -> MailRefused | MailDelayed:
    sentence = f"the mail server answered {', '.join(map(str, codes))}"
    permanent = all(code in _PERMANENT for code in codes)
    return MailRefused(sentence) if permanent else MailDelayed(sentence)
