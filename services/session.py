"""Sessions on the server: opening, recognising, listing and ending them.

The token is an HMAC over the session's id, so a repeated sign-in can be answered alike without the
token ever being stored. Functions that write run in the caller's transaction.
"""

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.consent import Consent, ConsentKind, owed
from domain.errors import ActingRefused, NotFound, SignInRequired
from domain.ids import uuid7
from domain.keys import Keys
from domain.second_factor import NEEDED
from domain.viewer import (
    ANONYMOUS,
    STAFF,
    AccountState,
    Acting,
    DelegationKind,
    Role,
    Viewer,
)
from models.database import fetch
from models.session import Session

ABSOLUTE = timedelta(hours=12)
IDLE = timedelta(minutes=30)
SEEN_EVERY = timedelta(minutes=1)
IDLE_ROLES = STAFF | {Role.COORDINATOR}

Fetch = Callable[..., Awaitable[Sequence[Any]]]

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
# Everything that an account agrees to now, in one text.
_AGREED = (
    "(SELECT string_agg(kind || ':' || version, ' ') FROM consents "
    "WHERE user_id = {} AND withdrawn_at IS NULL)"
)
_READ = f"""
SELECT s.id, s.user_id, s.last_seen_at, s.strong, u.role, u.role AS actor_role, u.state,
  c.provider_id,
  c.role = 'ADMIN' AS leads,
  {_AGREED.format("s.user_id")} AS consents
FROM sessions s
JOIN users u ON u.id = s.user_id
LEFT JOIN coordinators c ON c.user_id = s.user_id
WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND u.state <> $3
"""  # noqa: S608  our own words
# A delegation that holds, of the account whose session this is; neither side is stopped.
_HOLDS = """d.state = 'ACTIVE' AND a.state IN ('REGISTERED', 'RELEASED')
    AND (d.delegate_id = s.user_id OR (
      d.kind = 'CUSTOMER_SERVICE' AND a.role IN ('CUSTOMER_SERVICE', 'ADMINISTRATION')
      AND a.state = 'RELEASED' AND s.strong))
    AND u.state IN ('REGISTERED', 'RELEASED')
    AND (d.valid_until IS NULL OR d.valid_until >= (now() AT TIME ZONE 'Europe/Berlin')::date)"""
_READ_ACTING = f"""
SELECT s.id, u.id AS user_id, s.last_seen_at, s.strong, u.role, u.state, NULL AS provider_id,
  false AS leads, a.id AS actor_id, a.role AS actor_role, d.kind, d.id AS delegation_id,
  {_AGREED.format("u.id")} AS consents,
  {_AGREED.format("a.id")} AS actor_consents
FROM sessions s
JOIN users a ON a.id = s.user_id
JOIN delegations d ON d.id = $4
JOIN users u ON u.id = d.principal_id AND {_HOLDS}
WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND u.state <> $3
"""  # noqa: S608  our own words
_CHANGED = f"""
WITH asked AS (
  SELECT * FROM unnest(
    string_to_array($1, ',')::uuid[], string_to_array($2, ','), string_to_array($3, ','),
    string_to_array($4, ',', '')::uuid[], string_to_array($9, ',', '')::uuid[]
  ) WITH ORDINALITY
    AS asked (session_id, old_role, old_state, old_provider, delegation_id, place)
)
SELECT place, id, user_id, role, state, provider_id, leads, strong,
  {_AGREED.format("held.user_id")} AS consents FROM asked LEFT JOIN LATERAL (
  SELECT s.id, u.id AS user_id, s.strong, u.role, u.state, c.provider_id,
    c.role = 'ADMIN' AS leads
  FROM sessions s
  JOIN users a ON a.id = s.user_id
  LEFT JOIN delegations d ON d.id = asked.delegation_id
  JOIN users u ON CASE WHEN asked.delegation_id IS NULL THEN u.id = s.user_id
    ELSE u.id = d.principal_id AND {_HOLDS} END
  LEFT JOIN coordinators c ON c.user_id = s.user_id
  WHERE s.id = asked.session_id AND s.revoked_at IS NULL AND s.expires_at > $5
    AND u.state <> $6 AND NOT (a.role = ANY($7::text[]) AND s.last_seen_at <= $8)
) held ON true
WHERE id IS NULL OR (role, state, provider_id) IS DISTINCT FROM (old_role, old_state, old_provider)
"""  # noqa: S608  our own words


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


async def viewer_acting(
    token: str | None, delegation: UUID, now: datetime, read: Fetch = fetch
) -> Viewer:
    """The principal of a delegation, as seen by who holds this token and acts for them.

    Raises:
        SignInRequired: nobody holds it.
        ActingRefused: the delegation is another's, was not accepted, has ended or run out.
    """
    erased = AccountState.ERASED.value
    digest = _digest(token or "")
    rows = await read(_READ_ACTING, digest, now, erased, delegation)
    if not rows or _is_idle(rows[0], now):
        signed_in = await viewer_of(token, now, read)
        raise SignInRequired if signed_in.id is None else ActingRefused
    row = rows[0]
    await _touch(row, now)
    viewer = _viewer(row)
    behind = owed(Role(row["actor_role"]), _given(row["actor_consents"]))
    acting = Acting(row["actor_id"], DelegationKind(row["kind"]), row["delegation_id"])
    return replace(viewer, owes=viewer.owes or bool(behind), acting=acting)


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
        place = places[row["place"] - 1]
        acting = viewers[place].acting
        viewers[place] = replace(_viewer(row), acting=acting) if row["id"] else ANONYMOUS
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
        ",".join([str(each.acting.delegation_id) if each.acting else "" for each in held]),
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
    return viewer.id, viewer.role, viewer.provider_id, viewer.acting


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
    return row["actor_role"] in IDLE_ROLES and bool(row["last_seen_at"] <= now - IDLE)


async def _touch(row: Any, now: datetime) -> None:
    """Note that the session is alive, at most once a minute: reading must stay reading."""
    due = now - SEEN_EVERY
    if row["last_seen_at"] <= due:
        await Session.filter(id=row["id"], last_seen_at__lte=due).update(last_seen_at=now)
