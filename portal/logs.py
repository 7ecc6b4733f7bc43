"""Logging of the processes: one line per event on standard error, for whoever collects it."""

import logging

_FORMAT = "%(levelname)s %(name)s: %(message)s"
# Libraries that log statements, addresses or arguments, which may be personal.
_QUIET = ("arq", "asyncio", "mail.log", "tortoise", "aiosmtplib", "httpx")


def configure(level: str) -> None:
    """Log from `level` on; libraries that may repeat personal data only from WARNING on."""
    logging.basicConfig(level=level, format=_FORMAT, force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
