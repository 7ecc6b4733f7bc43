"""`match-all`: let every open order be compared with everybody again."""

import argparse
import asyncio
import json
from collections.abc import Mapping

from models.database import transaction
from portal.database import connected, reachable
from portal.settings import Settings
from services.suggestion import promise_all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `--json`."""
    parser.add_argument("--json", action="store_true", help="answer as one line of JSON")


def execute(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Promise the first slice; each slice promises the next."""
    settings = Settings.from_environ(environ)
    with reachable(settings.database_url):
        orders = asyncio.run(_promise(settings))
    sentence = f"{orders:,} open orders will be compared again, slice by slice, by the workers."
    print(json.dumps({"orders": orders}) if options.json else sentence)
    return 0


async def _promise(settings: Settings) -> int:
    async with connected(settings, "portal match-all"), transaction():
        return await promise_all()
