"""The API process for the measurement of subscriptions: its own face, with wider limits only.

A thousand sockets of one machine are an attack to the portal, and the whole load to a measurement.
"""

import argparse
import os

from notifications.refusal import explain
from portal.asgi import Process
from portal.graphql import schema
from portal.http.app import create_app
from portal.http.server import face_server, settle_collector
from portal.http.values import FaceValues
from portal.settings import Settings

_MANY = 20_000


def main() -> None:
    """Serve until the process is told to end."""
    options = argparse.ArgumentParser()
    options.add_argument("--port", type=int, required=True)
    port: int = options.parse_args().port
    process = Process(Settings.from_environ(os.environ))
    values = FaceValues(
        public_url=f"http://127.0.0.1:{port}",
        connections=_MANY,
        connections_per_viewer=_MANY,
        connections_per_address=_MANY,
    )
    app = create_app(schema, process, values, render=explain, lifespan=process.lifespan)
    settle_collector()
    face_server(app, host="127.0.0.1", port=port, log_level="warning").run()


if __name__ == "__main__":
    main()
