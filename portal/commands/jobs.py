"""`jobs`: dead letters, listed and put back into the queue."""

import argparse
import asyncio
import json
from collections.abc import Mapping
from uuid import UUID

from models.outbox_upkeep import dead_letters, requeue
from portal.database import connected, reachable
from portal.failure import CommandError
from portal.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `dead` and `requeue`."""
    actions = parser.add_subparsers(metavar="action", dest="action", required=True)
    dead = actions.add_parser("dead", help="list the jobs that were given up")
    dead.add_argument("--limit", type=int, default=1000, help="at most so many (default: 1000)")
    again = actions.add_parser("requeue", help="let jobs that were given up be tried again")
    chosen = again.add_mutually_exclusive_group(required=True)
    chosen.add_argument("ids", nargs="*", default=[], metavar="id", help="the jobs' ids")
    chosen.add_argument("--all", action="store_true", help="all that were given up")
    for action in (dead, again):
        action.add_argument("--json", action="store_true", help="answer as JSON")


def execute(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """List or requeue."""
    settings = Settings.from_environ(environ)
    with reachable(settings.database_url):
        if options.action == "dead":
            return asyncio.run(_dead(settings, options.limit, as_json=options.json))
        ids = None if options.all else [_uuid(text) for text in options.ids]
        return asyncio.run(_requeue(settings, ids, as_json=options.json))


async def _dead(settings: Settings, limit: int, *, as_json: bool) -> int:
    async with connected(settings, "portal jobs"):
        rows = await dead_letters(limit=limit)
    if as_json:
        print(json.dumps(rows, default=str))
        return 0
    if not rows:
        print("No job was given up.")
    for row in rows:
        print(
            f"{row['id']}  {row['kind']:<24}  {row['attempts']} tries  "
            f"since {row['dead_since']:%Y-%m-%d %H:%M} UTC  {row['last_error'] or ''}"
        )
    return 0


async def _requeue(settings: Settings, ids: list[UUID] | None, *, as_json: bool) -> int:
    async with connected(settings, "portal jobs"):
        revived = await requeue(ids)
    if as_json:
        print(json.dumps([str(one) for one in revived]))
    else:
        print(f"{len(revived)} {'job' if len(revived) == 1 else 'jobs'} will be tried again.")
    if ids and (missing := set(ids) - set(revived)):
        names = ", ".join(sorted(str(one) for one in missing))
        raise CommandError(f"These are not among the jobs that were given up: {names}")
    return 0


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        message = f"{text!r} is not the id of a job: `jobs dead` lists them"
        raise CommandError(message) from None
