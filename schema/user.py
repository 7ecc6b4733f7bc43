"""Accounts and what customer service records about them, as the graph shows them."""

from datetime import date, datetime

import strawberry

from domain.second_factor import RECOVERY_CODES
from domain.states import ACCOUNT
from domain.talk import next_talk
from domain.user import DocumentKind, Verdict
from domain.viewer import REGISTERING, AccountState, Role
from domain.viewer import Viewer as Asking
from models import user as models
from models.talk import TalkBooking as TalkBookingRow
from notifications.language import Language
from schema import words
from schema.action import Action, action
from schema.district import Municipality
from schema.evidence import checked
from schema.node import Node
from schema.person import Assistant, Seeker
from schema.plan.declare import Computed, Scalar
from schema.plan.entity import entity
from schema.plan.field import column, computed, identifier, relation
from schema.provider import Provider
from schema.talk import Talk, TalkBooking

_OPEN_STEPS = {
    "EMAIL_NOT_CONFIRMED": "EMAIL_NOT_CONFIRMED",
    "TALK_MISSING": "TALK_OPEN",
    "IDENTITY_CHECK_MISSING": "IDENTITY_OPEN",
    "PROOFS_MISSING": "PROOFS_OPEN",
}
_RELEASED_STEPS = {
    Role.ASSISTANT: "RELEASED_ASSISTANT",
    Role.COORDINATOR: "RELEASED_COORDINATOR",
    Role.CUSTOMER_SERVICE: "RELEASED_STAFF",
    Role.ADMINISTRATION: "RELEASED_STAFF",
}


@entity(models.IdentityCheck, "That an identity was checked.")
class IdentityCheck:
    """Kind, day and verdict."""

    id: strawberry.ID | None = identifier("The check's id.")
    document: DocumentKind | None = column("What was presented.")
    verdict: Verdict | None = column("How it ended.")
    checked_on: date | None = column("On which day.")


def email_confirmed(email_confirmed_at: datetime | None) -> bool:
    """Whether the address was proven."""
    return email_confirmed_at is not None


def proofs_hold(assistant__proofs_until: date | None, today: date) -> bool:
    """Whether everything that an assistant has to show was seen and holds today."""
    return checked(assistant__proofs_until, today)


def second_factor(second_factor__version: int | None) -> bool:
    """Whether signing in needs a code."""
    return bool(second_factor__version)


def recovery_codes_left(
    second_factor__version: int | None, second_factor__used_codes: list[int] | None
) -> int | None:
    """How many recovery codes can still be used."""
    if not second_factor__version:
        return None
    return RECOVERY_CODES - len(second_factor__used_codes or ())


def missing(
    role: Role,
    email_confirmed_at: datetime | None,
    talk_done: bool,
    identity_confirmed: bool,
    proofs_hold: bool,
) -> list[str]:
    """What an account still lacks before it can be released, in the order of the way."""
    lacking = {
        "EMAIL_NOT_CONFIRMED": email_confirmed_at is None,
        "TALK_MISSING": role is not Role.COORDINATOR and not talk_done,
        "IDENTITY_CHECK_MISSING": not identity_confirmed,
        "PROOFS_MISSING": role is Role.ASSISTANT and not proofs_hold,
    }
    return [code for code, lacks in lacking.items() if lacks]


def available_actions(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    id: str,
    role: Role,
    state: AccountState,
    missing: list[str],
    talk_at: int | None,
    second_factor: bool,
    viewer: Asking,
    language: Language,
) -> list[Action]:
    """For staff what they record; for the owner, on the way to release, the talk."""
    mine = str(viewer.id) == id
    stopping = _stopping(state, language) if viewer.is_staff and not mine else []
    if second_factor and not mine and viewer.role is Role.ADMINISTRATION:
        stopping.append(action("RESET_SECOND_FACTOR", (Role.ADMINISTRATION,), None, language))
    if role not in REGISTERING:
        return stopping
    if not viewer.is_staff:
        waits = state is AccountState.REGISTERED and "TALK_MISSING" in missing
        return _own_actions(missing, talk_at, language) if waits and mine else []
    record = None if state is AccountState.REGISTERED else "STATE"
    release = record or (missing[0] if missing else None)
    roles = ACCOUNT.roles("RELEASE_ACCOUNT")
    talks = role is not Role.COORDINATOR
    return [
        *([action("RECORD_TALK", roles, record, language)] if talks else []),
        action("RECORD_IDENTITY_CHECK", roles, record, language),
        action("RELEASE_ACCOUNT", roles, release, language),
        *stopping,
    ]


def _stopping(state: AccountState, language: Language) -> list[Action]:
    """The one of both that the state allows."""
    codes = ("SUSPEND_ACCOUNT", "REINSTATE_ACCOUNT")
    return [
        action(code, ACCOUNT.roles(code), None, language)
        for code in codes
        if ACCOUNT.step(code, state) is not None
    ]


def _own_actions(missing: list[str], talk_at: int | None, language: Language) -> list[Action]:
    unproven = "EMAIL_NOT_CONFIRMED" if "EMAIL_NOT_CONFIRMED" in missing else None
    none_yet = "TALK_NOT_BOOKED" if talk_at is None else None
    people = (Role.SEEKER, Role.ASSISTANT)
    return [
        action("BOOK_TALK", people, unproven, language),
        action("CANCEL_TALK", people, none_yet, language),
    ]


def step(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    role: Role,
    state: AccountState,
    missing: list[str],
    talk_at: int | None,
    talk_missed: bool,
    to_call: bool,
) -> str:
    """The code of what happens next with an account."""
    if state is AccountState.REGISTERED:
        if missing[:1] == ["TALK_MISSING"]:
            return next_talk(booked=talk_at is not None, missed=talk_missed, to_call=to_call)
        return _OPEN_STEPS[missing[0]] if missing else "WAITING_FOR_RELEASE"
    if state is AccountState.RELEASED and "PROOFS_MISSING" in missing:
        return "PROOFS_EXPIRED"
    if state is AccountState.RELEASED and role is not Role.SEEKER:
        return _RELEASED_STEPS[role]
    return state.value


def next_step(id: str, step: str, talk_at: int | None, viewer: Asking, language: Language) -> str:
    """From the desk's side for staff, from the own side for everybody else."""
    if viewer.is_staff and str(viewer.id) != id:
        return words.desk_step(step, talk_at, language)
    return words.account_step(step, talk_at, language)


def own_step(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    role: Role | None,
    state: AccountState | None,
    missing: list[str],
    talk_at: int | None,
    talk_missed: bool,
    to_call: bool,
    viewer: Asking,
    language: Language,
) -> str:
    """What the portal expects of whoever is signed in, or of nobody."""
    if role is None or state is None:
        return words.account_step("ANONYMOUS", None, language)
    if viewer.weak:
        return words.account_step("SECOND_FACTOR_OPEN", None, language)
    if viewer.owes:
        return words.account_step("CONSENT_OPEN", None, language)
    code = step(role, state, missing, talk_at, talk_missed, to_call)
    return words.account_step(code, talk_at, language)


def _latest_booking(what: str) -> str:
    newest = f"SELECT {what} FROM {{rows}} AND state <> 'CANCELLED' ORDER BY id DESC LIMIT 1"  # noqa: S608  our own words
    return f"SELECT coalesce(({newest}), false)"


@entity(models.User, "An account: seen by its owner and by staff only.")
class User(Node):
    """How somebody signs in, and how they can be reached."""

    talk_done = Scalar("talks", "SELECT EXISTS (SELECT FROM {rows} AND outcome = 'DONE')")
    identity_confirmed = Scalar(
        "identity_checks",
        "SELECT coalesce("
        "(SELECT verdict = 'CONFIRMED' FROM {rows} ORDER BY id DESC LIMIT 1), false)",
    )
    talk_at = Scalar(
        "talk_bookings",
        "SELECT extract(epoch FROM starts_at)::bigint FROM talk_slots WHERE id ="
        " (SELECT slot_id FROM {rows} AND state = 'BOOKED')",
    )
    talk_missed = Scalar("talk_bookings", _latest_booking("state = 'MISSED'"))
    to_call = Scalar("talk_bookings", _latest_booking("to_call"))
    proofs_hold = Computed(proofs_hold)
    missing = Computed(missing)
    step = Computed(step)

    version: int = column("Pass it as `ifVersion`.")
    role: Role | None = column("What the person is.")
    state: AccountState | None = column("Where the account stands.")
    first_name: str | None = column("First name.")
    last_name: str | None = column("Last name.")
    email: str | None = column("The address for signing in.")
    email_confirmed: bool | None = computed(email_confirmed, "Whether it was confirmed.")
    phone: str | None = column("Landline.")
    mobile: str | None = column("Mobile.")
    street: str | None = column("Street and number.")
    postcode: str | None = column("Postcode.")
    created_at: datetime | None = column("When it was made.")
    role_label: str | None = computed(words.role_label, "The role in the reader's language.")
    state_label: str | None = computed(words.account_state, "The state in the reader's language.")
    municipality: Municipality | None = relation("Where the person lives.")
    seeker: Seeker | None = relation("The profile of somebody who looks for assistance.")
    assistant: Assistant | None = relation("The profile of somebody who offers assistance.")
    provider: Provider | None = relation(
        "The provider a coordinator speaks for.", key="coordinator__provider_id"
    )
    talks: list[Talk] | None = relation("The introductory talks, oldest first.")
    talk_booking: TalkBooking | None = relation(
        "The talk that is booked.", link="talk_bookings", rows=TalkBookingRow.open_ones
    )
    identity_checks: list[IdentityCheck] | None = relation("The identity checks, oldest first.")
    second_factor: bool | None = computed(second_factor, "Whether signing in needs a code.")
    recovery_codes_left: int | None = computed(
        recovery_codes_left, "How many recovery codes can still be used; null without a factor."
    )
    available_actions: list[Action] | None = computed(
        available_actions, "What can be done with the account."
    )
    next_step: str | None = computed(next_step, "What happens next, in one sentence.")


def own_role(viewer: Asking) -> Role:
    """What whoever asks is."""
    return viewer.role


def own_role_label(viewer: Asking, language: Language) -> str:
    """The same in the reader's language."""
    return words.role_label(viewer.role, language)


def needs_second_factor(viewer: Asking) -> bool:
    """Whether nothing can be done before a second factor is set up."""
    return viewer.weak


def owes_consent(viewer: Asking) -> bool:
    """Whether a present text is not agreed to."""
    return viewer.owes


@entity(None, "Who is signed in, and what the portal expects next.")
class Viewer:
    """Anonymous without a session."""

    role: Role = computed(own_role, "What you are.")
    role_label: str = computed(own_role_label, "The role in the reader's language.")
    needs_second_factor: bool = computed(
        needs_second_factor, "Nothing can be done before a second factor is set up."
    )
    owes_consent: bool = computed(
        owes_consent, "Nothing can be changed before the texts of `consents` are agreed to."
    )
    user: User | None = relation("Your account.", key="id")
    next_step: str = computed(own_step, "What happens next, in one sentence.", of="user")
