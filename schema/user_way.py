"""How far an account has come: what it lacks, what can be done with it, what happens next."""

from datetime import date, datetime
from uuid import UUID

from domain import provider as rules
from domain.states import ACCOUNT
from domain.talk import needs_talk, next_talk
from domain.user import Employment
from domain.viewer import REGISTERING, AccountState, Role, Viewer
from notifications.language import Language
from schema import words
from schema.action import Action, action
from schema.evidence import checked

_OPEN_STEPS = {
    "EMAIL_NOT_CONFIRMED": "EMAIL_NOT_CONFIRMED",
    "TALK_MISSING": "TALK_OPEN",
    "IDENTITY_CHECK_MISSING": "IDENTITY_OPEN",
    "PROVIDER_MISSING": "PROVIDER_OPEN",
    "PROOFS_MISSING": "PROOFS_OPEN",
}
_RUNNING = (AccountState.REGISTERED, AccountState.RELEASED)
_APPLICANTS = (Role.ASSISTANT, Role.COORDINATOR)
_RELEASED_STEPS = {
    Role.ASSISTANT: "RELEASED_ASSISTANT",
    Role.COORDINATOR: "RELEASED_COORDINATOR",
    Role.CUSTOMER_SERVICE: "RELEASED_STAFF",
    Role.ADMINISTRATION: "RELEASED_STAFF",
}


def email_confirmed(email: str | None, email_confirmed_at: datetime | None) -> bool | None:
    """Whether the address was proven."""
    return None if email is None else email_confirmed_at is not None


def proofs_hold(assistant__proofs_until: date | None, today: date) -> bool:
    """Whether everything that an assistant has to show was seen and holds today."""
    return checked(assistant__proofs_until, today)


def has_place(
    role: Role,
    assistant__employment: Employment | None,
    assistant__provider_id: UUID | None,
    coordinator__provider_id: UUID | None,
) -> bool:
    """Whether a provider has said yes to somebody who works or speaks for one."""
    speaks = role is Role.COORDINATOR
    provider_id = coordinator__provider_id if speaks else assistant__provider_id
    return rules.has_place(role, assistant__employment, provider_id)


def by_letter(email: str | None) -> bool:
    """Whether somebody has no address that a mail could confirm."""
    return email is None


def missing(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    role: Role,
    email_confirmed_at: datetime | None,
    talk_done: bool,
    identity_confirmed: bool,
    has_place: bool,
    proofs_hold: bool,
) -> list[str]:
    """What an account still lacks before it can be released, in the order of the way."""
    lacking = {
        "EMAIL_NOT_CONFIRMED": email_confirmed_at is None,
        "TALK_MISSING": needs_talk(role) and not talk_done,
        "IDENTITY_CHECK_MISSING": not identity_confirmed,
        "PROVIDER_MISSING": not has_place,
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
    viewer: Viewer,
    language: Language,
) -> list[Action]:
    """For staff what they record; for the owner the talk, and looking for a provider."""
    mine = str(viewer.id) == id
    stopping = _stopping(state, language) if viewer.is_staff and not mine else []
    if second_factor and not mine and viewer.role is Role.ADMINISTRATION:
        stopping.append(action("RESET_SECOND_FACTOR", (Role.ADMINISTRATION,), None, language))
    if role not in REGISTERING:
        return stopping
    if not viewer.is_staff:
        return _own_actions(state, missing, talk_at, language) if mine else []
    record = None if state is AccountState.REGISTERED else "STATE"
    release = record or (missing[0] if missing else None)
    roles = ACCOUNT.roles("RELEASE_ACCOUNT")
    return [
        *([action("RECORD_TALK", roles, record, language)] if needs_talk(role) else []),
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


def _own_actions(
    state: AccountState, missing: list[str], talk_at: int | None, language: Language
) -> list[Action]:
    waits = state is AccountState.REGISTERED and "TALK_MISSING" in missing
    talks = _talk_actions(missing, talk_at, language) if waits else []
    if "PROVIDER_MISSING" not in missing or state not in _RUNNING:
        return talks
    return [*talks, action("ATTACH_TO_PROVIDER", _APPLICANTS, None, language)]


def _talk_actions(missing: list[str], talk_at: int | None, language: Language) -> list[Action]:
    unproven = "EMAIL_NOT_CONFIRMED" if "EMAIL_NOT_CONFIRMED" in missing else None
    none_yet = "TALK_NOT_BOOKED" if talk_at is None else None
    people = (Role.SEEKER, Role.ASSISTANT)
    return [
        action("BOOK_TALK", people, unproven, language),
        action("CANCEL_TALK", people, none_yet, language),
    ]


def step(  # noqa: PLR0911, PLR0913, PLR0917  a parameter per value of the row
    role: Role,
    state: AccountState,
    missing: list[str],
    talk_at: int | None,
    talk_missed: bool,
    to_call: bool,
    applied: bool,
    by_letter: bool,
) -> str:
    """The code of what happens next with an account."""
    if by_letter and "EMAIL_NOT_CONFIRMED" in missing and state is AccountState.REGISTERED:
        return "PHONE_CODE_OPEN"
    if "PROVIDER_MISSING" in missing[:1] and state in _RUNNING:
        return "PROVIDER_WAITING" if applied else "PROVIDER_OPEN"
    if role is Role.REPRESENTATIVE and state in _RUNNING:
        return missing[0] if "EMAIL_NOT_CONFIRMED" in missing else "REPRESENTING"
    if state is AccountState.REGISTERED and missing[:1] == ["TALK_MISSING"]:
        return next_talk(booked=talk_at is not None, missed=talk_missed, to_call=to_call)
    if state is AccountState.REGISTERED:
        return _OPEN_STEPS[missing[0]] if missing else "WAITING_FOR_RELEASE"
    if state is AccountState.RELEASED and "PROOFS_MISSING" in missing:
        return "PROOFS_EXPIRED"
    if state is AccountState.RELEASED and role is not Role.SEEKER:
        return _RELEASED_STEPS[role]
    return state.value


def next_step(id: str, step: str, talk_at: int | None, viewer: Viewer, language: Language) -> str:
    """From the desk's side for staff, from the own side for everybody else."""
    if viewer.is_staff and str(viewer.id) != id:
        return words.desk_step(step, talk_at, language)
    own = str(viewer.id) == id
    return words.account_step((own and _first(viewer)) or step, talk_at, language)


def _first(viewer: Viewer) -> str | None:
    """What whoever is signed in has to do before anything else."""
    if viewer.weak:
        return "SECOND_FACTOR_OPEN"
    return "CONSENT_OPEN" if viewer.owes else None


def own_step(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    role: Role | None,
    state: AccountState | None,
    missing: list[str],
    talk_at: int | None,
    talk_missed: bool,
    to_call: bool,
    applied: bool,
    by_letter: bool,
    viewer: Viewer,
    language: Language,
) -> str:
    """What the portal expects of whoever is signed in, or of nobody."""
    if role is None or state is None:
        return words.account_step("ANONYMOUS", None, language)
    if first := _first(viewer):
        return words.account_step(first, None, language)
    code = step(role, state, missing, talk_at, talk_missed, to_call, applied, by_letter)
    return words.account_step(code, talk_at, language)
