"""What a client says about contracts, and what it is answered."""

from datetime import date
from typing import Annotated

import strawberry

from domain.contract import ContractEnd, ContractModel, Terms
from domain.contract_state import ContractState
from domain.order import Interval
from domain.user import Payer
from schema.contract import Contract
from schema.order_input import KEY
from schema.refusal import Refusals


@strawberry.input(description="The terms of a contract, written down for the first time or anew.")
class DraftContractInput:
    """A change voids what was agreed to before."""

    match_id: strawberry.ID = strawberry.field(description="The match that led to it.")
    model: ContractModel = strawberry.field(description="Who employs.")
    starts_on: date = strawberry.field(description="The first day.")
    ends_on: date | None = strawberry.field(
        default=None, description="The last day, if there shall be one."
    )
    interval: Interval = strawberry.field(description="What the minutes are counted in.")
    minutes: int = strawberry.field(description="So many minutes per interval.")
    hourly_cents: int = strawberry.field(description="What an hour costs, in euro cents.")
    payer: Payer | None = strawberry.field(
        default=None, description="Who pays; leave it out while that is unclear."
    )
    activities: list[str] = strawberry.field(description="Codes; of those that the order names.")
    if_version: int | None = strawberry.field(
        default=None, description="Of a draft that is changed: refused as stale otherwise."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def terms(self) -> Terms:
        """As the rules take them."""
        return Terms(
            model=self.model,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            interval=self.interval,
            minutes=self.minutes,
            hourly_cents=self.hourly_cents,
            payer=self.payer,
            activities=frozenset(self.activities),
        )


@strawberry.input(description="A yes to the terms that were read.")
class ConsentToContractInput:
    """Nobody agrees to terms that were changed meanwhile."""

    contract_id: strawberry.ID = strawberry.field(description="Which one.")
    if_version: int = strawberry.field(description="The version that was read.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A contract shall end.")
class EndContractInput:
    """Today at the earliest."""

    contract_id: strawberry.ID = strawberry.field(description="Which one.")
    ends_on: date = strawberry.field(
        description="The last day; the contract holds until it is over."
    )
    reason: ContractEnd = strawberry.field(description="Why.")
    if_version: int | None = strawberry.field(
        default=None, description="Refused as stale unless this is the present version."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Which contracts.")
class ContractFilter:
    """Conditions hold together; `or` and `not` take more of the same."""

    state: list[ContractState] | None = strawberry.field(
        default=None, description="In one of these states."
    )
    order_id: strawberry.ID | None = strawberry.field(default=None, description="Of this order.")
    and_: list["ContractFilter"] | None = strawberry.field(
        default=None, name="and", description="All of these hold too."
    )
    or_: list["ContractFilter"] | None = strawberry.field(
        default=None, name="or", description="At least one of these holds."
    )
    not_: "ContractFilter | None" = strawberry.field(
        default=None, name="not", description="This does not hold."
    )


ContractPayload = Annotated[
    Contract | Refusals,
    strawberry.union("ContractPayload", description="The contract as it is now, or a refusal."),
]
