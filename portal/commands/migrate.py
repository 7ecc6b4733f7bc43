"""`migrate`: bring the database to the schema of this version."""

import argparse
import asyncio
import json
from collections.abc import Mapping

from models.database import parse_url
from models.migrate import migrate
from portal.commands import seed_demo
from portal.database import reachable
from portal.failure import CommandError
from portal.logs import configure
from portal.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `--demo` and `--json`."""
    parser.add_argument("--demo", action="store_true", help="then do what seed-demo does")
    parser.add_argument("--json", action="store_true", help="answer as one line of JSON")


def execute(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Migrate as the owner and give the run-time role its rights."""
    settings = Settings.from_environ(environ)
    configure(settings.log_level)
    with reachable(settings.database_owner_url):
        role = parse_url(settings.database_url).user
        changed = asyncio.run(migrate(settings.database_owner_url, role))
    if options.json:
        print(json.dumps({"changed": changed}))
    else:
        print("The database was migrated." if changed else "The database is up to date.")
    return _seed(options, environ) if options.demo else 0


def _seed(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Load the demo in the same process, which spares a start of Python."""
    try:
        return seed_demo.execute(options, environ)
    except CommandError as error:
        raise CommandError(f"{error}; DEMO=0 does without it") from None
