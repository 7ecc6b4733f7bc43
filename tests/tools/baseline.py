"""Writes `models/baseline.sql`: what all migrations together say to an empty database.

.venv/bin/python -m tests.tools.baseline
"""

import argparse
import asyncio
import logging
import sys

from models import baseline
from models.database import connect, disconnect, execute, transaction
from models.migrate import RECORDER, apply_migrations
from portal.embedded import throwaway


class _Scripts(logging.Handler):
    """The scripts that are run: migrations send nothing else without values.

    Their own table is made before them.
    """

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.args and "tortoise_migrations" not in str(record.msg):
            self.texts.append(str(record.msg))


async def said_by_migrations(owner_url: str) -> list[str]:
    """The statements of all migrations, run over the empty database of `owner_url`."""
    scripts, log = _Scripts(), logging.getLogger("tortoise.db_client")
    await connect(owner_url, pool_size=1, application_name="baseline")
    try:
        async with transaction():
            await execute(RECORDER)
            log.addHandler(scripts)
            log.setLevel(logging.DEBUG)
            await apply_migrations()
    finally:
        log.setLevel(logging.NOTSET)
        log.removeHandler(scripts)
        await disconnect()
    return scripts.texts


def main() -> None:
    """Write the file and say so."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    sys.stdout.write("Running all migrations over an empty database.\n")
    with throwaway() as embedded:
        statements = asyncio.run(said_by_migrations(embedded.database_owner_url))
    baseline.FILE.write_text(baseline.text(statements), encoding="utf-8")
    sys.stdout.write(f"Wrote {len(statements)} statements to {baseline.FILE.name}.\n")


if __name__ == "__main__":
    main()
