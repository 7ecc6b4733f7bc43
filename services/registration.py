"""Use cases of getting an account: registering by a form, confirming the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.consent import Consent, needed, refusals
from domain.errors import DomainError, NameTaken, PostcodeUnknown, ProviderUnknown
from domain.form import FORMS, FormName
from domain.form_check import check
from domain.ids import uuid7
from domain.states import ACCOUNT
from domain.text import one_spelling
from domain.viewer import ANONYMOUS, REGISTERING, AccountState, Viewer
from models.consent import Consent as ConsentRow
from models.database import execute, fetch
from models.district import Municipality
from models.mail_link import LinkPurpose
from models.provider import Provider
from models.talk import Talk
from models.user import IdentityCheck, User
from notifications.language import Language
from notifications.message import MailKind, announce_again
from services import clock
from services.answer import canonical
from services.application import prepare, submit
from services.consent import record
from services.gate import Gate
from services.limiter import count_mail, count_registration
from services.mail_link import send_link, use_link, void_links
from services.password import hash_password
from services.profile import ROLES, forget_profile, make_profile
from services.transition import transition
from services.use_case import UNTOLD, Aside, kept_answer, use_case

_CONFIRM = """
UPDATE users SET email_confirmed_at = $2, version = version + 1
WHERE id = $1 AND email_confirmed_at IS NULL RETURNING version
"""
_UNPROVEN = (AccountState.DRAFT, AccountState.REGISTERED)
# What the account itself keeps, by the names of the forms.
_KEPT = {
    "firstName": "first_name",
    "lastName": "last_name",
    "phone": "phone",
    "mobile": "mobile",
    "street": "street",
    "postcode": "postcode",
}


@dataclass(frozen=True, slots=True)
class Registration:
    """What somebody says of themselves: the values by the names of the form's fields."""

    form: FormName
    said: Mapping[str, Any] = field(repr=False)
    district: str
    consents: Sequence[Consent] = ()
    language: Language = Language.DE


@dataclass(frozen=True, slots=True)
class Checked:
    """A registration without its password, in the form that is stored."""

    form: FormName
    email: str
    user: dict[str, Any]
    said: dict[str, Any]
    place: Municipality
    language: Language


async def register_account(viewer: Viewer, key: str | None, data: Registration, gate: Gate) -> None:
    """Register; the answer is the same whether or not the address has an account already.

    Raises:
        DomainError: everything wrong with the input, listed as its problems.
        RateLimited: too many registrations from this network.
    """
    mark = gate.keys.pseudonym("registration", canonical(data))
    if await kept_answer(_register, viewer, key, mark, UNTOLD) is not None:
        return
    checked = await _check(data)  # a form that is refused is mended, not a registration
    await count_registration(gate.limiter, checked.email, gate.address, clock.now())
    password_hash = await hash_password(str(data.said["password"]))
    await _register(viewer, key, mark, Aside((checked, password_hash)))


@use_case
async def _register(viewer: Viewer, mark: str, aside: Aside[tuple[Checked, str]]) -> None:
    del viewer, mark  # the mark only tells two inputs apart
    checked, password_hash = aside.value
    await one_at_a_time(checked.email)
    known_user = await User.by_address(checked.email)
    if known_user is None:
        await _create(checked, password_hash)
    elif await _is_unproven(known_user.id):
        await _replace(known_user.id, checked, password_hash)
    else:
        await announce_again(MailKind.ALREADY_REGISTERED, known_user.id)


async def _create(checked: Checked, password_hash: str) -> None:
    identity = uuid7()
    await User.create(
        id=identity,
        email=checked.email,
        password_hash=password_hash,
        role=ROLES[checked.form],
        state=AccountState.REGISTERED,
        **checked.user,
    )
    await _send(identity, checked)


async def _is_unproven(user_id: UUID) -> bool:
    """Whether nobody has shown yet whose account it is: no used link, no talk, no document.

    Such an account must not keep the owner of the address out. It stays locked until the commit,
    so that a link in use and a talk being recorded come before or after.
    """
    user = await User.select_for_update(no_key=True).get(id=user_id)
    return (
        user.role in REGISTERING
        and user.state in _UNPROVEN
        and user.email_confirmed_at is None
        and not await Talk.filter(user_id=user_id).exists()
        and not await IdentityCheck.filter(user_id=user_id).exists()
    )


async def _replace(user_id: UUID, checked: Checked, password_hash: str) -> None:
    """The newest registration of an unproven account is the one that its newest link confirms."""
    user = await User.get(id=user_id)
    version = user.version + 1
    if user.state is AccountState.DRAFT:  # somebody who was invited
        version = 1 + await transition(ACCOUNT, user_id, "REGISTER", ANONYMOUS)
    await forget_profile(user_id)
    await User.filter(id=user_id).update(
        email=checked.email,
        password_hash=password_hash,
        role=ROLES[checked.form],
        version=version,
        created_at=clock.now(),
        **checked.user,
    )
    await void_links(user_id, LinkPurpose.CONFIRM_EMAIL, clock.now())
    await _send(user_id, checked)


async def _send(user_id: UUID, checked: Checked) -> None:
    await make_profile(checked.form, user_id, checked.said, checked.place)
    await prepare(user_id, ROLES[checked.form], checked.said.get("providerId"))
    await ConsentRow.filter(user_id=user_id).delete()
    await record(user_id, needed(ROLES[checked.form]), checked.language)
    await send_link(user_id, LinkPurpose.CONFIRM_EMAIL, clock.now())


async def one_at_a_time(address: str) -> None:
    """What makes accounts for one address comes one after the other, until the commit."""
    await execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('address|' || lower($1), 0))", address
    )


async def confirm_email(viewer: Viewer, key: str | None, token: str, gate: Gate) -> None:
    """Use up the link of a confirmation mail.

    Raises:
        LinkInvalid: unknown, used, expired or replaced by a newer one.
    """
    await _confirm(viewer, key, gate.keys.pseudonym("link", token), Aside((token, gate)))


@use_case
async def _confirm(viewer: Viewer, mark: str, secret: Aside[tuple[str, Gate]]) -> None:
    del viewer, mark
    token, gate = secret.value
    link = await use_link(token, LinkPurpose.CONFIRM_EMAIL, gate.keys, clock.now())
    rows = await fetch(_CONFIRM, link.user_id, clock.now())
    if rows:
        await submit(await User.get(id=link.user_id))


async def request_confirmation(viewer: Viewer, key: str | None, email: str, gate: Gate) -> None:
    """Send another confirmation link; the answer is the same for every address.

    Raises:
        RateLimited: too many mails for this address or from this network.
    """
    address = one_spelling(email)
    mark = gate.keys.pseudonym("email", address or email)
    if await kept_answer(_request_confirmation, viewer, key, mark, UNTOLD) is not None:
        return
    await count_mail(gate.limiter, email, gate.address, clock.now())
    await _request_confirmation(viewer, key, mark, Aside(address))


@use_case
async def _request_confirmation(viewer: Viewer, mark: str, address: Aside[str | None]) -> None:
    del viewer, mark
    user = await User.by_address(address.value) if address.value else None
    waits = user is not None and user.state is not AccountState.DRAFT
    by_phone = user is not None and user.password_hash is None  # who calls confirms by a code
    if user is not None and waits and not by_phone and user.email_confirmed_at is None:
        await send_link(user.id, LinkPurpose.CONFIRM_EMAIL, clock.now())


async def _check(data: Registration) -> Checked:
    """By the form's definition, and by what only the database knows."""
    checked, found = await checked_form(data.form, data.said, data.district, data.language)
    found += refusals(ROLES[data.form], data.consents)
    if found or checked is None:
        raise DomainError.of(found)
    return checked


async def checked_form(
    form: FormName, values: Mapping[str, Any], district: str, language: Language
) -> tuple[Checked | None, list[DomainError]]:
    """What is to be stored, if the form's fields allow it, and everything wrong with them."""
    said, found = check(FORMS[form], values)
    place = await Municipality.by_postcode(district, said["postcode"])
    if place is None and not any(each.field == "postcode" for each in found):
        found.append(PostcodeUnknown(field="postcode"))
    found += await _refused_provider(said)
    if place is None:
        return None, found
    user = {column: said[name] or None for name, column in _KEPT.items() if name in said}
    user |= {"municipality_id": place.id, "language": language.value}
    return Checked(form, said["email"], user, said, place, language), found


async def _refused_provider(said: Mapping[str, Any]) -> list[DomainError]:
    provider, name = said.get("providerId"), said.get("providerName")
    if provider and not await Provider.reachable(ANONYMOUS).filter(id=provider).exists():
        return [ProviderUnknown(field="providerId")]
    if name and await Provider.filter(name=name).exists():
        return [NameTaken(field="providerName")]
    return []
