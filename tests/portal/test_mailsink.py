import asyncio
import os
import signal
import socket
import sys
from email.message import EmailMessage
from itertools import chain

import aiosmtplib
import httpx
import pytest

from portal.mailsink import KEPT, Mail, Sink, create_app, page, smtp_side
from portal.probe import port_of, take
from portal.supervise import Supervisor, portal_command

PUBLIC = "http://127.0.0.1:8000"


def letter(
    to: str = "maria@example.org", subject: str = "Grüße", body: str = "Hallo"
) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "portal@assistenz.example"
    mail["To"] = to
    mail["Subject"] = subject
    mail["Message-ID"] = "<1@assistenz.example>"
    mail["Content-Language"] = "de-x-leicht"
    mail.set_content(body)
    return mail


def kept(body: str = "Hallo", subject: str = "Hallo", language: str = "de") -> Mail:
    return Mail(["a@example.org"], "p@example.org", subject, "", "", language, {}, body)


async def get(sink: Sink, path: str, host: str = "127.0.0.1") -> httpx.Response:
    transport = httpx.ASGITransport(app=create_app(sink, PUBLIC))
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
        return await client.get(path)


async def test_a_mail_sent_by_smtp_is_listed_with_text_and_headers() -> None:
    sink = Sink()
    async with smtp_side(sink, 0) as port:
        await aiosmtplib.send(letter(body="Grüße aus Einbeck"), hostname="127.0.0.1", port=port)
        await aiosmtplib.send(letter(to="otto@example.org"), hostname="127.0.0.1", port=port)
    answer = (await get(sink, "/mails.json?to=MARIA@example.org")).json()
    assert [mail["to"] for mail in answer] == [["maria@example.org"]]
    assert answer[0]["subject"] == "Grüße"
    assert answer[0]["body"].strip() == "Grüße aus Einbeck"
    assert answer[0]["message_id"] == "<1@assistenz.example>"
    assert len((await get(sink, "/mails.json")).json()) == 2


async def test_the_page_shows_the_newest_mail_first_in_its_own_language() -> None:
    sink = Sink()
    sink.mails.extend([kept(subject="older"), kept(subject="newer", language="en")])
    text = (await get(sink, "/mail")).text
    assert text.index("newer") < text.index("older")
    assert '<h2 id="mail-1" lang="en">newer</h2>' in text


def test_only_addresses_of_the_portal_become_links() -> None:
    body = f"open {PUBLIC}/#confirm-email=abc\nnot {PUBLIC}.evil.example/ nor https://evil.example"
    text = page([kept(body)], PUBLIC)
    assert f'<a href="{PUBLIC}/#confirm-email=abc">' in text
    assert text.count("<a ") == 2
    assert 'href="https://evil' not in text


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x>', "&lt;"])
def test_everything_from_a_mail_is_escaped(hostile: str) -> None:
    mail = Mail([hostile], hostile, hostile, hostile, hostile, hostile, {}, f"{PUBLIC}/{hostile}")
    text = page([mail], PUBLIC)
    assert hostile not in text
    assert "<script" not in text
    assert "<img" not in text


async def test_only_the_last_mails_are_kept() -> None:
    sink = Sink()
    sink.mails.extend(kept(subject=str(number)) for number in range(KEPT + 3))
    assert len(sink.mails) == KEPT
    assert sink.mails[0].subject == "3"


async def test_the_page_cannot_be_read_under_a_foreign_name() -> None:
    assert (await get(Sink(), "/mails.json", host="evil.example")).status_code == 400


async def test_the_page_runs_no_scripts() -> None:
    policy = (await get(Sink(), "/mail")).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


async def test_a_mail_that_is_too_large_is_refused() -> None:
    sink = Sink()
    async with smtp_side(sink, 0) as port:
        with pytest.raises(aiosmtplib.SMTPResponseException):
            await aiosmtplib.send(letter(body="x\n" * 200_000), hostname="127.0.0.1", port=port)
    assert not sink.mails


async def test_a_mail_that_is_no_mail_is_kept_all_the_same() -> None:
    sink = Sink()
    async with smtp_side(sink, 0) as port:
        await aiosmtplib.send(
            b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xff\xfe",
            sender="a@example.org",
            recipients=["b@example.org"],
            hostname="127.0.0.1",
            port=port,
        )
    assert sink.mails[0].to == ["b@example.org"]
    assert (await get(sink, "/mail")).status_code == 200


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _answers(url: str) -> bool:
    async with httpx.AsyncClient() as client:
        for _ in range(150):
            try:
                return (await client.get(url)).status_code == 200
            except httpx.ConnectError:
                await asyncio.sleep(0.1)
    return False


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
async def test_the_process_serves_both_sides_and_ends_on_a_signal(ending: signal.Signals) -> None:
    smtp, http = _free_port(), _free_port()
    ports = ["--smtp-port", str(smtp), "--http-port", str(http)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "portal", "mail-sink", *ports, stderr=asyncio.subprocess.PIPE
    )
    try:
        assert await _answers(f"http://127.0.0.1:{http}/mail")
        await aiosmtplib.send(letter(), hostname="127.0.0.1", port=smtp)
        async with httpx.AsyncClient() as client:
            assert len((await client.get(f"http://127.0.0.1:{http}/mails.json")).json()) == 1
        process.send_signal(ending)
        async with asyncio.timeout(10):
            _, errors = await process.communicate()
        assert (process.returncode, errors) == (0, b"")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.parametrize("option", ["--smtp-port", "--http-port"])
async def test_a_port_that_is_taken_is_told_in_a_sentence(option: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ports = {"--smtp-port": "0", "--http-port": "0"} | {option: str(port)}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "portal", "mail-sink", *chain.from_iterable(ports.items())),
            stderr=asyncio.subprocess.PIPE,
        )
        _, errors = await process.communicate()
    assert process.returncode == 1
    assert errors.startswith(f"Port {port} of this machine cannot be used".encode())
    assert option.encode() in errors


async def test_a_sink_that_inherits_its_listeners_takes_mails_there_after_every_start() -> None:
    said: list[str] = []
    supervisor = Supervisor(dict(os.environ), said.append)
    with take(0) as smtp, take(0) as web:
        url = f"http://127.0.0.1:{port_of(web)}/mails.json"
        listeners = [str(each.fileno()) for each in (smtp, web)]
        command = portal_command("mail-sink", "--listeners", *listeners)
        supervisor.keep("sink", *command, listeners=(smtp, web))
        try:
            for _ in range(2):
                await aiosmtplib.send(letter(), hostname="127.0.0.1", port=port_of(smtp))
                async with httpx.AsyncClient(timeout=20) as client:
                    assert len((await client.get(url)).json()) == 1
                sink = supervisor.children[0].process
                assert sink is not None
                sink.kill()
                await sink.wait()
        finally:
            supervisor.kill()
            await supervisor.stop()
