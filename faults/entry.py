"""What a process of the suite does after it was forked: become the API, the relay or a worker."""

import os
import sys
from collections.abc import Mapping
from multiprocessing.connection import Connection

from portal import cli
from workers.run import HANDLER_MODULES

PRELOADED = (
    "faults.entry",
    "faults.jobs",
    "portal.asgi",
    "portal.commands.serve",
    "portal.commands.relay",
    "portal.commands.worker",
    *HANDLER_MODULES,
)
_OUTPUTS = (1, 2)


def become(
    role: str,
    environ: Mapping[str, str],
    log: str,
    leash: "Connection[None, None]",
) -> None:
    """Run a command of the portal; it ends when the other end of the leash does."""
    target = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for output in _OUTPUTS:
        os.dup2(target, output)
    sys.stdin = os.fdopen(leash.fileno(), closefd=False)
    os.environ.clear()
    os.environ.update(environ)
    sys.exit(cli.main([role]))
