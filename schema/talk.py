"""Introductory talks as the graph shows them: slots, bookings, records and what was said."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain.states import BookingState
from domain.talk import TalkFailure, TalkWish
from domain.user import Payer, TalkChannel, TalkOutcome
from domain.viewer import Role
from models import talk as models
from schema import words
from schema.plan.entity import entity
from schema.plan.field import column, computed, identifier, relation

if TYPE_CHECKING:
    from schema.user import User


def corrected(corrected_at: datetime | None) -> bool:
    """Whether these are not the first answers any more."""
    return corrected_at is not None


@entity(models.TalkAnswer, "What was said in a talk: health data, for the person and staff.")
class TalkAnswers:
    """Minimal on purpose; the newest correction counts."""

    care_grade: int | None = column("Pflegegrad, 0 is none.")
    payer: Payer | None = column("Who may pay.")
    uses_relief_amount: bool | None = column("Entlastungsbetrag is used.")
    has_integration_assistance: bool | None = column("Eingliederungshilfe is granted.")
    corrected: bool | None = computed(corrected, "Whether it was put right after the talk.")
    corrected_at: datetime | None = column("When that was.")
    corrected_by: Role | None = column("Who did that.", "corrected_by__role")


@entity(models.Talk, "An introductory talk.")
class Talk:
    """Recorded by customer service."""

    id: strawberry.ID | None = identifier("The talk's id.")
    channel: TalkChannel | None = column("How it was held.")
    outcome: TalkOutcome | None = column("How it ended.")
    held_at: datetime | None = column("When.")
    answers: TalkAnswers | None = relation("What was said.", rows=models.TalkAnswer.newest)


def cancelled(cancelled_at: datetime | None) -> bool:
    """Whether customer service has withdrawn it."""
    return cancelled_at is not None


@entity(models.TalkSlot, "A time at which an introductory talk can be held.")
class TalkSlot:
    """Free ones for whoever is on the way to release, one's own, all of them for staff."""

    id: strawberry.ID = identifier("The slot's id.")
    starts_at: datetime = column("When the talk begins.")
    ends_at: datetime = column("When it ends.")
    minutes: int = column("How long it takes.")
    cancelled: bool = computed(cancelled, "Whether customer service has withdrawn it.")
    booking: Annotated["TalkBooking", strawberry.lazy("schema.talk")] | None = relation(
        "Who has booked it: for staff and for the person.",
        link="bookings",
        rows=models.TalkBooking.standing,
    )


def wishes(wishes: list[str]) -> list[TalkWish]:
    """The help that is wished for."""
    return [TalkWish(each) for each in wishes]


@entity(models.TalkBooking, "That somebody has booked a slot.")
class TalkBooking:
    """For the person and for staff."""

    id: strawberry.ID | None = identifier("The booking's id.")
    version: int | None = column("Grows when it is moved.")
    state: BookingState | None = column("Where it stands.")
    state_label: str | None = computed(words.booking_state, "The state in the reader's language.")
    channel: TalkChannel | None = column("How the talk shall be held.")
    wishes: list[TalkWish] | None = computed(wishes, "What the person needs for it.")
    failure: TalkFailure | None = column("Why it did not come about.")
    created_at: datetime | None = column("When it was booked.")
    slot: TalkSlot | None = relation("Which slot.")
    user: Annotated["User", strawberry.lazy("schema.user")] | None = relation("Who.")
