"""`create-staff`: an account for customer service or administration."""

import argparse
import asyncio
import getpass
import json
import sys
from collections.abc import Mapping
from uuid import UUID

from domain.errors import DomainError
from domain.viewer import Role
from notifications.language import Language
from notifications.refusal import explain
from portal.database import connected, reachable
from portal.failure import CommandError
from portal.settings import Settings
from services.staff import NewStaff, create_staff

_ROLES = {"customer-service": Role.CUSTOMER_SERVICE, "administration": Role.ADMINISTRATION}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare who it is; the password is asked for, or read from standard input."""
    parser.add_argument("email", help="the address to sign in with")
    parser.add_argument("--first-name", required=True)
    parser.add_argument("--last-name", required=True)
    parser.add_argument("--role", choices=sorted(_ROLES), default="customer-service")
    parser.add_argument("--json", action="store_true", help="answer as one line of JSON")


def execute(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Create the account."""
    settings = Settings.from_environ(environ)
    new = NewStaff(
        email=options.email,
        password=_password(),
        first_name=options.first_name,
        last_name=options.last_name,
        role=_ROLES[options.role],
    )
    with reachable(settings.database_url):
        identity = asyncio.run(_create(settings, new))
    if options.json:
        print(json.dumps({"id": str(identity)}))
    else:
        print(f"{new.first_name} {new.last_name} can sign in now.")
    return 0


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Password (at least 15 characters): ")
    return sys.stdin.readline().rstrip("\n")


async def _create(settings: Settings, new: NewStaff) -> UUID:
    async with connected(settings, "portal create-staff"):
        try:
            identity = await create_staff(new)
        except DomainError as refusal:
            said = explain(refusal, Language.EN)
            raise CommandError(f"{said.message} {said.remedy}") from None
    if identity is None:
        raise CommandError("There is an account with this address already.")
    return identity
