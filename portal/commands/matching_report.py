"""`matching-report`: how often who was found in a year, and how evenly."""

import argparse
import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from statistics import median

from domain.dates import BERLIN
from portal.database import connected, reachable
from portal.failure import CommandError
from portal.settings import Settings
from services.replay import Found, found_between

_FIRST_YEAR, _LAST_YEAR = 2020, 2199
_TENTH = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the year and `--json`."""
    parser.add_argument("year", type=int, help="a calendar year in Germany, for example 2026")
    parser.add_argument("--json", action="store_true", help="every acceptor, as one line of JSON")


def execute(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Print the report: numbers for people, ids (no names) for machines."""
    if not _FIRST_YEAR <= options.year <= _LAST_YEAR:
        raise CommandError(f"{options.year} is no year between {_FIRST_YEAR} and {_LAST_YEAR}")
    settings = Settings.from_environ(environ)
    with reachable(settings.database_url):
        shown = asyncio.run(_shown(settings, options.year))
    if options.json:
        print(json.dumps([asdict(each) for each in shown], default=str))
    else:
        print("\n".join([f"Matching in {options.year}", *_lines(shown)]))
    return 0


async def _shown(settings: Settings, year: int) -> list[Found]:
    async with connected(settings, "portal matching-report"):
        return await found_between(
            datetime(year, 1, 1, tzinfo=BERLIN), datetime(year + 1, 1, 1, tzinfo=BERLIN)
        )


def _lines(shown: Sequence[Found]) -> list[str]:
    if not shown:
        return ["Nobody was found."]
    found = []
    for kind, label in (("ASSISTANT", "assistants"), ("PROVIDER", "providers")):
        those = [each for each in shown if each.kind == kind]
        if those:
            found.append(_line(label, those))
    return found


def _line(label: str, shown: Sequence[Found]) -> str:
    times = sorted((each.found for each in shown), reverse=True)
    tenth = times[: max(1, len(times) // _TENTH)]
    total = sum(times)
    return (
        f"{len(shown):,} {label} were found {total:,} times: {times[-1]:,} to {times[0]:,} each, "
        f"{median(times):g} in the middle; the tenth who was found most got "
        f"{sum(tenth) / total:.0%}. {sum(each.accepted for each in shown):,} said yes, "
        f"{sum(each.contracted for each in shown):,} came to a contract."
    )
