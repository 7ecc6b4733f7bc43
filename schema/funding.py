"""Funding sources as the graph shows them: terms, how it stands, what was charged to them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import funding_step as rules
from domain.funding import FundingInstrument, FundingPeriod
from domain.funding_balance import KIND, Balance, Spent, balance, calculation
from domain.funding_charge import Budget
from domain.funding_state import EDITABLE, FUNDING, PAYING, FundingState
from domain.funding_step import FundingStep
from domain.funding_warning import FundingWarning, warnings
from domain.statement import LEGAL_BASIS
from domain.user import Payer
from domain.viewer import Role, Viewer
from models import funding as models
from notifications.language import Language, text
from schema import words
from schema.action import Action, action
from schema.calculation import CalculationNote, CalculationStep, steps_of
from schema.connection import Connection
from schema.disclosed import disclosed
from schema.node import Node
from schema.plan.declare import Scalar
from schema.plan.entity import entity
from schema.plan.field import column, computed, connection, identifier, relation

if TYPE_CHECKING:
    from schema.appointment import Appointment
    from schema.person import Seeker

# What was charged, a day per word, the earliest first, and whether hours were paid only in part.
_SPENT = Scalar(
    "charges",
    "SELECT coalesce(string_agg(said, ' ' ORDER BY said), '') FROM (SELECT"
    " concat_ws('|', day, sum(cents), sum(minutes), bool_or(first_minute + minutes < (SELECT"
    " floor(extract(epoch FROM worked_until - worked_from) / 60) FROM appointments"
    " WHERE id = appointment_id))) AS said FROM {rows} GROUP BY day) days",
)
_CHANGES = ("CHANGE_FUNDING", *FUNDING.actions)


@disclosed
@strawberry.type(description="How it stands with a budget today.")
class FundingBalance:
    """Of the present period; for the relief amount of all months that can still be used."""

    period_from: date = strawberry.field(description="The first day of what is looked at.")
    period_until: date | None = strawberry.field(
        description="The last day on which it can be used; null for an open end."
    )
    budget_cents: int | None = strawberry.field(
        description="All that there is, in euro cents; null for hours and without limit."
    )
    budget_minutes: int | None = strawberry.field(description="The same, where it is hours.")
    consumed_cents: int | None = strawberry.field(description="Charged to it, in euro cents.")
    consumed_minutes: int | None = strawberry.field(description="The same, where it is hours.")
    left_cents: int | None = strawberry.field(description="What is left, in euro cents.")
    left_minutes: int | None = strawberry.field(description="The same, where it is hours.")
    used_percent: int = strawberry.field(description="How much is used, rounded down.")
    runs_out_on: date | None = strawberry.field(
        description="The first day that was not paid in full, or the day after the last use where"
        " that took all; before, the day at the pace of the last eight weeks. Null where it lasts"
        " for the period."
    )
    lapsing_cents: int | None = strawberry.field(
        description="Relief amount: what is lost after `lapsesOn`."
    )
    lapses_on: date | None = strawberry.field(description="Relief amount: that day.")
    steps: list[CalculationStep] = strawberry.field(
        description="How that is reckoned, line by line, to be done again."
    )
    warnings: list[CalculationNote] = strawberry.field(
        description="What holds today of what people are told before it is too late."
    )
    disclaimer: str = strawberry.field(description="That this decides nothing.")
    where_to_ask: str = strawberry.field(description="Who advises, and who decides.")
    found: strawberry.Private[Balance]


def legal_basis(paragraph: str | None, payer: Payer, language: Language) -> str:
    """By which law, in words."""
    return paragraph or words.enum("legal_basis", LEGAL_BASIS[payer], language)


def payer_label(payer: Payer, language: Language) -> str:
    """The payer in words."""
    return words.enum("payer", payer, language)


def instrument_label(instrument: FundingInstrument, language: Language) -> str:
    """The benefit in words."""
    return words.enum("funding_instrument", instrument, language)


def state_label(state: FundingState, language: Language) -> str:
    """The state in words."""
    return text(f"states.FUNDING.{state.value}", language)


def next_step(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    state: FundingState,
    valid_from: date,
    valid_until: date | None,
    balance: FundingBalance | None,
    chosen: bool,
    today: date,
    language: Language,
) -> str:
    """What happens next, in one sentence."""
    found = None if balance is None else balance.found
    step = rules.next_step(state, valid_from, valid_until, found, chosen, today)
    renews_on = found.renews_on if found and step is FundingStep.USED_FOR_NOW else None
    return words.funding_step(step, renews_on or valid_from, language)


def available_actions(state: FundingState, viewer: Viewer, language: Language) -> list[Action]:
    """The seeker, or whoever acts for the seeker, keeps them up to date."""
    if viewer.role is not Role.SEEKER:
        return []
    return [
        action(
            code,
            FUNDING.roles("END_FUNDING"),
            None if _possible(code, state) else "STATE",
            language,
        )
        for code in _CHANGES
    ]


def _possible(code: str, state: FundingState) -> bool:
    return state in EDITABLE if code == "CHANGE_FUNDING" else FUNDING.step(code, state) is not None


def balance_of(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    state: FundingState,
    instrument: FundingInstrument,
    cents: int | None,
    minutes: int | None,
    per: FundingPeriod,
    valid_from: date,
    valid_until: date | None,
    paragraph: str | None,
    spent: str,
    today: date,
    language: Language,
) -> FundingBalance | None:
    """Nothing, where it pays for nothing."""
    if state not in PAYING:
        return None
    budget = Budget(instrument, cents, minutes, per, valid_from, valid_until)
    found = balance(budget, _read(spent), today)
    in_cents = not budget.of_minutes
    return FundingBalance(
        period_from=found.opens,
        period_until=None if found.closes == date.max else found.closes,
        budget_cents=found.budget if in_cents else None,
        budget_minutes=None if in_cents else found.budget,
        consumed_cents=found.consumed if in_cents else None,
        consumed_minutes=None if in_cents else found.consumed,
        left_cents=found.left if in_cents else None,
        left_minutes=None if in_cents else found.left,
        used_percent=found.percent,
        runs_out_on=found.runs_out_on,
        lapsing_cents=found.lapsing if found.lapses_on else None,
        lapses_on=found.lapses_on,
        steps=steps_of(calculation(found, budget, today, paragraph or ""), language),
        warnings=[_warning(kind, language) for kind in warnings(state, budget, found, today)],
        disclaimer=text("financing.disclaimer.ALL", language),
        where_to_ask=text(f"financing.where_to_ask.{KIND}", language),
        found=found,
    )


def _warning(kind: FundingWarning, language: Language) -> CalculationNote:
    """In the words of the news about it."""
    said = text(f"mails.funding_{kind.value.lower()}.in_app", language)
    return CalculationNote(code=kind.value, text=said)


def _read(spent: str) -> list[Spent]:
    rows = [word.split("|") for word in spent.split()]
    return [
        Spent(date.fromisoformat(day), int(cents), int(minutes), short == "t")
        for day, cents, minutes, short in rows
    ]


@entity(models.FundingCharge, "Minutes of a confirmed appointment that a source pays for.")
class FundingCharge:
    """No minute is paid for twice."""

    id: strawberry.ID | None = identifier("The line's id.")
    day: date | None = column("The day on which the appointment began.")
    minutes: int | None = column("So many minutes.")
    cents: int | None = column("What they cost, in euro cents.")
    payer: Payer | None = column("Who pays.")
    legal_basis: str | None = computed(legal_basis, "By which law.")
    appointment: Annotated["Appointment", strawberry.lazy("schema.appointment")] | None = relation(
        "The appointment."
    )


@entity(models.ContractFunding, "That a source pays for a contract's confirmed hours.")
class ContractFunding:
    """For whoever sees the source."""

    place: int | None = column("The first one pays first.")
    source: Annotated["FundingSource", strawberry.lazy("schema.funding")] | None = relation(
        "What pays."
    )


@entity(models.FundingSource, "Who pays for assistance, by which law, and how much: health data.")
class FundingSource(Node):
    """For the seeker, whoever acts for the seeker, and staff."""

    spent = _SPENT
    chosen = Scalar("contracts", "SELECT EXISTS (SELECT FROM {rows})")

    version: int = column("Pass it as `ifVersion`.")
    state: FundingState | None = column("Where it stands.")
    state_label: str | None = computed(state_label, "The state in the reader's language.")
    instrument: FundingInstrument | None = column("What kind of benefit.")
    instrument_label: str | None = computed(instrument_label, "The same in words.")
    payer: Payer | None = column("Who pays.")
    payer_label: str | None = computed(payer_label, "The same in words.")
    legal_basis: str | None = computed(legal_basis, "By which law.")
    cents: int | None = column("So many euro cents per period; null for hours, see `balance`.")
    minutes: int | None = column("So many minutes per period; null for an amount.")
    per: FundingPeriod | None = column("The period.")
    valid_from: date | None = column("The first day.")
    valid_until: date | None = column("The last day; null for an open end.")
    applied_on: date | None = column("When it was applied for.")
    approved_on: date | None = column("When it was approved.")
    created_at: datetime | None = column("When it was first written down.")
    balance: FundingBalance | None = computed(
        balance_of, "How it stands today; null where it pays for nothing."
    )
    charges: Connection[FundingCharge] | None = connection(
        "What was charged to it, line by line with the legal basis."
    )
    seeker: Annotated["Seeker", strawberry.lazy("schema.person")] | None = relation(
        "On whose file it stands."
    )
    available_actions: list[Action] | None = computed(
        available_actions, "What can be done with it."
    )
    next_step: str | None = computed(next_step, "What happens next, in one sentence.")
