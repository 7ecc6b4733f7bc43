"""Root fields of registering: forms, the providers to choose from, and what comes of a form."""

import dataclasses
from typing import Annotated, Any

import strawberry
from strawberry.utils.str_converters import to_camel_case

from domain.form import FORMS, FieldKind, FormName
from models.provider import Provider as Row
from resolvers.consent import texts_of
from resolvers.outcome import answered, is_said, key_of, outcome
from resolvers.user import gate_of, said
from schema.connection import Connection
from schema.context import Info
from schema.form import Form, form_of
from schema.form_input import (
    RegisterAssistantInput,
    RegisterCoordinatorInput,
    RegisterInput,
    RegisterProviderInput,
    RegisterRepresentativeInput,
    RegisterSeekerInput,
)
from schema.node import Given
from schema.plan.field import connection
from schema.profile_input import UpdateProfileInput
from schema.provider import Provider
from schema.user import User
from schema.user_input import RegisterPayload, RegistrationReceived, UserPayload
from services import registration
from services.profile import ROLES
from services.profile_change import Change, update_profile

Name = Annotated[FormName, strawberry.argument(description="Who registers.")]


@strawberry.type
class FormQueries:
    """What can be filled in."""

    providers: Connection[Provider] = connection(
        "Providers that somebody speaks for, the oldest first.", rows=Row.reachable
    )

    @strawberry.field(description="A registration form: fields, groups, purposes, in words.")
    async def form(self, info: Info, name: Name) -> Form:
        """For everybody."""
        role = ROLES.get(name)
        texts = await texts_of(info, role) if role else []
        return form_of(name, info.context.language, texts)


@strawberry.type
class FormMutations:
    """Getting an account."""

    @strawberry.mutation(description="Register as somebody who looks for assistance.")
    async def register_seeker(
        self, info: Info, input: Given[RegisterSeekerInput]
    ) -> RegisterPayload:
        """F1 to F6."""
        return await _register(info, FormName.SEEKER, input)

    @strawberry.mutation(description="Register as somebody who assists.")
    async def register_assistant(
        self, info: Info, input: Given[RegisterAssistantInput]
    ) -> RegisterPayload:
        """F1 to F6."""
        return await _register(info, FormName.ASSISTANT, input)

    @strawberry.mutation(description="Register a provider and the first who speaks for it.")
    async def register_provider(
        self, info: Info, input: Given[RegisterProviderInput]
    ) -> RegisterPayload:
        """F1 to F6."""
        return await _register(info, FormName.PROVIDER, input)

    @strawberry.mutation(description="Register as somebody who speaks for a provider.")
    async def register_coordinator(
        self, info: Info, input: Given[RegisterCoordinatorInput]
    ) -> RegisterPayload:
        """F1 to F6."""
        return await _register(info, FormName.COORDINATOR, input)

    @strawberry.mutation(description="Say something else of yourself.")
    async def update_profile(self, info: Info, input: Given[UpdateProfileInput]) -> UserPayload:
        """F2, F3, F4, 1.4."""

        async def work() -> User:
            row = await update_profile(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                Change(_changes(input), info.context.district, input.language),
                input.if_version,
            )
            return await answered(info, User, row.id)

        async def current() -> User | None:
            own = info.context.viewer.id
            return None if own is None else await info.context.reader.get(User, own)

        return await outcome(info, work, current)

    @strawberry.mutation(description="Register to act for others who asked you.")
    async def register_representative(
        self, info: Info, input: Given[RegisterRepresentativeInput]
    ) -> RegisterPayload:
        """F1."""
        return await _register(info, FormName.REPRESENTATIVE, input)


async def _register(info: Info, form: FormName, given: RegisterInput) -> RegisterPayload:
    async def work() -> RegistrationReceived:
        data = registration.Registration(
            form=form,
            said=said_in(info, form, given),
            district=info.context.district,
            consents=tuple(each.consent() for each in given.consents),
            language=given.language,
        )
        key = key_of(info, given.idempotency_key)
        await registration.register_account(info.context.viewer, key, data, gate_of(info))
        return RegistrationReceived(
            message=said(info, "registration", "message"),
            next_step=said(info, "registration", "next_step"),
        )

    return await outcome(info, work)


def said_in(info: Info, form: FormName, given: Any) -> dict[str, Any]:
    """The values of an input by the names of the form's fields."""
    names = {to_camel_case(each.name): each.name for each in dataclasses.fields(given)}
    found = {field.name: getattr(given, names[field.name]) for field in FORMS[form].fields}
    for field in FORMS[form].fields:
        value = found[field.name]
        if field.kind is FieldKind.WINDOWS:
            found[field.name] = tuple(window.window() for window in value)
        elif field.kind is FieldKind.PROVIDER and value:
            found[field.name] = info.context.uuid_of(value, "provider", field.name)
    return found


_CHANGEABLE = tuple(
    each.name
    for each in dataclasses.fields(UpdateProfileInput)
    if each.name not in {"language", "if_version", "idempotency_key"}
)


def _changes(given: UpdateProfileInput) -> dict[str, Any]:
    """What is said, by the names of the form's fields; null is left as it is."""
    values = {name: getattr(given, name) for name in _CHANGEABLE}
    said = {to_camel_case(name): value for name, value in values.items() if is_said(value)}
    if "windows" in said:
        said["windows"] = tuple(window.window() for window in said["windows"])
    return said
