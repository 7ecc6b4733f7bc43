"""A mail server for trying the portal out: takes every mail, delivers none, shows them on a page.

It listens on the loopback address only and keeps the last 500 mails in memory.
"""

import asyncio
import html
import re
import signal
import socket
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import uvicorn
from aiosmtpd.smtp import SMTP, Envelope
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from portal.failure import CommandError

LOOPBACK = "127.0.0.1"
KEPT = 500
LARGEST_MAIL = 256 * 1024

# A port of the loopback address, or what listens there already.
Place = int | socket.socket

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_STYLE = """
body { font: 1.1rem/1.5 sans-serif; max-width: 50rem; margin: 0 auto; padding: 1rem; color: #1b1b1b; background: #fff }
article { border: 2px solid #595959; border-radius: .5rem; padding: 0 1rem 1rem; margin: 1.5rem 0 }
pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere }
dt { font-weight: bold; float: left; clear: left; width: 6rem } dd { margin: 0 0 0 6rem; overflow-wrap: anywhere }
a { color: #0b4fa0 } a:focus-visible { outline: 3px solid #0b4fa0; outline-offset: 2px }
"""  # noqa: E501  a style sheet


@dataclass(frozen=True, slots=True)
class Mail:
    """What is kept and shown of a mail."""

    to: list[str]
    sender: str
    subject: str
    date: str
    message_id: str
    language: str
    headers: dict[str, str]
    body: str


class Sink:
    """The mails, newest last, and the SMTP side's door to them."""

    def __init__(self) -> None:
        self.mails: deque[Mail] = deque(maxlen=KEPT)

    async def handle_DATA(self, _server: SMTP, _session: object, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd looks for this name
        """Take a mail, whatever it holds."""
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        self.mails.append(_read(raw, list(envelope.rcpt_tos)))
        return "250 kept"


def _read(raw: bytes, receivers: list[str]) -> Mail:
    parsed = message_from_bytes(raw, policy=default)
    headers = {name: str(value) for name, value in parsed.items()}
    return Mail(
        to=receivers,
        sender=headers.get("From", ""),
        subject=headers.get("Subject", ""),
        date=headers.get("Date", ""),
        message_id=headers.get("Message-ID", ""),
        language=headers.get("Content-Language", ""),
        headers=headers,
        body=_body(parsed),
    )


def _body(parsed: EmailMessage) -> str:
    part = parsed.get_body(("plain", "html"))
    try:
        return "" if part is None else str(part.get_content())
    except (LookupError, UnicodeError):
        return "(The text cannot be decoded.)"


def page(mails: Iterable[Mail], public_url: str) -> str:
    """The page: every text escaped, and only the portal's own addresses made into links."""
    articles = "".join(_article(number, mail, public_url) for number, mail in enumerate(mails, 1))
    shown = articles or "<p>No mails yet.</p>"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mails</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><main><h1>Mails</h1>"
        "<p>Nothing leaves this machine. The newest mail is first. "
        f'<a href="/mail">Look again</a></p>{shown}</main></body></html>'
    )


def _article(number: int, mail: Mail, public_url: str) -> str:
    language = html.escape(mail.language, quote=True)
    spoken = f' lang="{language}"' if language else ""
    facts = {"To": ", ".join(mail.to), "From": mail.sender, "Date": mail.date}
    terms = "".join(f"<dt>{k}</dt><dd>{html.escape(v)}</dd>" for k, v in facts.items())
    return (
        f'<article aria-labelledby="mail-{number}">'
        f'<h2 id="mail-{number}"{spoken}>{html.escape(mail.subject)}</h2><dl>{terms}</dl>'
        f"<pre{spoken}>{_with_links(mail.body, public_url)}</pre></article>"
    )


def _with_links(text: str, public_url: str) -> str:
    return "".join(_word(word, public_url) for word in re.split(r"(\s)", text))


def _word(word: str, public_url: str) -> str:
    shown = html.escape(word)
    ours = word == public_url or word.startswith(f"{public_url}/")
    return f'<a href="{shown}">{shown}</a>' if ours else shown


def create_app(sink: Sink, public_url: str) -> Starlette:
    """The HTTP side: `/mail` for people, `/mails.json?to=address` for scripts."""

    async def show(_request: Request) -> Response:
        return HTMLResponse(page(reversed(sink.mails), public_url), headers=_HEADERS)

    async def list_all(request: Request) -> Response:
        wanted = request.query_params.get("to", "").casefold()
        chosen = [
            asdict(mail)
            for mail in sink.mails
            if not wanted or wanted in {receiver.casefold() for receiver in mail.to}
        ]
        return JSONResponse(chosen, headers=_HEADERS)

    async def home(_request: Request) -> Response:
        return RedirectResponse("/mail")

    # A foreign site must not read the mails by pointing its own name at this machine.
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"])

    async def no_icon(_request: Request) -> Response:
        return Response(status_code=204)

    routes = [
        Route("/", home),
        Route("/favicon.ico", no_icon),
        Route("/mail", show),
        Route("/mails.json", list_all),
    ]
    return Starlette(routes=routes, middleware=[hosts])


@asynccontextmanager
async def smtp_side(sink: Sink, place: Place) -> AsyncIterator[int]:
    """Take mails at a place (0: a free port) while the context lasts; gives the port.

    Raises:
        CommandError: the port cannot be used.
    """
    loop = asyncio.get_running_loop()

    def conversation() -> SMTP:
        return SMTP(
            sink,
            hostname="localhost",
            ident="portal mail sink",
            data_size_limit=LARGEST_MAIL,
            enable_SMTPUTF8=True,
            loop=loop,
        )

    listener = _listening(place, "--smtp-port")
    server = await loop.create_server(conversation, sock=listener)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()


def _listening(place: Place, option: str) -> socket.socket:
    if isinstance(place, socket.socket):
        return place
    try:
        return socket.create_server((LOOPBACK, place))
    except OSError as error:
        raise CommandError(
            f"Port {place} of this machine cannot be used ({error.strerror}): "
            f"stop what uses it, or choose another one with {option}"
        ) from None


class _Pages(uvicorn.Server):
    """A server whose process ends in order after a signal, instead of dying of it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for ending in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(ending, self.handle_exit, ending, None)
        yield


async def serve(smtp: Place, http: Place, public_url: str) -> None:
    """Run both sides until SIGTERM or SIGINT."""
    sink = Sink()
    config = uvicorn.Config(
        create_app(sink, public_url.rstrip("/")),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    async with smtp_side(sink, smtp):
        await _Pages(config).serve([_listening(http, "--http-port")])
