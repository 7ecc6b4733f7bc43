"""`new-epoch`: after a restore from backup, make every live reader read anew."""

import argparse
import asyncio
import json
from collections.abc import Mapping
from uuid import UUID

from portal.database import connected, reachable
from portal.settings import Settings
from services.live_upkeep import renew_epoch


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `--json`."""
    parser.add_argument("--json", action="store_true", help="answer as one line of JSON")


def execute(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Begin a new epoch of events."""
    settings = Settings.from_environ(environ)
    with reachable(settings.database_url):
        epoch = asyncio.run(_renew(settings))
    if options.json:
        print(json.dumps({"epoch": str(epoch)}))
    else:
        print("A new epoch of events has begun: live readers are told to read anew.")
    return 0


async def _renew(settings: Settings) -> UUID:
    async with connected(settings, "portal new-epoch"):
        return await renew_epoch()
