"""A process of the portal that was started by `run` ends with it, whatever ends it."""

import os
import signal
import sys
import threading
import time

SUPERVISED = "PORTAL_SUPERVISED"
_PATIENCE = 10


def hold_on_to_parent() -> None:
    """Watch standard input, the other end of which only the parent holds, until it closes."""
    threading.Thread(target=_watch, name="leash", daemon=True).start()


def _watch() -> None:
    descriptor = sys.stdin.fileno()
    while os.read(descriptor, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_PATIENCE)
    os._exit(1)
