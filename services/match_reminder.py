"""Reminders of a match that nobody has answered: of the acceptor, and then of the seeker.

Whoever has many is reminded of the one that waits the longest, and not again before as many days
have gone by. An answer in between makes a reminder void when it is sent.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.policy import Policy
from domain.states import MatchState
from models.database import fetch
from models.match import Match
from models.message import Message
from models.provider import Coordinator
from notifications.language import Language
from notifications.message import MailKind, announce
from services import clock

BATCH = 200
_STATE_OF = {
    MailKind.SUGGESTION_WAITING: MatchState.SUGGESTED,
    MailKind.MATCH_WAITING: MatchState.ACCEPTED,
}
MAILS = tuple(_STATE_OF)
_DUE = """
SELECT id, version, assistant_id, provider_id, seeker_id FROM (
  SELECT DISTINCT ON ({waits_for}) m.id, m.version, m.assistant_id, m.provider_id, o.seeker_id,
    {waits_for} AS waits_for, m.{since} AS since, coalesce(d.{days}, $2::int) AS days
  FROM matches m JOIN orders o ON o.id = m.order_id
  JOIN municipalities p ON p.id = o.municipality_id JOIN districts d ON d.key = p.district_id
  WHERE m.state = $3 AND o.state IN ('RELEASED', 'IN_PROGRESS') AND m.{since} IS NOT NULL
  ORDER BY {waits_for}, m.{since}, m.id
) oldest
WHERE since <= $1::timestamptz - make_interval(days => days)
  AND NOT EXISTS (
    SELECT FROM notifications n WHERE n.kind = $4 AND n.reference = oldest.id
      AND n.version = oldest.version)
  AND NOT EXISTS (
    SELECT FROM notifications n WHERE n.kind = $4
      AND n.receiver_id IN ({receivers})
      AND n.created_at > $1::timestamptz - make_interval(days => days))
ORDER BY since, id LIMIT $5
"""
_ACCEPTORS = _DUE.format(
    waits_for="coalesce(m.assistant_id, m.provider_id)",
    since="shown_at",
    days="answer_days",
    receivers=(
        "SELECT oldest.assistant_id UNION ALL"
        " SELECT id FROM coordinators WHERE provider_id = oldest.provider_id"
    ),
)
_SEEKERS = _DUE.format(
    waits_for="m.order_id",
    since="decided_at",
    days="decision_days",
    receivers="SELECT oldest.seeker_id WHERE oldest.seeker_id IS NULL",
)


async def remind_of_matches() -> int:
    """Remind acceptors and seekers, at most a batch of each, in the caller's transaction.

    Returns how many matches somebody was reminded of.
    """
    usual, now = Policy(), clock.now()
    acceptors = await _due(_ACCEPTORS, MailKind.SUGGESTION_WAITING, usual.answer_days, now)
    for row in acceptors:
        for receiver in await _acceptors(row["assistant_id"], row["provider_id"]):
            await _announce(MailKind.SUGGESTION_WAITING, receiver, row["id"], row["version"])
    seekers = await _due(_SEEKERS, MailKind.MATCH_WAITING, usual.decision_days, now)
    for row in seekers:
        await _announce(MailKind.MATCH_WAITING, row["seeker_id"], row["id"], row["version"])
    return len(acceptors) + len(seekers)


async def _due(query: str, kind: MailKind, usual_days: int, now: datetime) -> list[dict[str, Any]]:
    return await fetch(query, now, usual_days, _STATE_OF[kind].value, kind.name, BATCH)


async def _acceptors(assistant: UUID | None, provider: UUID | None) -> list[UUID]:
    if assistant is not None:
        return [assistant]
    speaking = Coordinator.speaking().filter(provider_id=provider).order_by("id")
    return [each.id for each in await speaking]


async def _announce(kind: MailKind, receiver: UUID, match_id: UUID, version: int) -> None:
    await announce(kind, receiver, version=version, reference=match_id)


async def values_of(message: Message, _language: Language) -> dict[str, str] | None:
    """No values; None when the match was answered meanwhile."""
    waiting = _STATE_OF[MailKind(message.kind)]
    still = Match.filter(id=message.reference, state=waiting, version=message.version)
    return {} if await still.exists() else None
