"""`missing-figures`: which figures of the law are missing for a year, or not looked up for it."""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from domain.financing.book import LAW
from domain.financing.gaps import Gap, gaps, unverified
from domain.financing.parameter import Parameter
from portal.failure import CommandError

_FIRST_YEAR, _LAST_YEAR = 2017, 2199


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the year and `--json`."""
    parser.add_argument("year", type=int, help="a calendar year, for example 2027")
    parser.add_argument("--json", action="store_true", help="every series, as one line of JSON")


def execute(options: argparse.Namespace, _environ: Mapping[str, str]) -> int:
    """Print what is to be looked up, and where the law has it."""
    year = options.year
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise CommandError(f"{year} is no year between {_FIRST_YEAR} and {_LAST_YEAR}")
    missing, old = list(gaps(LAW, year)), list(unverified(LAW, year))
    if options.json:
        print(json.dumps(_as_data(year, missing, old), default=str))
    else:
        print("\n".join(_lines(year, missing, old)))
    return 0


def _as_data(year: int, missing: Iterable[Gap], old: Iterable[Parameter]) -> dict[str, Any]:
    return {
        "year": year,
        "version": LAW.version,
        "missing": [
            {
                "code": gap.name,
                "topic": gap.known.topic,
                "paragraph": gap.known.paragraph,
                "from": gap.first,
                "to": gap.last,
            }
            for gap in missing
        ],
        "notVerified": [
            {
                "code": each.name,
                "topic": each.topic,
                "paragraph": each.paragraph,
                "verifiedOn": each.verified_on,
            }
            for each in old
        ],
    }


def _lines(year: int, missing: list[Gap], old: list[Parameter]) -> Iterator[str]:
    yield f"Figures of the law in {year}, version {LAW.version}"
    yield f"Without a figure on some days: {len(missing) or 'none'}"
    for gap in missing:
        yield f"  {gap.name}: {gap.first} to {gap.last} ({gap.known.paragraph})"
    yield f"Not looked up for the whole year: {len(old) or 'none'}"
    for each in old:
        yield f"  {each.name}: last on {each.verified_on} ({each.paragraph})"
