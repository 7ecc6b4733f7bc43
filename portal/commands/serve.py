"""`serve`: the API process."""

import argparse
from collections.abc import Mapping

from portal.asgi import create
from portal.http.server import face_server
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
        app = create(settings)
        server = face_server(
            app, host=settings.host, port=settings.port, log_level=settings.log_level
        )
        server.run(sockets=[listener])
    return 0 if server.started else 1
