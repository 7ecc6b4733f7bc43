"""Runs a relay or a worker as a process of its own: `relay|worker DATABASE REDIS LEASE`."""

import asyncio
import logging
import sys

from workers.run import run_relay, run_worker


def main() -> None:
    role, database_url, redis_url, lease = sys.argv[1:]
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    if role == "relay":
        asyncio.run(run_relay(database_url, redis_url, lease=float(lease)))
    else:
        modules = ["tests.workers.handlers"]
        asyncio.run(run_worker(database_url, redis_url, pool_size=6, modules=modules))


if __name__ == "__main__":
    main()
