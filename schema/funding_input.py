"""What a client says about funding sources, and what it is answered."""

from datetime import date
from typing import Annotated

import strawberry

from domain.funding import FundingInstrument, FundingPeriod, FundingTerms
from domain.funding_state import FundingState
from domain.user import Payer
from schema.funding import FundingSource
from schema.order_input import KEY
from schema.refusal import Refusals

_VERSION = "Refused as stale unless this is the present version."


@strawberry.input(description="What a source pays.")
class FundingTermsInput:
    """Either an amount or hours; the relief amount and private payment need neither."""

    instrument: FundingInstrument = strawberry.field(description="What kind of benefit.")
    payer: Payer | None = strawberry.field(
        default=None, description="Who pays; needed for a Persönliches Budget."
    )
    cents: int | None = strawberry.field(default=None, description="So many euro cents per period.")
    minutes: int | None = strawberry.field(default=None, description="So many minutes per period.")
    per: FundingPeriod = strawberry.field(
        default=FundingPeriod.MONTH, description="The period; the relief amount is per month."
    )
    valid_from: date = strawberry.field(description="The first day.")
    valid_until: date | None = strawberry.field(
        default=None, description="The last day, if there is one."
    )
    applied_on: date | None = strawberry.field(default=None, description="When it was applied for.")

    def said(self) -> FundingTerms:
        """As the rules take them."""
        return FundingTerms(
            instrument=self.instrument,
            payer=self.payer,
            cents=self.cents,
            minutes=self.minutes,
            per=self.per,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            applied_on=self.applied_on,
        )


@strawberry.input(description="A source is written down.")
class RecordFundingSourceInput:
    """With `approvedOn` it pays at once."""

    terms: FundingTermsInput = strawberry.field(description="What it pays.")
    approved_on: date | None = strawberry.field(
        default=None, description="When it was approved; left out while that is waited for."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A source is written down anew.")
class ChangeFundingSourceInput:
    """What was charged is reckoned again."""

    funding_source_id: strawberry.ID = strawberry.field(description="Which one.")
    terms: FundingTermsInput = strawberry.field(description="What it pays; all of it.")
    if_version: int | None = strawberry.field(default=None, description=_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A source was approved.")
class ApproveFundingSourceInput:
    """It pays for hours of its days, earlier ones too."""

    funding_source_id: strawberry.ID = strawberry.field(description="Which one.")
    approved_on: date = strawberry.field(description="When; today at the latest.")
    if_version: int | None = strawberry.field(default=None, description=_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A source will not pay.")
class CloseFundingSourceInput:
    """Only while it is applied for."""

    funding_source_id: strawberry.ID = strawberry.field(description="Which one.")
    if_version: int | None = strawberry.field(default=None, description=_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A source has ended.")
class EndFundingSourceInput:
    """It goes on paying for hours until its last day."""

    funding_source_id: strawberry.ID = strawberry.field(description="Which one.")
    ends_on: date = strawberry.field(description="Its last day; today at the latest.")
    if_version: int | None = strawberry.field(default=None, description=_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Which sources pay for a contract's confirmed hours.")
class FundContractInput:
    """What they do not cover, nobody is said to pay."""

    contract_id: strawberry.ID = strawberry.field(description="Of which contract.")
    funding_source_ids: list[strawberry.ID] = strawberry.field(
        description="The first one pays first, ten at most; none to charge nothing any more."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Which funding sources.")
class FundingSourceFilter:
    """Conditions hold together; `or` and `not` take more of the same."""

    state: list[FundingState] | None = strawberry.field(
        default=None, description="In one of these states."
    )
    instrument: list[FundingInstrument] | None = strawberry.field(
        default=None, description="One of these benefits."
    )
    seeker_id: strawberry.ID | None = strawberry.field(
        default=None, description="On the file of this person, for staff."
    )
    and_: list["FundingSourceFilter"] | None = strawberry.field(
        default=None, name="and", description="All of these hold too."
    )
    or_: list["FundingSourceFilter"] | None = strawberry.field(
        default=None, name="or", description="At least one of these holds."
    )
    not_: "FundingSourceFilter | None" = strawberry.field(
        default=None, name="not", description="This does not hold."
    )


FundingSourcePayload = Annotated[
    FundingSource | Refusals,
    strawberry.union("FundingSourcePayload", description="The source as it is now, or a refusal."),
]
