"""How far the meeting and the contract of an order have come, for every sentence that tells it.

Subqueries give one text of words per row, so that a list costs no further statement.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from domain import meeting as rules
from domain.appointment_state import AppointmentState
from domain.contract import ContractSide
from domain.contract_state import ContractState
from domain.contract_step import Progress
from domain.meeting import SIDE_OF_ROLE, MeetingParty, MeetingSide
from domain.states import MeetingState
from domain.viewer import Viewer
from notifications.language import Language
from schema import words
from schema.plan.declare import Scalar

# The contracts of matches; of one match at most one is open.
OF_MATCH = "SELECT id FROM contracts WHERE match_id IN (SELECT id FROM {rows})"
_MEETING = """
SELECT concat_ws('|', m.state, m.proposed_by,
  coalesce(extract(epoch FROM m.starts_at)::bigint::text, ''),
  (SELECT coalesce(string_agg(side, ' '), '') FROM meeting_people
   WHERE meeting_id = m.id AND confirmed_at IS NULL), m.starts_at <= now())
FROM meetings m WHERE m.kind = 'INTRODUCTION' AND m.state IN ('PROPOSED', 'CONFIRMED')
  AND m.match_id IN ({matches}) LIMIT 1
"""
_CONTRACT = """
SELECT concat_ws('|', c.state, c.provider_id IS NOT NULL,
  (SELECT coalesce(string_agg(side, ' '), '') FROM contract_consents
   WHERE contract_id = c.id AND version = c.version),
  coalesce(CASE WHEN c.end_reason IS NOT NULL THEN c.ends_on END::text, ''),
  (SELECT coalesce(string_agg(CASE state WHEN 'PROPOSED' THEN proposed_by ELSE state END, ' '), '')
   FROM appointment_plans WHERE contract_id = c.id AND ended_at IS NULL),
  (SELECT coalesce(string_agg(DISTINCT state, ' '), '') FROM appointments
   WHERE contract_id = c.id AND starts_at > now()
     AND state IN ('PROPOSED', 'CLIENT_AGREED', 'FIXED')
     AND (stands_in_for_id IS NULL OR agreed_at IS NOT NULL)))
FROM contracts c WHERE c.state IN ('DRAFT', 'AGREED') AND c.id IN ({contracts}) LIMIT 1
"""
_NAMED = """
SELECT coalesce(string_agg(state, ' '), '') FROM nominations
WHERE state IN ('NOMINATED', 'CHOSEN') AND match_id IN ({matches})
"""
_AGREED = "AGREED"


def named_of(link: str, matches: str) -> Scalar:
    """How those stand whom a provider has named for those `matches`, as above."""
    return Scalar(link, _NAMED.replace("{matches}", matches))


def named_step(state: StrEnum, named: str) -> str | None:
    """The code of what comes next with whom the provider has named, as long as no date is there."""
    if state != "REQUESTED" or not named:
        return None
    return "CHOSEN" if "CHOSEN" in named else "NAMED"


def meeting_of(link: str, matches: str) -> Scalar:
    """The open introductory meeting of those `matches` that belong to the rows of `link`."""
    return Scalar(link, _MEETING.replace("{matches}", matches))


def contract_of(link: str, contracts: str) -> Scalar:
    """The open contract among contracts, as above."""
    return Scalar(link, _CONTRACT.replace("{contracts}", contracts))


@dataclass(frozen=True, slots=True)
class OpenMeeting:
    """Whose turn it is with a meeting."""

    state: MeetingState
    proposed_by: MeetingParty
    starts_at: datetime | None
    waits_for: frozenset[MeetingSide]
    begun: bool


def read_meeting(text: str) -> OpenMeeting:
    """What the subquery says."""
    state, party, starts, waits, *begun = text.split("|")
    return OpenMeeting(
        MeetingState(state),
        MeetingParty(party),
        datetime.fromtimestamp(int(starts), UTC) if starts else None,
        frozenset(map(MeetingSide, waits.split())),
        begun == ["t"],
    )


def read_contract(text: str) -> Progress:
    """What the subquery says."""
    state, by_provider, said, until, plans, dates = text.split("|")
    return Progress(
        ContractState(state),
        by_provider=by_provider == "t",
        said=frozenset(map(ContractSide, said.split())),
        until=date.fromisoformat(until) if until else None,
        proposed=frozenset(ContractSide(each) for each in plans.split() if each != _AGREED),
        planned=_AGREED in plans.split(),
        dates=frozenset(map(AppointmentState, dates.split())),
    )


def meeting_sentence(meeting: OpenMeeting, viewer: Viewer, language: Language) -> str:
    """What comes next with it, as the reader's side sees it."""
    step = rules.next_step(
        meeting.state,
        chosen=meeting.starts_at is not None,
        proposed_by=meeting.proposed_by,
        side=SIDE_OF_ROLE.get(viewer.role),
        waits_for=meeting.waits_for,
        begun=meeting.begun,
    )
    return words.meeting_step(step, meeting.starts_at, language)


def contract_sentence(progress: Progress, viewer: Viewer, language: Language) -> str:
    """The same of a contract."""
    side = progress.side(viewer.role)
    reader = side.value.lower() if side else "other"
    return words.contract_step(progress.step(viewer.role), reader, progress.until, language)
