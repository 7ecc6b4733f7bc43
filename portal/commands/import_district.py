"""`import-district`: take over from a TOML file what a district decides for itself."""

import argparse
import asyncio
import json
from collections.abc import Mapping
from pathlib import Path

from portal.database import connected, reachable
from portal.district import Decisions, keep, read
from portal.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file."""
    parser.add_argument("file", type=Path, help="TOML in UTF-8, as portal/demo/district.toml")
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")


def execute(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Check the whole file, then write it onto the district's row."""
    settings = Settings.from_environ(environ)
    decisions = read(options.file)
    with reachable(settings.database_url):
        changed = asyncio.run(_keep(settings, decisions))
    if options.json:
        print(json.dumps({"district": decisions.key, "changed": changed}))
    else:
        done = "taken over" if changed else "nothing has changed"
        print(f"District {decisions.key}: {done}.")
    return 0


async def _keep(settings: Settings, decisions: Decisions) -> bool:
    async with connected(settings, "portal import-district"):
        return await keep(decisions)
