"""`seed-demo`: load the demo district into an empty database."""

import argparse
import asyncio
from collections.abc import Mapping

from portal.database import connected, reachable
from portal.demo.load import DISTRICT, load
from portal.failure import SettingError
from portal.logs import configure
from portal.settings import Settings


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Take nothing: the demo is always the same."""


def execute(_options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Load the demo, unless it is there."""
    settings = Settings.from_environ(environ)
    configure(settings.log_level)
    if settings.district_key != DISTRICT:
        raise SettingError("DISTRICT_KEY", "names another district than the demo's", DISTRICT)
    with reachable(settings.database_url):
        loaded = asyncio.run(_load(settings))
    print("The demo district is loaded." if loaded else "The demo district is there.", flush=True)
    return 0


async def _load(settings: Settings) -> bool:
    async with connected(settings, "portal seed-demo"):
        return await load(lambda line: print(line, flush=True))
