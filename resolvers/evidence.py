"""Root fields about proofs, and the people who show them."""

import strawberry

from domain.evidence import Proof
from models import user as models
from notifications.language import text
from resolvers.outcome import answered, key_of, outcome
from schema.busy_input import AssistantPayload
from schema.connection import Connection
from schema.context import Info
from schema.evidence_input import (
    CertificateLetterPayload,
    CertificateLetterWritten,
    RecordEvidenceInput,
    WriteCertificateLetterInput,
)
from schema.node import Given
from schema.person import Assistant
from schema.plan.field import connection
from services import evidence as services


@strawberry.type
class EvidenceQueries:
    """Whose proofs there are to look at."""

    assistants: Connection[Assistant] = connection(
        "Your provider's assistants, all of them for staff; else those you may see.",
        rows=models.Assistant.visible_to,
        sortable=True,
    )
    proofs_due: Connection[Assistant] = connection(
        "Of your people those who lack a proof, or of whom one ends within 60 days.",
        rows=models.Assistant.with_proofs_due,
        sortable=True,
    )


@strawberry.type
class EvidenceMutations:
    """Recording proofs."""

    @strawberry.mutation(description="Record that a proof was shown.")
    async def record_evidence(
        self, info: Info, input: Given[RecordEvidenceInput]
    ) -> AssistantPayload:
        """F27."""

        async def work() -> Assistant:
            row = await services.record_evidence(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.assistant_id, "assistant", "assistantId"),
                _proof(input),
                input.hours,
            )
            return await answered(info, Assistant, row.id)

        return await outcome(info, work)

    @strawberry.mutation(description="Write the letter that asks for a certificate of conduct.")
    async def write_certificate_letter(
        self, info: Info, input: Given[WriteCertificateLetterInput]
    ) -> CertificateLetterPayload:
        """F27."""

        async def work() -> CertificateLetterWritten:
            row = await services.write_certificate_letter(
                info.context.viewer,
                key_of(info, input.idempotency_key),
                info.context.uuid_of(input.assistant_id, "assistant", "assistantId"),
            )
            language = info.context.language
            return CertificateLetterWritten(
                message=text("answers.certificate_letter.message", language),
                next_step=text("answers.certificate_letter.next_step", language),
                issued_on=row.issued_on,
                text=await services.letter_text(row),
            )

        return await outcome(info, work)


def _proof(given: RecordEvidenceInput) -> Proof:
    return Proof(
        kind=given.kind,
        verdict=given.verdict,
        seen_on=given.seen_on,
        dated_on=given.dated_on,
        valid_until=given.valid_until,
        exemption=given.exemption,
        quality=given.quality,
    )
