"""Use cases of registering by telephone: customer service fills in, a code shows who wants it.

The code goes to the address that was named: by mail, or on a letter that customer service prints.
Whoever has received it tells it on the next call; what somebody says on the telephone binds nobody
before.
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.consent import Consent, needed, refusals
from domain.errors import AddressTaken, DomainError, NotFound, PhoneCodeRefused, StateRefused
from domain.form import FormName
from domain.ids import uuid7
from domain.keys import Keys
from domain.permissions import demand_role
from domain.states import DELEGATION, DelegationState
from domain.viewer import STAFF, AccountState, DelegationKind, Role, Viewer
from models.delegation import Delegation
from models.district import Municipality
from models.user import User
from notifications.language import Language
from notifications.message import MailKind, announce_again
from notifications.phone_letter import phone_letter
from services import clock
from services.consent import record
from services.profile import make_profile
from services.registration import Checked, checked_form, one_at_a_time
from services.transition import transition
from services.use_case import use_case
from services.user import touched

_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Call:
    """What somebody says on the telephone: the values by the names of the form's fields."""

    said: Mapping[str, Any] = field(repr=False)
    district: str
    language: Language = Language.DE


def phone_code(user_id: UUID, keys: Keys) -> str:
    """Eight digits that stand for an account until it is confirmed; stored nowhere."""
    number = int.from_bytes(keys.sign("phone-code", user_id.bytes)[:8], "big") % 10**_DIGITS
    text = f"{number:0{_DIGITS}}"
    return f"{text[:4]} {text[4:]}"


@use_case
async def register_by_phone(viewer: Viewer, call: Call) -> User:
    """Register a seeker who calls; nothing is agreed to before the code comes back.

    Raises:
        DomainError: everything wrong with what was said, listed as its problems.
        AddressTaken: somebody has an account with this address.
    """
    demand_role(viewer, *STAFF)
    checked, found = await checked_form(
        FormName.SEEKER_BY_PHONE, call.said, call.district, call.language
    )
    if found or checked is None:
        raise DomainError.of(found)
    if checked.email:
        await one_at_a_time(checked.email)
        if await User.by_address(checked.email) is not None:
            raise AddressTaken(field="email")
    user = await _create(checked)
    await _send(user)
    return user


async def letter_of(user: User, keys: Keys) -> str:
    """The letter with the code, for somebody without an e-mail address."""
    place = await Municipality.get(id=user.municipality_id)
    return phone_letter(
        name=f"{user.first_name} {user.last_name}",
        street=user.street or "",
        place=f"{user.postcode or ''} {place.name}".strip(),
        code=phone_code(user.id, keys),
        day=clock.today(),
        language=Language(user.language),
    )


async def _create(checked: Checked) -> User:
    user = await User.create(
        id=uuid7(),
        email=checked.email or None,
        role=Role.SEEKER,
        state=AccountState.REGISTERED,
        **checked.user,
    )
    await make_profile(FormName.SEEKER, user.id, checked.said, checked.place)
    return user


async def _send(user: User) -> None:
    if user.email is not None:
        await announce_again(MailKind.PHONE_CODE, user.id)


@use_case
async def send_phone_code(viewer: Viewer, user_id: UUID) -> User:
    """Send the code once more: by mail, or as the letter that the answer holds.

    Raises:
        NotFound, StateRefused: no such account, or its address is confirmed.
    """
    user = await _waiting(viewer, user_id, "SEND_PHONE_CODE")
    await _send(user)
    return user


async def _waiting(viewer: Viewer, user_id: UUID, action: str) -> User:
    """An account that somebody has registered by telephone and not confirmed, locked."""
    demand_role(viewer, *STAFF)
    user = await User.filter(id=user_id, role=Role.SEEKER).select_for_update(no_key=True).first()
    if user is None:
        raise NotFound(field="userId")
    by_phone = user.password_hash is None and user.email_confirmed_at is None
    if not by_phone or user.state is not AccountState.REGISTERED:
        raise StateRefused(state=user.state.value, action=action)
    return user


async def confirm_by_phone(  # noqa: PLR0913, PLR0917  what a door is told
    viewer: Viewer,
    key: str | None,
    user_id: UUID,
    code: str,
    consents: Sequence[Consent],
    keys: Keys,
) -> User:
    """Take the code and the agreement to the texts that were read out or sent along.

    From then on customer service may act for the person, who can end that at any time.

    Raises:
        NotFound, StateRefused: no such account, or its address is confirmed.
        PhoneCodeRefused: not the code of this account.
        DomainError: what is not agreed to, listed as its problems.
    """
    right = hmac.compare_digest(_digits(code), _digits(phone_code(user_id, keys)))
    return await _confirm(viewer, key, user_id, tuple(consents), right)


def _digits(code: str) -> str:
    return "".join(each for each in code if each.isascii() and each.isdigit())


@use_case
async def _confirm(
    viewer: Viewer,
    user_id: UUID,
    consents: tuple[Consent, ...],
    right: bool,
) -> User:
    user = await _waiting(viewer, user_id, "CONFIRM_BY_PHONE")
    if not right:
        raise PhoneCodeRefused(field="code")
    found = list(refusals(user.role, consents))
    if found:
        raise DomainError.of(found)
    await User.filter(id=user_id).update(email_confirmed_at=clock.now())
    await record(user_id, needed(user.role), Language(user.language), actor=viewer.id)
    await _let_the_desk_act(viewer, user_id)
    return await touched(user)


async def _let_the_desk_act(viewer: Viewer, user_id: UUID) -> None:
    delegation = await Delegation.create(
        id=uuid7(),
        principal_id=user_id,
        officer_id=viewer.id,
        kind=DelegationKind.CUSTOMER_SERVICE,
        state=DelegationState.INVITED,
    )
    await transition(DELEGATION, delegation.id, "ACCEPT_DELEGATION", viewer)
