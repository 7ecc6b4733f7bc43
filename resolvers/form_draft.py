"""Root fields about registrations that are not finished."""

import json
from typing import Annotated, Any

import strawberry

from domain.errors import DomainError, DraftValueRefused
from models.form_draft import FormDraft as Row
from resolvers.outcome import key_of, outcome
from resolvers.user import gate_of, said
from schema.context import Info
from schema.form_draft import (
    DiscardDraftInput,
    DiscardDraftPayload,
    DraftDiscarded,
    DraftValue,
    DraftValueInput,
    FormDraft,
    FormDraftPayload,
    SaveDraftInput,
)
from schema.node import Given
from services import form_draft as services

Token = Annotated[str, strawberry.argument(description="What `saveDraft` has answered.")]


@strawberry.type
class FormDraftQueries:
    """Going on."""

    @strawberry.field(description="What was kept under a token; null when it is gone.")
    async def form_draft(self, info: Info, token: Token) -> FormDraft | None:
        """F1."""
        try:
            draft, values = await services.read_draft(token, info.context.keys)
        except DomainError:
            return None
        return _shown(info, draft, values)


@strawberry.type
class FormDraftMutations:
    """Leaving it for later."""

    @strawberry.mutation(description="Keep a registration that is not finished.")
    async def save_draft(self, info: Info, input: Given[SaveDraftInput]) -> FormDraftPayload:
        """F1."""

        async def work() -> FormDraft:
            filled = services.Filled(input.form, dict(_value(each) for each in input.values))
            key = key_of(info, input.idempotency_key)
            draft = await services.save_draft(
                info.context.viewer, key, filled, input.token, gate_of(info)
            )
            return _shown(info, draft, filled.values)

        return await outcome(info, work)

    @strawberry.mutation(description="Delete a registration that is not finished.")
    async def discard_draft(
        self, info: Info, input: Given[DiscardDraftInput]
    ) -> DiscardDraftPayload:
        """F1."""

        async def work() -> DraftDiscarded:
            key = key_of(info, input.idempotency_key)
            await services.discard_draft(info.context.viewer, key, input.token, gate_of(info))
            return DraftDiscarded(message=said(info, "draft_discarded", "message"))

        return await outcome(info, work)


def _value(given: DraftValueInput) -> tuple[str, Any]:
    """A value as JSON; what nests without end, or cannot be written in UTF-8, is none."""
    try:
        value = json.loads(given.value)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise DraftValueRefused(field=given.field) from None
    return given.field, value


def _shown(info: Info, draft: Row, values: Any) -> FormDraft:
    return FormDraft(
        token=services.token_of(draft.id, info.context.keys),
        form=draft.form,
        values=[
            DraftValue(field=name, value=json.dumps(value, ensure_ascii=False))
            for name, value in values.items()
        ],
        expires_at=draft.expires_at,
    )
