"""Accounts and what customer service records about them, as the graph shows them."""

from datetime import date, datetime

import strawberry

from domain.states import ACCOUNT
from domain.user import DocumentKind, Payer, TalkChannel, TalkOutcome, Verdict
from domain.viewer import AccountState, Role
from domain.viewer import Viewer as Asking
from models import user as models
from notifications.language import Language
from schema import words
from schema.action import Action, action
from schema.district import Municipality
from schema.node import Node
from schema.person import Assistant, Seeker
from schema.plan.declare import Computed, Scalar
from schema.plan.entity import entity
from schema.plan.field import column, computed, identifier, relation
from schema.provider import Provider

_OPEN_STEPS = {
    "EMAIL_NOT_CONFIRMED": "EMAIL_NOT_CONFIRMED",
    "TALK_MISSING": "TALK_OPEN",
    "IDENTITY_CHECK_MISSING": "IDENTITY_OPEN",
}
_RELEASED_STEPS = {
    Role.ASSISTANT: "RELEASED_ASSISTANT",
    Role.COORDINATOR: "RELEASED_COORDINATOR",
    Role.CUSTOMER_SERVICE: "RELEASED_STAFF",
    Role.ADMINISTRATION: "RELEASED_STAFF",
}


@entity(models.TalkAnswer, "What was said in a talk: health data, for the person and staff.")
class TalkAnswers:
    """Minimal on purpose."""

    care_grade: int | None = column("Pflegegrad, 0 is none.")
    payer: Payer | None = column("Who may pay.")
    uses_relief_amount: bool | None = column("Entlastungsbetrag is used.")
    has_integration_assistance: bool | None = column("Eingliederungshilfe is granted.")


@entity(models.Talk, "An introductory talk.")
class Talk:
    """Recorded by customer service."""

    id: strawberry.ID | None = identifier("The talk's id.")
    channel: TalkChannel | None = column("How it was held.")
    outcome: TalkOutcome | None = column("How it ended.")
    held_at: datetime | None = column("When.")
    answers: TalkAnswers | None = relation("What was said.")


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


def missing(
    email_confirmed_at: datetime | None, talk_done: bool, identity_confirmed: bool
) -> list[str]:
    """What an account still lacks before it can be released, in the order of the way."""
    lacking = {
        "EMAIL_NOT_CONFIRMED": email_confirmed_at is None,
        "TALK_MISSING": not talk_done,
        "IDENTITY_CHECK_MISSING": not identity_confirmed,
    }
    return [code for code, lacks in lacking.items() if lacks]


def available_actions(
    role: Role, state: AccountState, missing: list[str], viewer: Asking, language: Language
) -> list[Action]:
    """For staff; the owner has none here yet."""
    if not viewer.is_staff or role not in (Role.SEEKER, Role.ASSISTANT):
        return []
    record = None if state is AccountState.REGISTERED else "STATE"
    release = record or (missing[0] if missing else None)
    roles = ACCOUNT.roles("RELEASE_ACCOUNT")
    return [
        action("RECORD_TALK", roles, record, language),
        action("RECORD_IDENTITY_CHECK", roles, record, language),
        action("RELEASE_ACCOUNT", roles, release, language),
    ]


def step(role: Role, state: AccountState, missing: list[str]) -> str:
    """The code of what happens next with an account."""
    if state is AccountState.REGISTERED:
        return _OPEN_STEPS[missing[0]] if missing else "WAITING_FOR_RELEASE"
    if state is AccountState.RELEASED and role is not Role.SEEKER:
        return _RELEASED_STEPS[role]
    return state.value


def next_step(id: str, step: str, viewer: Asking, language: Language) -> str:
    """From the desk's side for staff, from the own side for everybody else."""
    if viewer.is_staff and str(viewer.id) != id:
        return words.desk_step(step, language)
    return words.account_step(step, language)


def own_step(
    role: Role | None, state: AccountState | None, missing: list[str], language: Language
) -> str:
    """What the portal expects of whoever is signed in, or of nobody."""
    code = "ANONYMOUS" if role is None or state is None else step(role, state, missing)
    return words.account_step(code, language)


@entity(models.User, "An account: seen by its owner and by staff only.")
class User(Node):
    """How somebody signs in, and how they can be reached."""

    talk_done = Scalar("talks", "SELECT EXISTS (SELECT FROM {rows} AND outcome = 'DONE')")
    identity_confirmed = Scalar(
        "identity_checks",
        "SELECT coalesce("
        "(SELECT verdict = 'CONFIRMED' FROM {rows} ORDER BY id DESC LIMIT 1), false)",
    )
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
    identity_checks: list[IdentityCheck] | None = relation("The identity checks, oldest first.")
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


@entity(None, "Who is signed in, and what the portal expects next.")
class Viewer:
    """Anonymous without a session."""

    role: Role = computed(own_role, "What you are.")
    role_label: str = computed(own_role_label, "The role in the reader's language.")
    user: User | None = relation("Your account.", key="id")
    next_step: str = computed(own_step, "What happens next, in one sentence.", of="user")
