"""Use cases of a registration that is not finished: kept for a fortnight, for who has its token.

What somebody fills in tells of their health before they have agreed to anything. So it is sealed
with a key of its own, derived from the portal's secret and the row's id, and opened for the token
alone, which is stored nowhere.
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet

from domain.errors import (
    DraftFieldRefused,
    DraftFieldUnknown,
    InputRefused,
    LinkInvalid,
    TextTooLong,
)
from domain.form import FORMS, FieldKind, FormName
from domain.ids import uuid7
from domain.keys import Keys
from domain.viewer import Viewer
from models.form_draft import FormDraft
from services import clock
from services.answer import canonical
from services.gate import Gate
from services.limiter import DRAFT_ADDRESS, network_of
from services.use_case import UNTOLD, Aside, kept_answer, use_case

KEPT = timedelta(days=14)
LIMIT = 20_000  # characters of all values as JSON
REGISTRATIONS = (
    FormName.SEEKER,
    FormName.ASSISTANT,
    FormName.PROVIDER,
    FormName.COORDINATOR,
    FormName.REPRESENTATIVE,
)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{64}")
_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody has filled in, by the names of the form's fields."""

    form: FormName
    values: Mapping[str, Any] = field(repr=False)


async def save_draft(
    viewer: Viewer, key: str | None, filled: Filled, token: str | None, gate: Gate
) -> FormDraft:
    """Keep what is filled in; with a `token` in place of what was kept under it.

    Raises:
        InputRefused: not a form of a registration.
        DraftFieldUnknown: a field that the form lacks.
        DraftFieldRefused: a password, which is never kept.
        TextTooLong: more than 20,000 characters.
        LinkInvalid: the token opens nothing, or nothing any more.
        RateLimited: too many from this network.
    """
    text = _text(filled)
    mark = gate.keys.pseudonym("draft", canonical([filled.form, text, token]))
    if (known := await kept_answer(_save, viewer, key, mark, UNTOLD)) is not None:
        return known.outcome
    await gate.limiter.take(DRAFT_ADDRESS, network_of(gate.address), clock.now())
    return await _save(viewer, key, mark, Aside((filled.form, text, token, gate.keys)))


@use_case
async def _save(
    viewer: Viewer, mark: str, aside: Aside[tuple[FormName, str, str | None, Keys]]
) -> FormDraft:
    del viewer, mark  # it only tells two inputs apart
    form, text, token, keys = aside.value
    identity = uuid7() if token is None else (await _open(token, keys)).id
    sealed = Fernet(_key(identity, keys)).encrypt(text.encode())
    draft, _new = await FormDraft.update_or_create(
        {"form": form, "sealed": sealed, "expires_at": clock.now() + KEPT}, id=identity
    )
    return draft


async def read_draft(token: str, keys: Keys) -> tuple[FormDraft, dict[str, Any]]:
    """What was kept under a token.

    Raises:
        LinkInvalid: nothing, or nothing any more.
    """
    draft = await _open(token, keys)
    values: dict[str, Any] = json.loads(Fernet(_key(draft.id, keys)).decrypt(draft.sealed))
    return draft, values


async def discard_draft(viewer: Viewer, key: str | None, token: str, gate: Gate) -> None:
    """Delete what was kept under a token; deleting it again changes nothing."""
    mark = gate.keys.pseudonym("draft", token)
    await _discard(viewer, key, mark, Aside((token, gate.keys)))


@use_case
async def _discard(viewer: Viewer, mark: str, aside: Aside[tuple[str, Keys]]) -> None:
    del viewer, mark
    identity = _identity(*aside.value)
    if identity is not None:
        await FormDraft.filter(id=identity).delete()


def token_of(draft: UUID, keys: Keys) -> str:
    """The token of a draft: 16 bytes of id and 32 of signature, 64 characters."""
    return base64.urlsafe_b64encode(draft.bytes + keys.sign("form-draft", draft.bytes)).decode()


async def forget_drafts(now: datetime) -> int:
    """Delete the drafts whose time is over; how many."""
    return await FormDraft.filter(expires_at__lt=now).delete()


async def _open(token: str, keys: Keys) -> FormDraft:
    identity = _identity(token, keys)
    kept = FormDraft.filter(id=identity, expires_at__gt=clock.now()) if identity else None
    draft = await kept.first() if kept is not None else None
    if draft is None:
        raise LinkInvalid(field="token")
    return draft


def _identity(token: str, keys: Keys) -> UUID | None:
    """The id behind a token of ours."""
    if _TOKEN.fullmatch(token) is None:
        return None
    raw = base64.urlsafe_b64decode(token)
    identity, signature = raw[:_ID_BYTES], raw[_ID_BYTES:]
    return UUID(bytes=identity) if keys.verify("form-draft", signature, identity) else None


def _key(identity: UUID, keys: Keys) -> bytes:
    return base64.urlsafe_b64encode(keys.sign("form-draft-seal", identity.bytes))


def _text(filled: Filled) -> str:
    if filled.form not in REGISTRATIONS:
        raise InputRefused(field="form")
    kinds = {each.name: each.kind for each in FORMS[filled.form].fields}
    for name in filled.values:
        if name not in kinds:
            raise DraftFieldUnknown(field=name)
        if kinds[name] is FieldKind.PASSWORD:
            raise DraftFieldRefused(field=name)
    text = json.dumps(filled.values, ensure_ascii=False)
    if len(text) > LIMIT:
        raise TextTooLong(field="values", limit=LIMIT)
    return text
