"""Writes .env for docker-compose.yml: fresh passwords and the few settings that only you know."""

import argparse
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

_SECRETS = (
    "POSTGRES_PASSWORD",
    "PORTAL_OWNER_PASSWORD",
    "PORTAL_APP_PASSWORD",
    "REDIS_PASSWORD",
    "SECRET_KEY",
)
_SETTINGS = """\
# Where browsers reach the portal; anything but this machine needs https.
PUBLIC_URL=http://127.0.0.1:8000
# Your mail server and the sender of all mails, for example:
# SMTP_URL=smtp://user:password@mail.assistenz.example:587
# MAIL_FROM=portal@assistenz.example
SMTP_URL=
MAIL_FROM=
"""


def main(arguments: Sequence[str], folder: Path) -> int:
    """Write the file unless there is one already."""
    argparse.ArgumentParser(prog="python -m portal.compose_env", description=__doc__).parse_args(
        arguments
    )
    lines = [f"{name}={secrets.token_hex(32)}\n" for name in _SECRETS]
    try:
        descriptor = os.open(folder / ".env", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        print("There is a .env already: remove it first to have new passwords.", file=sys.stderr)
        return 1
    with os.fdopen(descriptor, "w") as file:
        file.write("".join(lines) + _SETTINGS)
    print("Wrote .env with fresh passwords; add your mail server to it.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path.cwd()))
