"""`import-municipalities`: bring a district's municipalities from a CSV file into the database."""

import argparse
import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from portal.database import connected, reachable
from portal.municipalities import COLUMNS, Place, keep, read
from portal.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file and the district."""
    parser.add_argument("file", type=Path, help=f"UTF-8, with the columns {','.join(COLUMNS)}")
    parser.add_argument(
        "--district", metavar="KEY", help="the official district key (default: DISTRICT_KEY)"
    )


def execute(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Check the whole file, then insert and update."""
    settings = Settings.from_environ(environ)
    places = read(options.file, options.district or settings.district_key)
    with reachable(settings.database_url):
        changed = asyncio.run(_keep(settings, places))
    unknown = [place.name for place in places if not place.population]
    print(f"{places[0].district}: {len(places)} municipalities, {changed} new or changed.")
    if unknown:
        print(f"Population not given, so taken as unknown: {', '.join(unknown)}.")
    return 0


async def _keep(settings: Settings, places: Sequence[Place]) -> int:
    async with connected(settings, "portal import-municipalities"):
        return await keep(places)
