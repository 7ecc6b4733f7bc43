"""`import-advice-centres`: put a file's advice centres in the place of those that are there."""

import argparse
import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from portal.advice_centres import COLUMNS, Centre, foreign, keep, read
from portal.database import connected, reachable
from portal.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file and the district."""
    parser.add_argument(
        "file",
        type=Path,
        help=f"UTF-8, with the columns {','.join(COLUMNS)}; postcodes outside the district are"
        " imported with a warning, as a neighbour's centre may be there for both",
    )
    parser.add_argument(
        "--district", metavar="KEY", help="the official district key (default: DISTRICT_KEY)"
    )
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")


def execute(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Check the whole file, then replace what was there, all or nothing."""
    settings = Settings.from_environ(environ)
    centres = read(options.file)
    district = options.district or settings.district_key
    with reachable(settings.database_url):
        gone, outside = asyncio.run(_keep(settings, district, centres))
    if outside:
        print(f"Outside the district {district}: {', '.join(outside)}.", file=sys.stderr)
    if options.json:
        done = {"district": district, "centres": len(centres), "replaced": gone}
        print(json.dumps({**done, "outside": outside}))
    else:
        print(f"District {district}: {len(centres)} advice centres in the place of {gone}.")
    return 0


async def _keep(
    settings: Settings, district: str, centres: Sequence[Centre]
) -> tuple[int, list[str]]:
    async with connected(settings, "portal import-advice-centres"):
        return await keep(district, centres), await foreign(district, centres)
