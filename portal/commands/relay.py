"""`relay`: hands due outbox rows to the workers and wakes the subscriptions."""

import argparse
import asyncio
from collections.abc import Mapping

from portal.logs import configure
from portal.settings import Settings
from workers.run import run_relay


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Take nothing: everything is a setting."""


def execute(_options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Relay until the process is told to end."""
    settings = Settings.from_environ(environ)
    configure(settings.log_level)
    asyncio.run(run_relay(settings.database_url, settings.redis_url))
    return 0
