"""`codes`: how the people of the demo can sign in right now."""

import argparse
import asyncio
import json
from collections.abc import Mapping, Sequence

from domain.keys import Keys
from portal.database import connected, reachable
from portal.demo.codes import personas_now
from portal.failure import CommandError
from portal.settings import Settings
from portal.welcome import table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `--json`."""
    parser.add_argument("--json", action="store_true", help="answer as one line of JSON")


def execute(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Print addresses, passwords and present codes; of a demo only."""
    settings = Settings.from_environ(environ)
    with reachable(settings.database_url):
        personas = asyncio.run(_personas(settings))
    if not any(each["code"] for each in personas):
        raise CommandError("There are no codes to show: this is not the database of a demo")
    print(json.dumps(personas, ensure_ascii=False) if options.json else "\n".join(table(personas)))
    return 0


async def _personas(settings: Settings) -> Sequence[Mapping[str, str]]:
    async with connected(settings, "portal codes"):
        return await personas_now(Keys(settings.secret_key.encode()))
