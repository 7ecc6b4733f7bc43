"""What a client says about proofs, and what it is answered."""

from datetime import date
from typing import Annotated

import strawberry

from domain.evidence import EvidenceKind, Exemption
from domain.user import Verdict
from schema.disclosed import disclosed
from schema.order_input import KEY
from schema.refusal import Refusals


@strawberry.input(description="A proof was shown; no field takes a document or its number.")
class RecordEvidenceInput:
    """Which fields a kind takes is checked; what does not belong to it is refused."""

    assistant_id: strawberry.ID = strawberry.field(description="By whom.")
    kind: EvidenceKind = strawberry.field(description="What.")
    verdict: Verdict | None = strawberry.field(
        default=None, description="How it was judged; left out while it is being examined."
    )
    seen_on: date = strawberry.field(description="On which day.")
    dated_on: date | None = strawberry.field(
        default=None, description="The certificate of conduct's own date."
    )
    valid_until: date | None = strawberry.field(
        default=None,
        description="The last day on which it holds; reckoned for a certificate without one.",
    )
    exemption: Exemption | None = strawberry.field(
        default=None, description="Why it need not be shown; `validUntil` is its end."
    )
    quality: str | None = strawberry.field(
        default=None, description="The quality that a qualification or training stands for."
    )
    hours: int | None = strawberry.field(
        default=None, description="How many hours the training took."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="The letter that asks for the certificate of conduct is needed.")
class WriteCertificateLetterInput:
    """Its day is kept."""

    assistant_id: strawberry.ID = strawberry.field(description="For whom.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@disclosed
@strawberry.type(description="The letter that asks for the certificate of conduct.")
class CertificateLetterWritten:
    """Print it, sign it and give it to the person."""

    message: str = strawberry.field(description="What happened.")
    next_step: str = strawberry.field(description="What happens next.")
    issued_on: date = strawberry.field(description="The letter's day.")
    text: str = strawberry.field(description="The letter, in German for the registration office.")


CertificateLetterPayload = Annotated[
    CertificateLetterWritten | Refusals,
    strawberry.union("CertificateLetterPayload", description="The letter, or a refusal."),
]
