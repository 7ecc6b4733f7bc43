"""Conversations: who may write how much, and for how long what was written is kept."""

from datetime import timedelta
from enum import StrEnum

from domain.states import AGREED_MATCH, MatchState
from domain.viewer import Role

TEXT_LIMIT = 2000
MOST_PER_HOUR = 60
KEPT_DAYS = 183  # domain.md 5.3: six months after the match has ended
HOUR = timedelta(hours=1)


class Speaker(StrEnum):
    """Whose message it is: one of the two sides of the match."""

    SEEKER = "SEEKER"
    ACCEPTOR = "ACCEPTOR"


def speaker(role: Role) -> Speaker:
    """For which side somebody in this role writes."""
    return Speaker.SEEKER if role is Role.SEEKER else Speaker.ACCEPTOR


def listener(side: Speaker) -> Speaker:
    """The other side."""
    return Speaker.ACCEPTOR if side is Speaker.SEEKER else Speaker.SEEKER


def is_open(state: MatchState) -> bool:
    """Whether the two may write: from the yes on, until the match ends."""
    return state in AGREED_MATCH
