"""Sessions on the server: opening, recognising, listing and ending them.

The token is an HMAC over the session's id, so a repeated sign-in can be answered alike without the
token ever being stored. Functions that write run in the caller's transaction.
"""

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.consent import Consent, ConsentKind, owed
from domain.errors import NotFound, SignInRequired
from domain.ids import uuid7
from domain.keys import Keys
from domain.second_factor import NEEDED
from domain.viewer import ANONYMOUS, STAFF, AccountState, Role, Viewer
from models.database import fetch
from models.session import Session

ABSOLUTE = timedelta(hours=12)
IDLE = timedelta(minutes=30)
SEEN_EVERY = timedelta(minutes=1)
IDLE_ROLES = STAFF | {Role.COORDINATOR}

Fetch = Callable[..., Awaitable[Sequence[Any]]]

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_READ = """
SELECT s.id, s.user_id, s.last_seen_at, s.strong, u.role, u.state, c.provider_id,
  c.role = 'ADMIN' AS leads,
  (SELECT string_agg(kind || ':' || version, ' ') FROM consents
   WHERE user_id = s.user_id AND withdrawn_at IS NULL) AS consents
FROM sessions s
JOIN users u ON u.id = s.user_id
LEFT JOIN coordinators c ON c.user_id = s.user_id
WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND u.state <> $3
"""
_CHANGED = """
WITH asked AS (
  SELECT * FROM unnest(
    string_to_array($1, ',')::uuid[], string_to_array($2, ','), string_to_array($3, ','),
    string_to_array($4, ',', '')::uuid[]
  ) WITH ORDINALITY AS asked (session_id, old_role, old_state, old_provider, place)
)
SELECT place, id, user_id, role, state, provider_id, leads, strong,
  (SELECT string_agg(kind || ':' || version, ' ') FROM consents
   WHERE user_id = held.user_id AND withdrawn_at IS NULL) AS consents FROM asked LEFT JOIN LATERAL (
  SELECT s.id, s.user_id, s.strong, u.role, u.state, c.provider_id,
    c.role = 'ADMIN' AS leads
  FROM sessions s
  JOIN users u ON u.id = s.user_id
  LEFT JOIN coordinators c ON c.user_id = s.user_id
  WHERE s.id = asked.session_id AND s.revoked_at IS NULL AND s.expires_at > $5
    AND u.state <> $6 AND NOT (u.role = ANY($7::text[]) AND s.last_seen_at <= $8)
) held ON true
WHERE id IS NULL OR (role, state, provider_id) IS DISTINCT FROM (old_role, old_state, old_provider)
"""


async def open_session(
    user: UUID, keys: Keys, now: datetime, *, strong: bool = False
) -> tuple[Session, str]:
    """A new session with its token; whoever signs in or gains rights gets a new one.

    A `strong` one was opened with a second factor.
    """
    identity = uuid7()
    token = token_of(identity, keys)
    session = await Session.create(
        id=identity,
        token_hash=_digest(token),
        user_id=user,
        created_at=now,
        last_seen_at=now,
        expires_at=now + ABSOLUTE,
        strong=strong,
    )
    return session, token


def token_of(session: UUID, keys: Keys) -> str:
    """The token of a session: 256 bits, 43 characters."""
    signature = keys.sign("session", session.bytes)
    return base64.urlsafe_b64encode(signature).decode().rstrip("=")


async def viewer_of(token: str | None, now: datetime, read: Fetch = fetch) -> Viewer:
    """Who holds this token: ANONYMOUS without one, or when the session has ended.

    `read` is the way to the database: every request takes it.
    """
    if token is None or _TOKEN.fullmatch(token) is None:
        return ANONYMOUS
    rows = await read(_READ, _digest(token), now, AccountState.ERASED.value)
    if not rows or _is_idle(rows[0], now):
        return ANONYMOUS
    await _touch(rows[0], now)
    return _viewer(rows[0])


async def viewers_now(known: Sequence[Viewer], now: datetime) -> list[Viewer]:
    """Who holds the sessions of these viewers now, by place; ANONYMOUS where one has ended.

    The database is asked with one statement and answers only where something is not as it was. To
    be sent something is not to do something: an officer who left an open page is idle all the same.
    Texts instead of arrays, because asyncpg looks at each element of an array four times.
    """
    viewers = list(known)
    places = [place for place, each in enumerate(known) if each.session_id is not None]
    held = [known[place] for place in places]
    for row in await _changed(held, now) if held else ():
        viewers[places[row["place"] - 1]] = _viewer(row) if row["id"] else ANONYMOUS
    return viewers


async def _changed(held: Sequence[Viewer], now: datetime) -> list[dict[str, Any]]:
    return await fetch(
        _CHANGED,
        ",".join([str(each.session_id) for each in held]),
        ",".join([each.role for each in held]),
        ",".join([each.state or "" for each in held]),
        ",".join([str(each.provider_id or "") for each in held]),
        now,
        AccountState.ERASED.value,
        sorted(IDLE_ROLES),
        now - IDLE,
    )


def demand_same_rights(viewer: Viewer, known: Viewer) -> None:
    """Refuse a viewer who is not the one that was known, or is something else by now.

    Another state of the account is no reason: `visible_to` looks at it.

    Raises:
        SignInRequired: the session has ended, or the role or the provider is another.
    """
    if _rights(viewer) != _rights(known):
        raise SignInRequired


async def sessions_of(viewer: Viewer, now: datetime) -> list[Session]:
    """The viewer's running sessions, the newest first."""
    oldest = now - IDLE if viewer.role in IDLE_ROLES else now - ABSOLUTE
    running = Session.visible_to(viewer).filter(revoked_at__isnull=True, expires_at__gt=now)
    return await running.filter(last_seen_at__gt=oldest).order_by("-created_at", "-id")


async def revoke_session(viewer: Viewer, session: UUID, now: datetime) -> None:
    """End one of the viewer's own sessions; ending it again changes nothing.

    Raises:
        NotFound: it does not exist or belongs to somebody else.
    """
    own = Session.visible_to(viewer).filter(id=session)
    ended = await own.filter(revoked_at__isnull=True).update(revoked_at=now)
    if not ended and not await own.exists():
        raise NotFound(field="sessionId")


async def revoke_all_sessions(user: UUID, now: datetime, *, keep: UUID | None = None) -> int:
    """End the sessions of an account, after a new password or a suspension; how many ended."""
    running = Session.filter(user_id=user, revoked_at__isnull=True, expires_at__gt=now)
    if keep is not None:
        running = running.exclude(id=keep)
    return await running.update(revoked_at=now)


async def forget_ended_sessions(before: datetime) -> int:
    """Delete the sessions whose time was over before the instant; how many."""
    return await Session.filter(expires_at__lt=before).delete()


def _rights(viewer: Viewer) -> tuple[object, ...]:
    return viewer.id, viewer.role, viewer.provider_id


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _viewer(row: Any) -> Viewer:
    role = Role(row["role"])
    weak = role in NEEDED and not row["strong"]
    return Viewer(
        id=row["user_id"],
        role=role,
        state=None if weak else AccountState(row["state"]),
        weak=weak,
        owes=bool(owed(role, _given(row["consents"]))),
        provider_id=row["provider_id"],
        session_id=row["id"],
        leads=bool(row["leads"]),
    )


def _given(consents: str | None) -> list[Consent]:
    pairs = (each.split(":") for each in (consents or "").split())
    return [Consent(ConsentKind(kind), int(version)) for kind, version in pairs]


def _is_idle(row: Any, now: datetime) -> bool:
    return row["role"] in IDLE_ROLES and bool(row["last_seen_at"] <= now - IDLE)


async def _touch(row: Any, now: datetime) -> None:
    """Note that the session is alive, at most once a minute: reading must stay reading."""
    due = now - SEEN_EVERY
    if row["last_seen_at"] <= due:
        await Session.filter(id=row["id"], last_seen_at__lte=due).update(last_seen_at=now)
