"""Use cases that take an idempotency key: each with a repeat and with another input."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from strawberry.utils.str_converters import to_camel_case

from domain.consent import VERSIONS, Consent, needed
from domain.errors import DomainError
from domain.form import FormName
from domain.user import ActingFor
from domain.viewer import ANONYMOUS, Role, Viewer
from models.user import User
from services.gate import Gate
from services.match import accept_order
from services.order import create_order, release_order
from services.password import hash_password
from services.registration import Registration, register_account
from services.user import sign_in
from tests.people import Place, make_assistant, make_seeker, viewer_for
from tests.services.scenes import asked, draft, gate, released, seeker_of, weekly

KEY = "3f0c6a52-one-request"
PASSWORD = "sieben-blaue-Regenschirme"
EMAIL = "Erika.Beispiel@assistenz-portal.example"
PERSON = Registration(
    form=FormName.SEEKER,
    said={
        "email": EMAIL,
        "password": PASSWORD,
        "firstName": "Erika",
        "lastName": "Beispielhaft",
        "postcode": "37154",
        "mobile": "0170 1234567",
        "introduction": "Ich habe Pflegegrad drei.",
        "actingFor": ActingFor.SELF,
    },
    district="03155",
    consents=tuple(Consent(kind, VERSIONS[kind]) for kind in needed(Role.SEEKER)),
)


def changed(person: Registration = PERSON, **said: Any) -> Registration:
    """The same registration with other values."""
    language = said.pop("language", person.language)
    values = {to_camel_case(name): value for name, value in said.items()}
    return replace(person, said={**person.said, **values}, language=language)


Call = Callable[[Viewer, str | None], Awaitable[Any]]


async def creating(place: Place) -> tuple[Viewer, Call, Call]:
    """Who, the use case, and the same use case with another input."""
    return (
        await seeker_of(place),
        lambda viewer, key: create_order(viewer, key, weekly()),
        lambda viewer, key: create_order(viewer, key, weekly(count=3)),
    )


async def releasing(place: Place) -> tuple[Viewer, Call, Call]:
    seeker = await seeker_of(place)
    first, second = await draft(seeker), await draft(seeker)
    return (
        seeker,
        lambda viewer, key: release_order(viewer, key, first.id),
        lambda viewer, key: release_order(viewer, key, second.id),
    )


async def accepting(place: Place) -> tuple[Viewer, Call, Call]:
    helper = await make_assistant(place)
    seeker = await seeker_of(place)
    orders = [await released(seeker) for _ in range(2)]
    ((first,), (second,)) = [await asked(order.id, helper) for order in orders]
    return (
        await viewer_for(helper),
        lambda viewer, key: accept_order(viewer, key, first.id),
        lambda viewer, key: accept_order(viewer, key, second.id),
    )


async def registering(_place: Place) -> tuple[Viewer, Call, Call]:
    return (
        ANONYMOUS,
        lambda viewer, key: register_account(viewer, key, PERSON, gate()),
        lambda viewer, key: register_account(
            viewer, key, changed(PERSON, password="acht-gelbe-Regenschirme"), gate()
        ),
    )


CASES = [creating, releasing, accepting, registering]
by_case = pytest.mark.parametrize("prepare", CASES, ids=lambda case: case.__name__)
Prepare = Callable[[Place], Awaitable[tuple[Viewer, Call, Call]]]


def told(answer: Any) -> tuple[Any, ...]:
    return (
        getattr(answer, "id", None),
        getattr(answer, "state", None),
        getattr(answer, "version", None),
    )


async def attempt(call: Callable[[], Awaitable[Any]]) -> Any:
    """The answer, or the refusal as a value."""
    try:
        return told(await call())
    except DomainError as refusal:
        return refusal.code


async def account(place: Place) -> User:
    """A seeker who can sign in with PASSWORD."""
    user = await make_seeker(place)
    await User.filter(id=user.id).update(password_hash=await hash_password(PASSWORD))
    return user


async def tries(door: Gate, email: str, number: int) -> list[str]:
    """Sign in with a wrong password so often; the codes of what was said."""
    found = []
    for _ in range(number):
        with pytest.raises(DomainError) as refused:
            await sign_in(ANONYMOUS, None, email, "falsch-falsch-falsch", door)
        found.append(refused.value.code)
    return found
