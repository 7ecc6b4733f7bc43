"""Logging of the processes: one line per event on standard error, for whoever collects it."""

import copy
import logging
import warnings

_FORMAT = "%(levelname)s %(name)s: %(message)s"
# Libraries that log statements, addresses or arguments, which may be personal.
_QUIET = ("arq", "asyncio", "mail.log", "tortoise", "aiosmtplib", "httpx")
# graphql-core cancels what stands beside an error, and forgets what that had not begun to await.
_FORGOTTEN = r"coroutine '(Executor|Reader)\."


class _OneLine(logging.Formatter):
    """An exception by its class alone: its text may repeat what somebody entered."""

    def format(self, record: logging.LogRecord) -> str:
        """The record in one line."""
        error = record.exc_info[1] if record.exc_info else None
        bare = copy.copy(record)
        bare.exc_info = bare.exc_text = bare.stack_info = None
        line = " ".join(super().format(bare).splitlines())
        return line if error is None else f"{line} ({type(error).__name__})"


def configure(level: str) -> None:
    """Log from `level` on; libraries that may repeat personal data only from WARNING on.

    Tracebacks are written at DEBUG alone, which is for trying things out.
    """
    handler = logging.StreamHandler()
    handler.setFormatter((logging.Formatter if level == "DEBUG" else _OneLine)(_FORMAT))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    warnings.filterwarnings("ignore", _FORGOTTEN, RuntimeWarning)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
