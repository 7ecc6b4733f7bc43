"""Contracts as the graph shows them: terms, who said yes, who carries which duty."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain.contract import (
    CARRIED_BY,
    ContractEnd,
    ContractModel,
    ContractSide,
    Duty,
    bound_until,
)
from domain.contract_state import CONTRACT, ContractState
from domain.contract_step import Progress
from domain.financing.pay import minimum_wage_above
from domain.order import Interval
from domain.user import Payer
from domain.viewer import DelegationKind, Role, Viewer
from models import contract as models
from notifications.language import Language
from schema import words
from schema.action import Action, action
from schema.connection import Connection
from schema.disclosed import disclosed
from schema.district import Activity, activity, codes
from schema.node import Node
from schema.person import Assistant, Seeker
from schema.plan.declare import Scalar
from schema.plan.entity import entity
from schema.plan.field import column, computed, connection, identifier, relation
from schema.printout import Printout, printouts_of
from schema.progress import OF_MATCH, contract_of, contract_sentence, read_contract
from schema.provider import Provider

if TYPE_CHECKING:
    from schema.appointment import Appointment
    from schema.appointment_plan import AppointmentPlan
    from schema.funding import ContractFunding
    from schema.match import Match
    from schema.order import Order

# What binds the seeker: see `for_another` of `services/contract.py` and `services/contract_end.py`.
_LEFT_TO_GUARDIANS = frozenset({"CONSENT_TO_CONTRACT", "END_CONTRACT"})
_Appointment = Annotated["Appointment", strawberry.lazy("schema.appointment")]
_LATEST = "SELECT max(version) FROM contract_consents WHERE contract_id IN (SELECT id FROM {rows})"
_SAID = "SELECT coalesce(string_agg(side || ':' || version, ' '), '') FROM {rows}"


@disclosed
@strawberry.type(description="A duty of a contract's model, and which side carries it.")
class ContractDuty:
    """P2: shown beside both models, so that people can compare."""

    code: Duty = strawberry.field(description="Which duty.")
    label: str = strawberry.field(description="In the reader's language.")
    carried_by: ContractSide = strawberry.field(description="Which side.")
    carried_by_label: str = strawberry.field(description="In the reader's language.")


@cache
def duties(model: ContractModel, language: Language) -> list[ContractDuty]:
    """Every duty of the model."""
    return [
        ContractDuty(
            code=duty,
            label=words.enum("duty", duty, language),
            carried_by=side,
            carried_by_label=words.enum("contract_side", side, language),
        )
        for duty, side in CARRIED_BY[model].items()
    ]


def model_label(model: ContractModel, language: Language) -> str:
    """The model in words."""
    return words.enum("contract_model", model, language)


@disclosed
@strawberry.type(description="Something to think of before a contract is agreed on.")
class ContractWarning:
    """A hint, never a refusal: the portal does not know every case."""

    code: str = strawberry.field(description="Stable, for programs.")
    message: str = strawberry.field(description="What to think of, in the reader's language.")


def warnings(
    model: ContractModel,
    starts_on: date,
    ends_on: date | None,
    hourly_cents: int,
    language: Language,
) -> list[ContractWarning]:
    """P9: a rate below a minimum wage of its time."""
    above = minimum_wage_above(Decimal(hourly_cents) / 100, starts_on, ends_on)
    if above is None:
        return []
    code = f"{'WAGE' if model is ContractModel.EMPLOYER else 'RATE'}_BELOW_MINIMUM"
    begin = max(starts_on, above.valid_from)
    message = words.below_minimum(code, above.value, begin, language)
    return [ContractWarning(code=code, message=message)]


def end_label(end_reason: ContractEnd | None, language: Language) -> str | None:
    """Why it ends, in words."""
    return None if end_reason is None else words.enum("contract_end", end_reason, language)


def bound(model: ContractModel, starts_on: date) -> date | None:
    """See `domain.contract.bound_until`."""
    return bound_until(model, starts_on)


def printouts(id: str, language: Language) -> list[Printout]:
    """Addresses of the page and of the file."""
    return printouts_of("contract", id, language)


def contract_step(
    state: ContractState,
    provider_id: str | None,
    progress: str | None,
    viewer: Viewer,
    language: Language,
) -> str:
    """From the reader's side; `progress` is there as long as it is open."""
    over = Progress(state, by_provider=provider_id is not None)
    known = over if progress is None else read_contract(progress)
    return contract_sentence(known, viewer, language)


def on_behalf(principal_id: str | None) -> bool:
    """Whether somebody said it for another."""
    return principal_id is not None


def counts(
    version: int, latest: int, contract__version: int, contract__state: ContractState
) -> bool:
    """Whether the yes is to the present terms: once agreed on, those of the latest yes."""
    if contract__state is ContractState.WITHDRAWN:
        return False
    terms = contract__version if contract__state is ContractState.DRAFT else latest
    return version == terms


def side_of(viewer: Viewer, assistant_id: str | None, provider_id: str | None) -> str | None:
    """For which side the viewer speaks; None for whoever only comes, and for staff."""
    if viewer.role is Role.SEEKER:
        return ContractSide.SEEKER.value
    party = provider_id or assistant_id
    speaks = viewer.speaks_for if provider_id else viewer.id
    return ContractSide.ACCEPTOR.value if party and str(speaks) == party else None


def available_actions(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    state: ContractState,
    version: int,
    said: str,
    assistant_id: str | None,
    provider_id: str | None,
    viewer: Viewer,
    language: Language,
) -> list[Action]:
    """A party may change and agree to a draft, and end what was agreed on or arrange its dates."""
    side = side_of(viewer, assistant_id, provider_id)
    if side is None:
        return []
    agreed = f"{side}:{version}" in said.split()
    possible = {
        "DRAFT_CONTRACT": state is ContractState.DRAFT,
        "CONSENT_TO_CONTRACT": state is ContractState.DRAFT and not agreed,
        "PROPOSE_APPOINTMENT": state is ContractState.AGREED,
        "PLAN_APPOINTMENTS": state is ContractState.AGREED,
        "END_CONTRACT": state is ContractState.AGREED,
    }
    left = _LEFT_TO_GUARDIANS if _is_relative(viewer) else frozenset[str]()
    roles = CONTRACT.roles("CONSENT_TO_CONTRACT")
    return [
        action(
            code, roles, "NOT_FOR_ANOTHER" if code in left else None if now else "STATE", language
        )
        for code, now in possible.items()
    ]


def _is_relative(viewer: Viewer) -> bool:
    """Whether somebody acts for the seeker without being the guardian."""
    return viewer.acting is not None and viewer.acting.kind is not DelegationKind.GUARDIAN


@entity(models.ContractConsent, "A yes of one side to a contract's terms.")
class ContractConsent:
    """A yes to other terms counts no longer."""

    latest = Scalar("contract", _LATEST)

    id: strawberry.ID | None = identifier("The record's id.")
    side: ContractSide | None = column("Which side.")
    version: int | None = column("To which version of the contract.")
    at: datetime | None = column("When.")
    on_behalf: bool | None = computed(on_behalf, "Whether a guardian said it for the seeker.")
    counts: bool | None = computed(counts, "Whether it is a yes to the present terms.")


@entity(models.Contract, "What both sides of a match agree on.")
class Contract(Node):
    """For the parties, whoever comes, and staff."""

    activity_codes = codes("activities")
    said = Scalar("consents", _SAID)
    progress = contract_of("match", OF_MATCH)

    version: int = column("Pass it as `ifVersion`: it grows with every change of the terms.")
    state: ContractState | None = column("Where it stands.")
    state_label: str | None = computed(words.contract_state, "The state in the reader's language.")
    model: ContractModel | None = column("Who employs.")
    model_label: str | None = computed(model_label, "The model in the reader's language.")
    drafted_by: ContractSide | None = column("Who wrote the present terms.")
    starts_on: date | None = column("The first day.")
    ends_on: date | None = column("The last day; null for a contract without an end.")
    interval: Interval | None = column("What the minutes are counted in.")
    minutes: int | None = column("So many minutes per interval.")
    hourly_cents: int | None = column("What an hour costs, in euro cents.")
    payer: Payer | None = column("Who pays; null while that is unclear.")
    activities: list[Activity] | None = computed(activity, "What is done.", each="activity_codes")
    duties: list[ContractDuty] | None = computed(duties, "Which side carries which duty.")
    warnings: list[ContractWarning] | None = computed(warnings, "What to think of.")
    bound_until: date | None = computed(
        bound, "Employer model: how long a budget binds (§ 29 Abs. 1 Satz 6 SGB IX)."
    )
    consents: list[ContractConsent] | None = relation("Who said yes, oldest first.")
    end_reason: ContractEnd | None = column("Why it ends.")
    end_label: str | None = computed(end_label, "Why it ends, in the reader's language.")
    created_at: datetime | None = column("When it was first written down.")
    agreed_at: datetime | None = column("When the second yes was said.")
    ended_at: datetime | None = column("When it ended.")
    seeker: Seeker | None = relation("Who seeks.")
    assistant: Assistant | None = relation("Who comes, if that is settled.")
    provider: Provider | None = relation("The provider, where it is the party.")
    order: Annotated["Order", strawberry.lazy("schema.order")] | None = relation(
        "The order that led to it."
    )
    match: Annotated["Match", strawberry.lazy("schema.match")] | None = relation(
        "The match that led to it."
    )
    appointments: Connection[_Appointment] | None = connection(
        "Its dates, in the order in which they were proposed."
    )
    plans: list[Annotated["AppointmentPlan", strawberry.lazy("schema.appointment_plan")]] | None = (
        relation("The rules that its dates come from, ended ones too.")
    )
    funding: list[Annotated["ContractFunding", strawberry.lazy("schema.funding")]] | None = (
        relation("What pays for it, the first one first; for the seeker.", order=("place", "id"))
    )
    printouts: list[Printout] | None = computed(printouts, "The contract as it can be printed.")
    available_actions: list[Action] | None = computed(
        available_actions, "What can be done with it."
    )
    next_step: str | None = computed(contract_step, "What happens next, in one sentence.")
