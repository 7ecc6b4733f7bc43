"""`mail-sink`: a mail server for trying things out, whose page shows what came in."""

import argparse
import asyncio
import socket
from collections.abc import Mapping, Sequence

from portal.mailsink import Place, serve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where both sides listen and the portal's own address."""
    parser.add_argument("--smtp-port", type=int, default=1025, help="where mail is taken")
    parser.add_argument("--http-port", type=int, default=8025, help="where it is shown")
    parser.add_argument(
        "--listeners",
        type=int,
        nargs=2,
        metavar=("SMTP", "HTTP"),
        help="numbers of inherited sockets that listen already, in place of the ports",
    )
    parser.add_argument(
        "--public-url", default="http://127.0.0.1:8000", help="the portal the links lead to"
    )


def execute(options: argparse.Namespace, _environ: Mapping[str, str]) -> int:
    """Take mail until the process is told to end."""
    places: Sequence[Place] = (options.smtp_port, options.http_port)
    if options.listeners:
        places = [socket.socket(fileno=each) for each in options.listeners]
    smtp, http = places
    asyncio.run(serve(smtp, http, options.public_url))
    return 0
