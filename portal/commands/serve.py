"""`serve`: the API process."""

import argparse
import logging
from collections.abc import Mapping

from portal.asgi import Process, application
from portal.failure import CommandError
from portal.http.server import face_server, settle_collector
from portal.logs import configure
from portal.probe import listen
from portal.settings import Settings


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Take nothing: everything is a setting."""


def execute(_options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Answer requests until the process is told to end."""
    settings = Settings.from_environ(environ)
    configure(settings.log_level)
    with listen(settings.host, settings.port) as listener:
        process = Process(settings)
        app = application(process, process.lifespan)
        server = face_server(
            app, host=settings.host, port=settings.port, log_level=settings.log_level
        )
        # The failure of a start is said once, in a sentence, and not by uvicorn in a traceback.
        logging.getLogger("uvicorn.error").addFilter(lambda _record: not process.failure)
        settle_collector()
        try:
            server.run(sockets=[listener])
        except SystemExit:
            if process.failure:
                raise CommandError(process.failure) from None
            raise
    return 0 if server.started else 1
