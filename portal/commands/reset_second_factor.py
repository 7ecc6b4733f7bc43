"""`reset-second-factor`: for whom nobody else can help, such as the only administration."""

import argparse
import asyncio
from collections.abc import Mapping

from portal.database import connected, reachable
from portal.failure import CommandError
from portal.settings import Settings
from services.second_factor import reset_by_address


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare whose it is."""
    parser.add_argument("email", help="the address for signing in")


def execute(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Take the second factor off the account, and end its sessions."""
    settings = Settings.from_environ(environ)
    with reachable(settings.database_url):
        done = asyncio.run(_reset(settings, options.email))
    if not done:
        raise CommandError("There is no account with this address and a second factor")
    print("The second factor is gone. After signing in, the account sets up another one.")
    return 0


async def _reset(settings: Settings, email: str) -> bool:
    async with connected(settings, "portal reset-second-factor"):
        return await reset_by_address(email)
