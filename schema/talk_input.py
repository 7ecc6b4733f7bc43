"""What a client says about introductory talks, and what it is answered."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from domain.talk import TalkFailure, TalkWish
from domain.user import Payer, TalkChannel, TalkOutcome
from schema.disclosed import disclosed
from schema.order_input import KEY, TimeWindowInput
from schema.refusal import Refusals


@strawberry.input(description="Times for talks are offered.")
class PublishTalkSlotsInput:
    """Workdays only; what is there already stays as it is."""

    from_: date = strawberry.field(name="from", description="The first day.")
    to: date = strawberry.field(description="The last day.")
    windows: list[TimeWindowInput] = strawberry.field(
        default_factory=list, description="In place of the desk's hours."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Times for talks are withdrawn.")
class CancelTalkSlotsInput:
    """Whoever has booked one is told."""

    slot_ids: list[strawberry.ID] = strawberry.field(description="Which ones, 500 at most.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Somebody books a talk, or another time for the booked one.")
class BookTalkInput:
    """One open booking per person."""

    slot_id: strawberry.ID = strawberry.field(description="When.")
    channel: TalkChannel = strawberry.field(description="How.")
    wishes: list[TalkWish] = strawberry.field(
        default_factory=list, description="What is needed for it."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Somebody cancels the booked talk.")
class CancelTalkInput:
    """The own one."""

    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="An introductory talk, for the record.")
class RecordTalkInput:
    """The answers are health data: only what is needed."""

    user_id: strawberry.ID = strawberry.field(description="With whom.")
    channel: TalkChannel = strawberry.field(description="How.")
    outcome: TalkOutcome = strawberry.field(description="How it ended.")
    held_at: datetime = strawberry.field(description="When, with its zone.")
    care_grade: int | None = strawberry.field(default=None, description="Pflegegrad, 0 is none.")
    payer: Payer | None = strawberry.field(default=None, description="Who may pay.")
    uses_relief_amount: bool | None = strawberry.field(
        default=None, description="Entlastungsbetrag is used."
    )
    has_integration_assistance: bool | None = strawberry.field(
        default=None, description="Eingliederungshilfe is granted."
    )
    booking_id: strawberry.ID | None = strawberry.field(
        default=None, description="The booking that ends with it."
    )
    failure: TalkFailure = strawberry.field(
        default=TalkFailure.NO_SHOW, description="Why a booked talk did not come about."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What was said in a talk is put right.")
class CorrectTalkAnswersInput:
    """Left out means: as it is; null empties."""

    talk_id: strawberry.ID = strawberry.field(description="In which talk.")
    care_grade: int | None = strawberry.field(
        default=strawberry.UNSET, description="Pflegegrad, 0 is none."
    )
    payer: Payer | None = strawberry.field(default=strawberry.UNSET, description="Who may pay.")
    uses_relief_amount: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Entlastungsbetrag is used."
    )
    has_integration_assistance: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Eingliederungshilfe is granted."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Which slots.")
class TalkSlotFilter:
    """Conditions hold together; `or` and `not` take more of the same."""

    starts_at_from: datetime | None = strawberry.field(
        default=None, description="That begin at this instant or later."
    )
    starts_at_until: datetime | None = strawberry.field(
        default=None, description="That begin before this instant."
    )
    and_: list["TalkSlotFilter"] | None = strawberry.field(
        default=None, name="and", description="All of these hold too."
    )
    or_: list["TalkSlotFilter"] | None = strawberry.field(
        default=None, name="or", description="At least one of these holds."
    )
    not_: "TalkSlotFilter | None" = strawberry.field(
        default=None, name="not", description="This does not hold."
    )


@disclosed
@strawberry.type(description="Times for talks were offered or withdrawn.")
class TalkSlotsChanged:
    """Read `talkSlots` anew."""

    message: str = strawberry.field(description="What happened.")
    next_step: str = strawberry.field(description="What happens next.")


TalkSlotsPayload = Annotated[
    TalkSlotsChanged | Refusals,
    strawberry.union("TalkSlotsPayload", description="Offered or withdrawn, or a refusal."),
]
