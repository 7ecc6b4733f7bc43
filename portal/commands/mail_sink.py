"""`mail-sink`: a mail server for trying things out, whose page shows what came in."""

import argparse
import asyncio
from collections.abc import Mapping

from portal.mailsink import serve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the two ports and the portal's own address."""
    parser.add_argument("--smtp-port", type=int, default=1025, help="where mail is taken")
    parser.add_argument("--http-port", type=int, default=8025, help="where it is shown")
    parser.add_argument(
        "--public-url", default="http://127.0.0.1:8000", help="the portal the links lead to"
    )


def execute(options: argparse.Namespace, _environ: Mapping[str, str]) -> int:
    """Take mail until the process is told to end."""
    asyncio.run(serve(options.smtp_port, options.http_port, options.public_url))
    return 0
