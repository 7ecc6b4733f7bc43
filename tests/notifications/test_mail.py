import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from uuid import UUID

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from notifications.language import Language, labels
from notifications.mail import (
    Letter,
    MailDelayed,
    MailRefused,
    MailServer,
    RecordingMailer,
    SmtpMailer,
    compose,
    spoken_name,
)
from notifications.message import MailKind

SENDER = "Assistenz-Portal <portal@assistenz.example>"
LINK = "http://127.0.0.1:8000/#confirm-email=" + "A" * 64
WRITTEN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def letter(
    email: str = "maria@example.org",
    kind: MailKind = MailKind.CONFIRM_EMAIL,
    language: Language = Language.DE,
    first_name: str = "Maria",
) -> Letter:
    return Letter(
        id=UUID("01a2019e-1576-7555-a5f0-8dc11006b90e"),
        kind=kind,
        email=email,
        language=language,
        written_at=WRITTEN,
        values={
            "first_name": first_name,
            "link": LINK,
            "minutes": 60,
            "moment": "M",
            "how": "H",
            "what": "W",
            "dates": "T",
            "where": "O",
            "titles": "- Neu",
            "day": "D",
            "percent": "80",
            "amount": "131.00",
            "provider": "P",
            "code": "1234 5678",
        },
    )


class Server:
    """A mail server that answers each step as it is told."""

    def __init__(
        self, *, mail: str = "250 OK", rcpt: str = "250 OK", data: str = "250 OK", delay: float = 0
    ) -> None:
        self.mail, self.rcpt, self.data, self.delay = mail, rcpt, data, delay
        self.taken: list[Envelope] = []
        self.names: list[str | None] = []

    async def handle_MAIL(  # noqa: N802
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.mail

    async def handle_RCPT(  # noqa: N802
        self, _: SMTP, session: Session, envelope: Envelope, address: str, __: list[str]
    ) -> str:
        await asyncio.sleep(self.delay)
        if self.rcpt.startswith("2"):
            envelope.rcpt_tos.append(address)
        self.names.append(session.host_name)
        return self.rcpt

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(envelope)
        return self.data


@asynccontextmanager
async def listening(server: Server) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    door = await loop.create_server(
        lambda: SMTP(server, hostname="localhost", loop=loop), "127.0.0.1", 0
    )
    yield f"smtp://127.0.0.1:{door.sockets[0].getsockname()[1]}"
    door.close()
    await door.wait_closed()


async def send(url: str, mail: EmailMessage, seconds: float = 5) -> None:
    await SmtpMailer(MailServer.from_url(url), seconds=seconds).send(mail)


async def test_a_mail_arrives_as_utf_8_text_with_a_fixed_message_id() -> None:
    server = Server()
    async with listening(server) as url:
        await send(url, compose(letter(first_name="Jürgen"), SENDER))
    raw = server.taken[0].content
    assert isinstance(raw, bytes)
    assert raw.isascii()
    assert server.taken[0].mail_from == "portal@assistenz.example"
    assert server.taken[0].rcpt_tos == ["maria@example.org"]
    assert server.names == ["assistenz.example"]
    assert b"Message-ID: <01a2019e-1576-7555-a5f0-8dc11006b90e@assistenz.example>\r\n" in raw


def test_the_headers_tell_machines_not_to_answer() -> None:
    mail = compose(letter(language=Language.LEICHT), SENDER)
    assert mail["From"] == SENDER
    assert mail["Date"] == "Mon, 02 Mar 2026 08:00:00 +0000"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Id"] == "<notifications.assistenz.example>"
    assert mail["Content-Language"] == "de-x-leicht"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"


def test_the_same_letter_gives_the_same_mail() -> None:
    assert compose(letter(), SENDER).as_bytes() == compose(letter(), SENDER).as_bytes()


@pytest.mark.parametrize("kind", list(MailKind))
@pytest.mark.parametrize("language", list(Language))
def test_every_kind_exists_in_every_language_with_its_link_in_one_piece(
    kind: MailKind, language: Language
) -> None:
    mail = compose(letter(kind=kind, language=language), SENDER)
    assert mail["Subject"]
    assert LINK in mail.get_content().split()
    assert "{" not in mail.get_content() + mail["Subject"]


def test_the_catalogue_has_no_mail_that_nobody_can_announce() -> None:
    sections = {key.split(".")[1] for key in labels(Language.DE) if key.startswith("mails.")}
    assert sections == {kind.value for kind in MailKind}


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("Jürgen", "Jürgen"),
        ("Anna-Lena  d'Arc", "Anna-Lena d'Arc"),
        ("Оксана", "Оксана"),
        ("Gewinn: https://evil.example/x?1", "Gewinn https evil example x"),
        ("Zeile\r\nZeile", "Zeile Zeile"),
        ("x" * 100, "x" * 40),
    ],
)
def test_a_name_in_a_mail_carries_no_message_of_its_own(name: str, spoken: str) -> None:
    assert spoken_name(name) == spoken


@pytest.mark.parametrize("kind", list(MailKind))
@pytest.mark.parametrize("language", list(Language))
def test_a_subject_says_nothing_about_a_person(kind: MailKind, language: Language) -> None:
    subject = compose(letter(kind=kind, language=language), SENDER)["Subject"].casefold()
    for telling in ("maria", "suchend", "behinder", "pflege", "seeker", "disab", "care"):
        assert telling not in subject


@pytest.mark.parametrize(
    "email",
    [
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org, b@example.org",
        "A <a@example.org>",
        "nobody",
        "",
        "a)b@example.org",
        "a@[x",
        "ä@example.org",
        "a@example..org",
    ],
)
def test_an_address_cannot_smuggle_in_headers_or_receivers(email: str) -> None:
    with pytest.raises(MailRefused) as refused:
        compose(letter(email=email), SENDER)
    assert "example" not in str(refused.value)


def test_a_host_with_an_umlaut_is_written_as_mail_servers_read_it() -> None:
    mail = compose(letter(email="maria@müller.example"), SENDER)
    assert mail["To"] == "maria@xn--mller-kva.example"


def test_a_name_cannot_smuggle_in_headers() -> None:
    mail = compose(letter(first_name="Maria\r\nBcc: b@example.org\r\n\r\n"), SENDER)
    assert mail["Bcc"] is None
    assert mail.keys() == compose(letter(), SENDER).keys()


@pytest.mark.parametrize(
    ("server", "outcome"),
    [
        (Server(rcpt="550 no such user maria@example.org"), MailRefused),
        (Server(data="554 maria@example.org sends spam"), MailRefused),
        (Server(rcpt="450 try later maria@example.org"), MailDelayed),
        (Server(mail="550 portal may not send to maria@example.org"), MailDelayed),
        (Server(data="451 try later maria@example.org"), MailDelayed),
    ],
)
async def test_only_a_final_refusal_gives_a_mail_up(
    server: Server, outcome: type[Exception]
) -> None:
    async with listening(server) as url:
        with pytest.raises(outcome) as refused:
            await send(url, compose(letter(), SENDER))
    assert "maria" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


async def test_a_silent_server_delays_a_mail_and_holds_nobody_up() -> None:
    async with listening(Server(delay=1)) as url:
        with pytest.raises(MailDelayed, match="TimeoutError"):
            await send(url, compose(letter(), SENDER), seconds=0.2)


async def test_a_server_that_is_down_delays_a_mail() -> None:
    with pytest.raises(MailDelayed, match="SMTPConnectError"):
        await send("smtp://127.0.0.1:1", compose(letter(), SENDER))


async def test_nothing_is_said_without_encryption_where_it_is_demanded() -> None:
    server = Server()
    async with listening(server) as url:
        with pytest.raises(MailDelayed):
            await send(url.replace("smtp:", "smtp+starttls:"), compose(letter(), SENDER))
    assert not server.taken


@pytest.mark.parametrize(
    ("url", "port", "tls", "start_tls"),
    [
        ("smtp://127.0.0.1:1025", 1025, False, None),
        ("smtp://mail.example.org", 25, False, None),
        ("smtp://portal:p%40ss@mail.example.org:587", 587, False, True),
        ("smtp://portal:p%40ss@127.0.0.1:1025", 1025, False, None),
        ("smtp+starttls://mail.example.org", 587, False, True),
        ("smtps://portal:p%40ss@mail.example.org", 465, True, False),
    ],
)
def test_the_address_says_how_a_server_is_spoken_to(
    url: str, port: int, tls: bool, start_tls: bool | None
) -> None:
    server = MailServer.from_url(url)
    assert (server.port, server.tls, server.start_tls) == (port, tls, start_tls)
    assert (server.password == "p@ss") == ("portal" in url)
    assert "p@ss" not in repr(server)


@pytest.mark.parametrize("url", ["http://mail.example.org", "smtp://", "mail.example.org"])
def test_an_unusable_address_is_refused_in_one_sentence(url: str) -> None:
    with pytest.raises(ValueError, match="must"):
        MailServer.from_url(url)


def test_a_letter_does_not_show_whom_it_is_for() -> None:
    assert "maria" not in repr(letter()).casefold()
    assert LINK not in repr(letter())


async def test_the_null_twin_records_what_it_would_send() -> None:
    mailer = RecordingMailer()
    mail = compose(letter(), SENDER)
    await mailer.send(mail)
    assert mailer.sent == [mail]
