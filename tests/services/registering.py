"""Registering, and what was sent for it."""

from dataclasses import replace
from typing import Any

from domain.consent import VERSIONS, Consent, needed
from domain.form import FormName
from domain.viewer import ANONYMOUS
from models.database import fetch
from models.mail_link import MailLink
from services.mail_link import token_of
from services.profile import ROLES
from services.registration import (
    Registration,
    register_account,
)
from tests.services.keyed import PERSON, changed
from tests.services.scenes import KEYS, gate


async def register(person: Registration = PERSON, **changes: Any) -> None:
    await register_account(ANONYMOUS, None, changed(person, **changes), gate())


def member(form: FormName, **said: Any) -> Registration:
    """Somebody who registers as an assistant or a coordinator."""
    consents = tuple(Consent(kind, VERSIONS[kind]) for kind in needed(ROLES[form]))
    return replace(changed(PERSON, **said), form=form, consents=consents)


async def mails() -> list[str]:
    rows = await fetch("SELECT kind FROM messages ORDER BY created_at, kind")
    return [row["kind"] for row in rows]


async def token() -> str:
    return token_of(await MailLink.all().order_by("-number").first() or MailLink(), KEYS)
