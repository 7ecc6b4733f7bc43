"""`replay`: compare an order with everybody again, as in a run that was kept."""

import argparse
import asyncio
import json
from collections.abc import Mapping
from uuid import UUID

from domain.errors import DomainError
from domain.ids import decode
from portal.database import connected, reachable
from portal.failure import CommandError
from portal.settings import Settings
from services.replay import Replay, replay


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the order, `--run` and `--json`."""
    parser.add_argument("order", help="the order's id, as clients see it or as a UUID")
    parser.add_argument("--run", help="the UUID of a run (default: the last one of the order)")
    parser.add_argument("--json", action="store_true", help="answer as one line of JSON")


def execute(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Repeat the run; 1 if the same input gives another list."""
    settings = Settings.from_environ(environ)
    order = _id(options.order, settings.district_key)
    run = None if options.run is None else _id(options.run, settings.district_key)
    with reachable(settings.database_url):
        found = asyncio.run(_replay(settings, order, run))
    if found is None:
        raise CommandError("There is no such run: an order has one from its release on")
    print(json.dumps(_plain(found)) if options.json else _sentences(found))
    return 1 if found.same_rules and found.same_input and not found.same_list else 0


async def _replay(settings: Settings, order: UUID, run: UUID | None) -> Replay | None:
    async with connected(settings, "portal replay"):
        return await replay(order, run)


def _id(text: str, district: str) -> UUID:
    try:
        return decode(text, "order", district) if "_" in text else UUID(text)
    except (DomainError, ValueError):
        message = f"{text!r} is not an id of this district: order_{district}_… or a UUID"
        raise CommandError(message) from None


def _plain(found: Replay) -> dict[str, object]:
    return {
        "run": str(found.run.id),
        "at": found.run.at.isoformat(),
        "algorithm": found.run.algorithm,
        "digest": found.run.digest,
        "compared": found.run.compared,
        "sameRules": found.same_rules,
        "sameInput": found.same_input,
        "sameList": found.same_list,
        "then": found.run.found,
        "now": list(found.found),
    }


def _sentences(found: Replay) -> str:
    run = found.run
    what = (
        f"Run {run.id} of {run.at:%Y-%m-%d %H:%M} UTC: {run.compared:,} offers compared by "
        f"version {run.algorithm} of the rules, {len(run.found):,} fitted."
    )
    lines = [what, _verdict(found)]
    if found.same_list:
        return "\n".join([*lines, *run.found])
    gone = [each for each in run.found if each not in found.found]
    new = [each for each in found.found if each not in run.found]
    return "\n".join([*lines, *(f"- {each}" for each in gone), *(f"+ {each}" for each in new)])


def _verdict(found: Replay) -> str:
    if not found.same_rules:
        return "The rules have another version by now, so the list may be another."
    if not found.same_input:
        return "The order or an offer has changed since, so the list may be another."
    same = "the same list, best first" if found.same_list else "ANOTHER LIST: report this fault"
    return f"The same input gives {same}:"
