"""Meetings as the graph shows them: dates, people, and whose turn it is."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import meeting as rules
from domain.meeting import (
    SIDE_OF_ROLE,
    MeetingAction,
    MeetingKind,
    MeetingParty,
    MeetingReason,
    MeetingSide,
)
from domain.states import MEETING, MeetingState
from domain.viewer import Role, Viewer
from models import meeting as models
from notifications.language import Language
from schema import words
from schema.action import Action, action
from schema.disclosed import disclosed
from schema.node import Node
from schema.plan.declare import Scalar
from schema.plan.entity import entity
from schema.plan.field import column, computed, identifier, relation
from schema.progress import OpenMeeting, meeting_sentence

if TYPE_CHECKING:
    from schema.match import Match


@disclosed
@strawberry.type(description="Something to think of before a meeting is confirmed.")
class MeetingWarning:
    """A hint, never a refusal."""

    code: str = strawberry.field(description="Stable, for programs.")
    message: str = strawberry.field(description="What to think of, in the reader's language.")


def you(side: MeetingSide, viewer: Viewer) -> bool:
    """Whether it is whoever reads: the row can only be read by those who come, and by staff."""
    return side is SIDE_OF_ROLE.get(viewer.role)


def first_name(user__first_name: str | None, meeting__state: MeetingState, you: bool) -> str | None:
    """A first name, as at a match; who does not meet any more is nobody."""
    return None if meeting__state is MeetingState.CANCELLED and not you else user__first_name


def confirmed(confirmed_at: datetime | None) -> bool:
    """Whether this one has said to come."""
    return confirmed_at is not None


@entity(models.MeetingDate, "A date that was proposed for a meeting.")
class MeetingDate:
    """For all who come."""

    id: strawberry.ID = identifier("Pass it to `chooseMeeting`.")
    starts_at: datetime = column("When it would begin.")
    ends_at: datetime = column("When it would end.")
    chosen: bool = column("Whether it was chosen.")


@entity(models.MeetingPerson, "Somebody who has to come to a meeting.")
class MeetingPerson:
    """For all who come."""

    side: MeetingSide = column("As what.")
    side_label: str = computed(words.meeting_side, "The same in the reader's language.")
    you: bool = computed(you, "Whether it is you.")
    first_name: str | None = computed(
        first_name, "The first name; null as long as a provider has not said who comes."
    )
    confirmed: bool = computed(confirmed, "Whether they have said to come to the chosen date.")


def link(link: str | None, viewer: Viewer) -> str | None:
    """For the two who meet: staff does not enter their room."""
    return None if viewer.is_staff else link


def warnings(short_rest: bool, viewer: Viewer, language: Language) -> list[MeetingWarning]:
    """For the acceptor's side and staff: it speaks of the assistant's other work."""
    if not short_rest or viewer.role is Role.SEEKER:
        return []
    code = "SHORT_REST"
    return [MeetingWarning(code=code, message=words.enum("meeting_warning", code, language))]


def next_step(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    state: MeetingState,
    starts_at: datetime | None,
    proposed_by: MeetingParty,
    waits_for: str | None,
    begun: bool | None,
    reason: MeetingReason | None,
    viewer: Viewer,
    language: Language,
) -> str:
    """As the reader's side sees it; with its match over, there is no other meeting."""
    if reason is MeetingReason.MATCH_ENDED:
        return words.meeting_step(reason.value, starts_at, language)
    known = OpenMeeting(state, proposed_by, starts_at, _sides(waits_for), bool(begun))
    return meeting_sentence(known, viewer, language)


def available_actions(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    state: MeetingState,
    starts_at: datetime | None,
    proposed_by: MeetingParty,
    waits_for: str | None,
    begun: bool | None,
    viewer: Viewer,
    language: Language,
) -> list[Action]:
    """For those who come; staff only looks on."""
    side = SIDE_OF_ROLE.get(viewer.role)
    if side is None:
        return []
    return [
        action(
            each.value,
            MEETING.roles("CONFIRM_MEETING"),
            rules.blocked_reason(
                each,
                state,
                chosen=starts_at is not None,
                proposed_by=proposed_by,
                side=side,
                waits_for=_sides(waits_for),
                begun=bool(begun),
            ),
            language,
        )
        for each in MeetingAction
    ]


def _sides(names: str | None) -> frozenset[MeetingSide]:
    return frozenset(MeetingSide(each) for each in (names or "").split())


@entity(models.Meeting, "A meeting of the two sides of a match.")
class Meeting(Node):
    """For all who come, and for staff."""

    waits_for = Scalar(
        "people", "SELECT string_agg(side, ' ' ORDER BY side) FROM {rows} AND confirmed_at IS NULL"
    )
    begun = Scalar("dates", "SELECT bool_or(starts_at <= now()) FROM {rows} AND chosen")

    version: int = column("Pass it as `ifVersion`.")
    kind: MeetingKind = column("What for.")
    kind_label: str = computed(words.meeting_kind, "The same in the reader's language.")
    state: MeetingState = column("Where it stands.")
    state_label: str = computed(words.meeting_state, "The state in the reader's language.")
    proposed_by: MeetingParty = column("Whose dates these are; the other party chooses.")
    minutes: int = column("How long it takes.")
    place: str = column("Where; empty if that is still open, or by video.")
    starts_at: datetime | None = column("When the chosen date begins.")
    ends_at: datetime | None = column("When it ends.")
    link: str | None = computed(
        link, "Where a confirmed video meeting is held: keep it to yourself."
    )
    reason: MeetingReason | None = column("Why it was cancelled.")
    created_at: datetime = column("When dates were proposed first.")
    match: Annotated["Match", strawberry.lazy("schema.match")] | None = relation(
        "Whose meeting it is."
    )
    dates: list[MeetingDate] = relation(
        "The dates that are proposed, the earliest first.", order=("starts_at", "id")
    )
    people: list[MeetingPerson] = relation("Who has to come.")
    warnings: list[MeetingWarning] = computed(warnings, "What to think of.")
    available_actions: list[Action] = computed(
        available_actions, "What can be done with it: draw buttons from these."
    )
    next_step: str = computed(next_step, "What happens next, in one sentence.")
