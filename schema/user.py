"""Accounts and what customer service records about them, as the graph shows them."""

from datetime import date, datetime

import strawberry

from domain.second_factor import RECOVERY_CODES
from domain.user import DocumentKind, Verdict
from domain.viewer import AccountState, DelegationKind, Role
from domain.viewer import Viewer as Asking
from models import user as models
from models.talk import TalkBooking as TalkBookingRow
from notifications.language import Language
from schema import words
from schema.action import Action
from schema.district import Municipality
from schema.node import Node
from schema.person import Assistant, Seeker
from schema.plan.declare import Computed, Scalar
from schema.plan.entity import entity
from schema.plan.field import column, computed, identifier, relation
from schema.provider import Provider
from schema.talk import Talk, TalkBooking
from schema.user_way import (
    available_actions,
    by_letter,
    email_confirmed,
    has_place,
    missing,
    next_step,
    own_step,
    proofs_hold,
    step,
)


@entity(models.IdentityCheck, "That an identity was checked.")
class IdentityCheck:
    """Kind, day and verdict."""

    id: strawberry.ID | None = identifier("The check's id.")
    document: DocumentKind | None = column("What was presented.")
    verdict: Verdict | None = column("How it ended.")
    checked_on: date | None = column("On which day.")


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
    applied = Scalar(
        "applications",
        "SELECT EXISTS (SELECT FROM {rows} AND state IN ('PREPARED', 'INVITED', 'WAITING'))",
    )
    proofs_hold = Computed(proofs_hold)
    has_place = Computed(has_place)
    by_letter = Computed(by_letter)
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
    language: str | None = column("In which language mails are written, a BCP 47 tag.")
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


def acts_as(viewer: Asking) -> DelegationKind | None:
    """Why whoever asks acts for another."""
    return viewer.acting.kind if viewer.acting else None


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
    acts_as: DelegationKind | None = computed(
        acts_as, "Why you act for another, whose account `user` is; null if you do not."
    )
    user: User | None = relation("Your account.", key="id")
    next_step: str = computed(own_step, "What happens next, in one sentence.", of="user")
