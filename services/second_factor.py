"""Use cases of the second factor: setting it up, proving it, losing it.

Secrets and recovery codes are derived from the portal's secret and the row's version; the database
holds neither. A code counts once.
"""

import hmac
from datetime import datetime
from uuid import UUID

import pyotp

from domain import second_factor as rules
from domain.errors import (
    CodeRefused,
    CodeRequired,
    NotFound,
    PasswordWrong,
    SecondFactorNeeded,
    StateRefused,
)
from domain.keys import Keys
from domain.permissions import Doer, demand_oneself, demand_role, demand_signed_in, left_to
from domain.text import one_spelling
from domain.viewer import Role, Viewer
from models.database import transaction
from models.second_factor import SecondFactor
from models.session import Session
from models.user import User
from notifications.message import MailKind, announce_again
from services import clock
from services.gate import Gate
from services.limiter import begin_sign_in, sign_in_succeeded
from services.password import verify_password
from services.session import open_session, revoke_all_sessions
from services.use_case import Aside, unasked, use_case

ISSUER = "Assistenz-Portal"


def secret_of(keys: Keys, user: UUID, version: int) -> str:
    """The secret of an account's authenticator app."""
    return rules.secret(keys.sign("second-factor", user.bytes, version.to_bytes(4)))


def recovery_codes(keys: Keys, factor: SecondFactor) -> list[str]:
    """All recovery codes of an account, used or not, in their order."""
    version = factor.codes_version.to_bytes(4)
    return [
        rules.recovery_code(keys.sign("recovery", factor.id.bytes, version, bytes([number])))
        for number in range(rules.RECOVERY_CODES)
    ]


async def codes_of(keys: Keys, user: UUID) -> list[str]:
    """The recovery codes of an account that has a second factor."""
    return recovery_codes(keys, await SecondFactor.get(id=user))


def address_of(secret: str, email: str) -> str:
    """What an authenticator app reads from a picture or a link."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


async def shared_codes(keys: Keys, now: datetime) -> dict[str, str]:
    """The present codes of the demo's people, by address; none outside the demo."""
    rows = await SecondFactor.filter(shared=True).prefetch_related("user")
    return {row.user.email: code_at(keys, row, row.version, _step(now)) for row in rows}


def code_at(keys: Keys, factor: SecondFactor, version: int, step: int) -> str:
    """The six digits of a step."""
    return pyotp.HOTP(secret_of(keys, factor.id, version)).at(step)


async def prove(user: UUID, code: str | None, keys: Keys) -> bool:
    """Whether an account has a second factor; if so, use up the code, in the caller's transaction.

    Raises:
        CodeRequired: there is one, and no code was sent.
        CodeRefused: the code is wrong, over, or used.
    """
    factor = await SecondFactor.filter(id=user).select_for_update().first()
    if factor is None or not factor.holds:
        return False
    if not code:
        raise CodeRequired(field="code")
    await _use(factor, factor.version, code, keys)
    return True


async def _use(factor: SecondFactor, version: int, code: str, keys: Keys) -> None:
    """Use up a code of an app, or a recovery code, of a locked row."""
    said = rules.typed(code)
    if len(said) == rules.DIGITS:
        await _use_step(factor, version, said, keys)
    elif version == factor.version:
        await _use_recovery_code(factor, said, keys)
    else:
        raise CodeRefused(field="code")


async def _use_step(factor: SecondFactor, version: int, said: str, keys: Keys) -> None:
    used = 0 if factor.shared else factor.last_step
    for step in rules.steps(clock.now().timestamp(), used):
        if hmac.compare_digest(code_at(keys, factor, version, step), said):
            factor.last_step = max(step, factor.last_step)
            await factor.save(update_fields=["last_step"])
            return
    raise CodeRefused(field="code")


async def _use_recovery_code(factor: SecondFactor, said: str, keys: Keys) -> None:
    for number, code in enumerate(recovery_codes(keys, factor)):
        if hmac.compare_digest(rules.typed(code), said) and number not in factor.used_codes:
            factor.used_codes = [*factor.used_codes, number]
            await factor.save(update_fields=["used_codes"])
            return
    raise CodeRefused(field="code")


async def set_up_second_factor(
    viewer: Viewer, key: str | None, password: str, gate: Gate
) -> SecondFactor:
    """Begin with an app, or with another one; the old one counts until the new one is confirmed.

    Raises:
        NotForAnother: somebody acts for the viewer.
        PasswordWrong: it is not the account's.
        RateLimited: too many wrong ones.
    """
    user = await User.get(id=demand_oneself(viewer))
    ticket = await begin_sign_in(gate.limiter, user.email, gate.address, clock.now())
    if not (await verify_password(password, user.password_hash)).matches:
        raise PasswordWrong(field="password")
    await sign_in_succeeded(gate.limiter, user.email, ticket)
    return await _set_up(viewer, key)


@use_case
@unasked
async def _set_up(viewer: Viewer) -> SecondFactor:
    factor = await _own(viewer)
    factor.pending = max(factor.version, factor.pending or 0) + 1
    await factor.save(update_fields=["pending"])
    return factor


async def _own(viewer: Viewer) -> SecondFactor:
    """The viewer's row, locked; the account is locked first, so that there is one row."""
    user = await User.select_for_update(no_key=True).get(id=demand_signed_in(viewer))
    factor = await SecondFactor.filter(id=user.id).select_for_update().first()
    return factor or await SecondFactor.create(id=user.id, user_id=user.id)


async def confirm_second_factor(viewer: Viewer, key: str | None, code: str, gate: Gate) -> Session:
    """Show that the new app works: from now on it counts, and every session ends but a new one.

    Raises:
        StateRefused: none was set up.
        CodeRefused: the code is not the new app's.
    """
    return await _confirm(viewer, key, gate.keys.pseudonym("code", code), Aside((code, gate)))


@use_case
@unasked
async def _confirm(viewer: Viewer, mark: str, secret: Aside[tuple[str, Gate]]) -> Session:
    del mark  # it only tells two inputs apart
    code, gate = secret.value
    now, factor = clock.now(), await _own(viewer)
    if factor.pending is None:
        raise StateRefused(state="NONE", action="CONFIRM_SECOND_FACTOR")
    factor.last_step = 0
    await _use(factor, factor.pending, code, gate.keys)
    factor.version, factor.pending, factor.confirmed_at = factor.pending, None, now
    _new_recovery_codes(factor)
    await factor.save()
    await revoke_all_sessions(factor.id, now)
    await announce_again(MailKind.SECOND_FACTOR_CHANGED, factor.id)
    session, _token = await open_session(factor.id, gate.keys, now, strong=True)
    return session


async def renew_recovery_codes(
    viewer: Viewer, key: str | None, code: str, gate: Gate
) -> SecondFactor:
    """Give out other recovery codes; the old ones are void.

    Raises:
        StateRefused: there is no second factor.
        CodeRefused: see `prove`.
    """
    return await _renew(viewer, key, gate.keys.pseudonym("code", code), Aside((code, gate)))


@use_case
@unasked
async def _renew(viewer: Viewer, mark: str, secret: Aside[tuple[str, Gate]]) -> SecondFactor:
    del mark
    factor = await _proven(viewer, secret, "RENEW_RECOVERY_CODES")
    _new_recovery_codes(factor)
    await factor.save(update_fields=["codes_version", "used_codes"])
    return factor


async def remove_second_factor(viewer: Viewer, key: str | None, code: str, gate: Gate) -> User:
    """Go on without a second factor, for those who need none.

    Raises:
        SecondFactorNeeded: staff and coordinators cannot be without.
        StateRefused, CodeRefused: as above.
    """
    return await _remove(viewer, key, gate.keys.pseudonym("code", code), Aside((code, gate)))


@use_case
@unasked
async def _remove(viewer: Viewer, mark: str, secret: Aside[tuple[str, Gate]]) -> User:
    del mark
    if viewer.role in rules.NEEDED:
        raise SecondFactorNeeded
    factor = await _proven(viewer, secret, "REMOVE_SECOND_FACTOR")
    await _forget(factor)
    return await User.get(id=factor.id)


async def _proven(viewer: Viewer, secret: Aside[tuple[str, Gate]], action: str) -> SecondFactor:
    code, gate = secret.value
    factor = await _own(viewer)
    if not factor.holds:
        raise StateRefused(state="NONE", action=action)
    await _use(factor, factor.version, code, gate.keys)
    return factor


def _new_recovery_codes(factor: SecondFactor) -> None:
    factor.codes_version, factor.used_codes = factor.codes_version + 1, []


async def _forget(factor: SecondFactor) -> None:
    """Without a factor, and with another secret the next time: the row keeps its numbers."""
    factor.pending = max(factor.version, factor.pending or 0) + 1
    factor.version, factor.confirmed_at = 0, None
    await factor.save(update_fields=["pending", "version", "confirmed_at"])
    await announce_again(MailKind.SECOND_FACTOR_CHANGED, factor.id)


@use_case
async def reset_second_factor(viewer: Viewer, user_id: UUID) -> User:
    """Take the second factor off an account whose app and codes are lost; its sessions end.

    Raises:
        RoleNotAllowed: the own account, or not the administration.
        NotFound: no such account, or none with a second factor.
    """
    officer = demand_role(viewer, Role.ADMINISTRATION)
    if officer == user_id:
        raise left_to(Doer.COLLEAGUE)
    return await _reset(user_id)


async def _reset(user_id: UUID) -> User:
    user = await User.filter(id=user_id).select_for_update(no_key=True).first()
    factor = await SecondFactor.filter(id=user_id).select_for_update().first()
    if user is None or factor is None or not factor.holds:
        raise NotFound(field="userId")
    await _forget(factor)
    await revoke_all_sessions(user_id, clock.now())
    return user


async def reset_by_address(email: str) -> bool:
    """The same for whoever has the portal's own machine; False if there is nothing to reset."""
    address = one_spelling(email)
    async with transaction():
        user = await User.by_address(address) if address else None
        if user is None:
            return False
        try:
            await _reset(user.id)
        except NotFound:
            return False
    return True


def _step(now: datetime) -> int:
    return int(now.timestamp()) // rules.STEP_SECONDS
