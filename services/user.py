"""Use cases of accounts: signing in and out, and the way to release."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.consent import owed
from domain.dates import refusals
from domain.errors import (
    ConsentsMissing,
    CredentialsRefused,
    DateInFuture,
    DomainError,
    EmailNotConfirmed,
    IdentityCheckMissing,
    NotForAnother,
    NotFound,
    ProofsMissing,
    ProviderMissing,
    SignInSuspended,
    SignInUnconfirmed,
    StateRefused,
    TalkMissing,
)
from domain.permissions import demand_role, demand_signed_in
from domain.provider import has_place
from domain.states import ACCOUNT
from domain.talk import needs_talk
from domain.text import one_spelling
from domain.user import DocumentKind, TalkOutcome, Verdict
from domain.viewer import ANONYMOUS, REGISTERING, STAFF, AccountState, Role, Viewer
from models.consent import Consent
from models.provider import Coordinator
from models.session import Session
from models.talk import Talk
from models.user import Assistant, IdentityCheck, User
from notifications.message import MailKind, announce
from services import clock
from services.answer import canonical
from services.gate import Gate
from services.limiter import begin_sign_in, may_repeat_sign_in, sign_in_succeeded
from services.password import hash_password, verify_password
from services.second_factor import prove
from services.session import open_session, revoke_all_sessions, revoke_session
from services.suspension import account_changed
from services.transition import transition
from services.use_case import UNTOLD, Aside, Kept, kept_answer, unasked, use_case

_MAY_SIGN_IN = (AccountState.REGISTERED, AccountState.RELEASED)


async def sign_in(  # noqa: PLR0913, PLR0917  what a door is told
    viewer: Viewer, key: str | None, email: str, password: str, gate: Gate, code: str = ""
) -> Session:
    """Open a session; `services.session.token_of` gives its token.

    Raises:
        NotForAnother: the viewer acts for somebody.
        CredentialsRefused: unknown address, wrong password or account that is gone, all alike.
        SignInUnconfirmed, SignInSuspended: the password is right, and the account is not open.
        CodeRequired, CodeRefused: the password is right, the code of the second factor is not.
        RateLimited: too many failures for this account or from this network.
    """
    if viewer.acting:
        raise NotForAnother
    address = one_spelling(email)
    knocking, mark = _knocking(address or email, password, code, gate)
    again = await _opened_before(knocking, key, email, mark, gate)
    if again is not None:
        return again.outcome
    ticket = await begin_sign_in(gate.limiter, email, gate.address, clock.now())
    user = await _verified(await User.by_address(address) if address else None, password)
    session = await _open(knocking, key, mark, Aside(_Opening(user, viewer, gate, code)))
    await sign_in_succeeded(gate.limiter, email, ticket)
    return session


def _knocking(address: str, password: str, code: str, gate: Gate) -> tuple[Viewer, str]:
    """Whose keys a sign-in goes by, and what it says: before anybody looks at who is who.

    A pseudonym of the address stands for the account, so that a repeat is known again whatever
    session it comes with, and so that known and unknown addresses cost the same.
    """
    scope = UUID(hex=gate.keys.pseudonym("sign-in", address))
    mark = gate.keys.pseudonym("password", canonical([address, password, code]))
    return replace(ANONYMOUS, id=scope), mark


async def _opened_before(
    knocking: Viewer, key: str | None, email: str, mark: str, gate: Gate
) -> Kept[Session] | None:
    if key is None or not await may_repeat_sign_in(gate.limiter, email, clock.now()):
        return None
    return await kept_answer(_open, knocking, key, mark, UNTOLD)


async def _verified(user: User | None, password: str) -> User:
    """The account once its password is right, compared with the same work for everybody.

    Raises:
        CredentialsRefused: it is wrong, or the account is none that may sign in.
    """
    verdict = await verify_password(password, user.password_hash if user else None)
    if user is None or not verdict.matches:
        raise CredentialsRefused
    if not may_sign_in(user):
        raise _closed(user)
    if verdict.needs_rehash:  # unless somebody has chosen another password meanwhile
        verified, renewed = user.password_hash, await hash_password(password)
        if await User.filter(id=user.id, password_hash=verified).update(password_hash=renewed):
            user.password_hash = renewed
    return user


def _closed(user: User) -> CredentialsRefused:
    """Why an account lets nobody in, for whoever has proved to be its owner."""
    if user.state is AccountState.SUSPENDED:
        return SignInSuspended()
    if user.state in _MAY_SIGN_IN:
        return SignInUnconfirmed()
    return CredentialsRefused()


def may_sign_in(user: User) -> bool:
    """Whether the account's state lets its owner in, once the password is right."""
    return user.state in _MAY_SIGN_IN and user.email_confirmed_at is not None


@dataclass(frozen=True, slots=True)
class _Opening:
    """Who has proved to be whom, and at which door."""

    user: User
    before: Viewer
    gate: Gate
    code: str


@use_case
async def _open(_viewer: Viewer, mark: str, aside: Aside[_Opening]) -> Session:
    del mark  # it only tells two inputs apart
    now, opening = clock.now(), aside.value
    before = opening.before
    await _still(opening.user)
    strong = await prove(opening.user.id, opening.code, opening.gate.keys)
    if before.session_id is not None:  # a session never outlives the sign-in that follows it
        await revoke_session(before, before.session_id, now)
    session, _token = await open_session(opening.user.id, opening.gate.keys, now, strong=strong)
    return session


async def _still(verified: User) -> None:
    """Lock the account, if the password that was verified still opens it.

    Whoever sets another password or stops the account ends its sessions: those that there are.

    Raises:
        CredentialsRefused: somebody has done so since.
    """
    user = await User.filter(id=verified.id).select_for_update(no_key=True).first()
    if user is None or user.password_hash != verified.password_hash or not may_sign_in(user):
        raise CredentialsRefused


async def sign_out(viewer: Viewer, key: str | None) -> None:
    """End the viewer's own session; without one there is nothing left to end."""
    if viewer.session_id is not None:
        await _end(viewer, key, viewer.session_id)


@use_case
@unasked
async def _end(viewer: Viewer, session_id: UUID) -> None:
    await revoke_session(viewer, session_id, clock.now())


@use_case
@unasked
async def end_session(viewer: Viewer, session_id: UUID) -> None:
    """End one of the viewer's sessions.

    Raises:
        NotFound: it is not the viewer's.
    """
    demand_signed_in(viewer)
    await revoke_session(viewer, session_id, clock.now())


@use_case
@unasked
async def end_other_sessions(viewer: Viewer) -> None:
    """End all of the viewer's sessions but the one that asks."""
    await revoke_all_sessions(demand_signed_in(viewer), clock.now(), keep=viewer.session_id)


@use_case
async def record_identity_check(
    viewer: Viewer, user_id: UUID, document: DocumentKind, verdict: Verdict, checked_on: date
) -> User:
    """Record that a document was presented: its kind, the day and the verdict, nothing else."""
    officer = demand_role(viewer, *STAFF)
    user = await on_the_way(user_id, "RECORD_IDENTITY_CHECK")
    for refusal in refusals(checked_on, clock.now(), field="checkedOn"):
        raise refusal
    if checked_on > clock.today():
        raise DateInFuture(field="checkedOn")
    await IdentityCheck.create(
        user_id=user_id,
        officer_id=officer,
        document=document,
        verdict=verdict,
        checked_on=checked_on,
    )
    return await touched(user)


@use_case
async def release_account(viewer: Viewer, user_id: UUID, if_version: int | None = None) -> User:
    """Release an account; only with address, talk, identity check and proofs.

    Raises:
        DomainError: everything that is still missing, listed as its problems.
    """
    demand_role(viewer, *STAFF)
    user = await on_the_way(user_id, "RELEASE_ACCOUNT")
    found = await missing_for_release(user)
    if found:
        raise DomainError.of(found)
    await transition(ACCOUNT, user_id, "RELEASE_ACCOUNT", viewer, if_version=if_version)
    await announce(MailKind.ACCOUNT_RELEASED, user_id, version=user.version)
    await account_changed(user)
    return await User.get(id=user_id)


async def missing_for_release(user: User) -> list[DomainError]:
    """What an account still lacks for its release."""
    found: list[DomainError] = []
    if user.email_confirmed_at is None:
        found.append(EmailNotConfirmed(state=user.state.value))
    if await owes_consent(user):
        found.append(ConsentsMissing(state=user.state.value))
    if needs_talk(user.role) and not await _has_talked(user.id):
        found.append(TalkMissing(state=user.state.value))
    latest = await IdentityCheck.filter(user_id=user.id).order_by("-id").first()
    if latest is None or latest.verdict is not Verdict.CONFIRMED:
        found.append(IdentityCheckMissing(state=user.state.value))
    if not await _has_place(user):
        found.append(ProviderMissing(state=user.state.value))
    if user.role is Role.ASSISTANT and not await proofs_hold(user.id):
        found.append(ProofsMissing(state=user.state.value))
    return found


async def owes_consent(user: User) -> bool:
    """Whether a present text of the role is not agreed to."""
    standing = await Consent.filter(user_id=user.id, withdrawn_at__isnull=True)
    return bool(owed(user.role, [each.given for each in standing]))


async def _has_talked(user_id: UUID) -> bool:
    return await Talk.filter(user_id=user_id, outcome=TalkOutcome.DONE).exists()


async def _has_place(user: User) -> bool:
    """Whether a provider has said yes to somebody who works or speaks for one."""
    assistant = await Assistant.get_or_none(id=user.id)
    member = assistant or await Coordinator.get_or_none(id=user.id)
    provider_id = member.provider_id if member else None
    return has_place(user.role, assistant.employment if assistant else None, provider_id)


async def proofs_hold(assistant_id: UUID) -> bool:
    """Whether everything that an assistant has to show was seen and holds today."""
    standing = Assistant.filter(id=assistant_id, proofs_until__gte=clock.today())
    return await standing.exists()


async def on_the_way(user_id: UUID, action: str) -> User:
    """The account, locked, if it is one on its way to release.

    Raises:
        NotFound, StateRefused: it is none, or has come further or gone.
    """
    user = await User.filter(id=user_id).select_for_update(no_key=True).first()
    if user is None or user.role not in REGISTERING:
        raise NotFound(field="userId")
    if user.state is not AccountState.REGISTERED:
        raise StateRefused(state=user.state.value, action=action)
    return user


async def touched(user: User) -> User:
    """The account after something about it has changed: with a new version."""
    version = user.version + 1
    await User.filter(id=user.id).update(version=version)
    return await User.get(id=user.id)
