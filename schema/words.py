"""The texts that types show: one function per kind of text, all from the catalogue."""

from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from domain.appointment_state import AppointmentState
from domain.contract_state import FIRST_CONSENT, LAST_DAY_SAID, ContractState
from domain.dates import BERLIN
from domain.evidence import EvidenceKind
from domain.financing.parameter import Unit
from domain.matching.band import Bound
from domain.meeting import MeetingKind, MeetingNote, MeetingSide
from domain.notification import Channel, NotificationTopic
from domain.states import (
    ApplicationState,
    BookingState,
    DelegationState,
    MatchState,
    MeetingState,
    NominationState,
    OrderState,
)
from domain.viewer import AccountState, DelegationKind, Role, Viewer
from models.message import MessageState
from notifications.calculation import quantity
from notifications.language import Language, labels, text
from notifications.moment import day_in_words, in_words


def activity(code: str, language: Language) -> str:
    """An activity's label."""
    return text(f"activities.activities.{code}", language)


def quality(code: str, language: Language) -> str:
    """A quality's label."""
    return text(f"qualities.qualities.{code}", language)


def quality_group(code: str, language: Language) -> str:
    """The label of a group of qualities."""
    return text(f"qualities.groups.{code}", language)


def group(code: str, language: Language) -> str:
    """The label of a group of activities."""
    return text(f"activities.groups.{code}", language)


def enum(section: str, value: Enum | str, language: Language) -> str:
    """The label of an enum's value."""
    code = value.value if isinstance(value, Enum) else value
    return text(f"enums.{section}.{code}", language)


def wish(verdict: str, label: str, language: Language) -> str:
    """Whether a wish is met, in one sentence."""
    return text(f"enums.wish.{verdict}", language, label=label)


def at_odds(pair: tuple[str, str], language: Language) -> str:
    """That hardly anybody has both of two qualities."""
    one, other = (quality(code, language) for code in pair)
    return text("enums.at_odds.MUST", language, one=one, other=other)


def number(count: int, bound: Bound, language: Language) -> str:
    """A number as it may be told."""
    return text(f"enums.number.{bound.value}", language, count=count)


def hint(kind: Enum, label: str, more: str, language: Language) -> str:
    """What asking for less would help, in one sentence."""
    return text(f"enums.hint_kind.{kind.value}", language, label=label, more=more)


def below_minimum(code: str, wage: Decimal, begin: date, language: Language) -> str:
    """From when on a contract's rate is below which minimum wage."""
    said = quantity(wage, Unit.EUR_PER_HOUR, language)
    day = day_in_words(begin, language)
    return text(f"enums.contract_warning.{code}", language, day=day, wage=said)


def account_state(state: AccountState, language: Language) -> str:
    """The label of an account's state."""
    return text(f"states.ACCOUNT.{state.value}", language)


def order_state(state: OrderState, language: Language) -> str:
    """The label of an order's state."""
    return text(f"states.ORDER.{state.value}", language)


def match_state(state: MatchState, language: Language) -> str:
    """The label of a match's state."""
    return text(f"states.MATCH.{state.value}", language)


def booking_state(state: BookingState, language: Language) -> str:
    """The label of a booking's state."""
    return text(f"states.TALK.{state.value}", language)


def application_state(state: ApplicationState, language: Language) -> str:
    """The label of an application's state."""
    return text(f"states.APPLICATION.{state.value}", language)


def nomination_state(state: NominationState, language: Language) -> str:
    """The label of a nomination's state."""
    return text(f"states.NOMINATION.{state.value}", language)


def contract_state(state: ContractState, language: Language) -> str:
    """The label of a contract's state."""
    return text(f"states.CONTRACT.{state.value}", language)


def appointment_state(state: AppointmentState, language: Language) -> str:
    """The label of an appointment's state."""
    return text(f"states.APPOINTMENT.{state.value}", language)


def appointment_step(code: str, language: Language) -> str:
    """What happens next with an appointment."""
    return text(f"next_steps.APPOINTMENT.{code}", language)


def contract_step(code: str, reader: str, until: date | None, language: Language) -> str:
    """What happens next with a contract, as its seeker, its acceptor or somebody else reads it."""
    day = "" if until is None else day_in_words(until, language)
    return text(f"next_steps.CONTRACT.{code}.{reader}", language, day=day)


def funding_step(code: str, day: date, language: Language) -> str:
    """What happens next with a funding source; `day` is the first one on which it pays (again)."""
    return text(f"next_steps.FUNDING.{code}", language, day=day_in_words(day, language))


def channel(channel: Channel, language: Language) -> str:
    """The label of a way to a person."""
    return enum("channel", channel, language)


def message_state(state: MessageState, language: Language) -> str:
    """How far a message has come."""
    return enum("message_state", state, language)


def notification_topic(topic: NotificationTopic, language: Language) -> str:
    """The label of what news is about."""
    return enum("notification_topic", topic, language)


def delegation_kind(kind: DelegationKind, language: Language) -> str:
    """Why somebody acts for another."""
    return enum("delegation_kind", kind, language)


def delegation_state(state: DelegationState, language: Language) -> str:
    """The label of a delegation's state."""
    return text(f"states.DELEGATION.{state.value}", language)


def meeting_kind(kind: MeetingKind, language: Language) -> str:
    """The label of what people meet for."""
    return enum("meeting_kind", kind, language)


def meeting_side(side: MeetingSide, language: Language) -> str:
    """The label of as what somebody comes to a meeting."""
    return enum("meeting_side", side, language)


def meeting_state(state: MeetingState, language: Language) -> str:
    """The label of a meeting's state."""
    return text(f"states.MEETING.{state.value}", language)


def meeting_step(code: str, starts_at: datetime | None, language: Language) -> str:
    """What happens next with a meeting."""
    moment = "" if starts_at is None else in_words(starts_at.astimezone(BERLIN), language)
    return text(f"next_steps.MEETING.{code}", language, moment=moment)


def evidence_kind(kind: EvidenceKind, language: Language) -> str:
    """The label of a kind of proof."""
    return enum("evidence_kind", kind, language)


def role_label(role: Role, language: Language) -> str:
    """The label of a role."""
    return enum("role", role, language)


def action(code: str, language: Language) -> str:
    """The text on a button."""
    return text(f"actions.{code}.label", language)


def blocked(reason: str, language: Language) -> str:
    """Why a button cannot be pressed now."""
    return text(f"actions.blocked.{reason}", language)


def account_step(code: str, talk_at: int | None, language: Language) -> str:
    """What happens next with an account, in one sentence."""
    return text(f"next_steps.ACCOUNT.{code}", language, moment=moment(talk_at, language))


def desk_step(code: str, talk_at: int | None, language: Language) -> str:
    """What customer service does next with somebody's account."""
    key = f"next_steps.DESK.{code}"
    found = key if key in labels(language) else "next_steps.DESK.OTHER"
    return text(found, language, moment=moment(talk_at, language))


def moment(seconds: int | None, language: Language) -> str:
    """An instant, in seconds since 1970, on the district's clocks; nothing for none."""
    return "" if seconds is None else in_words(datetime.fromtimestamp(seconds, BERLIN), language)


def order_step(state: OrderState, viewer: Viewer, language: Language) -> str:
    """What happens next with an order, from the reader's side."""
    side = "owner" if viewer.role is Role.SEEKER else "acceptor"
    return text(f"next_steps.ORDER.{state.value}.{side}", language)


def match_step(code: str, reader: str, language: Language) -> str:
    """What happens next with a match, from the reader's side.

    A nominee and the provider of an assistant read what acceptors read, unless it is not true for
    them.
    """
    key = f"next_steps.MATCH.{code}.{reader}"
    return text(key if key in labels(language) else f"next_steps.MATCH.{code}.acceptor", language)


def onlooker_step(language: Language) -> str:
    """What staff reads of what two sides do with each other."""
    return text("next_steps.MATCH.ONLOOKER", language)


def step_state(machine: str, target: str, language: Language) -> str:
    """The label of the state that a step has led to."""
    return text(f"states.{machine}.{target}", language)


# What was pressed, where it has another name.
_BUTTONS = {
    FIRST_CONSENT: "CONSENT_TO_CONTRACT",
    LAST_DAY_SAID: "END_CONTRACT",
    MeetingNote.COUNTER_MEETING: "MOVE_MEETING",
}


def step_label(machine: str, action: str, target: str, language: Language) -> str:
    """What was done: the text on the button, or where it stands if there is none."""
    key = f"actions.{_BUTTONS.get(action, action)}.label"
    return text(key, language) if key in labels(language) else step_state(machine, target, language)


def step_sentence(
    machine: str, action: str, target: str, on_behalf: bool, language: Language
) -> str:
    """What happened; a step without a sentence of its own says how its subject stands now."""
    key = f"timeline.{machine}.{action}"
    said = (
        text(key, language)
        if key in labels(language)
        else text(
            "timeline.OTHER",
            language,
            subject=enum("subject", machine, language),
            state=step_state(machine, target, language),
        )
    )
    return f"{said} {text('timeline.FOR_SEEKER', language)}" if on_behalf else said
