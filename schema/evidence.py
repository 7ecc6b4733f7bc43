"""Proofs as the graph shows them: records of the ledger, and how it stands with each kind."""

from collections.abc import Iterator
from datetime import date, datetime

import strawberry

from domain import evidence as rules
from domain.evidence import EvidenceKind, EvidenceState, Exemption, Proof
from domain.match import AcceptorKind
from domain.user import Employment, Verdict
from models import evidence as models
from notifications.language import Language
from schema import words
from schema.disclosed import disclosed
from schema.plan.declare import Scalar
from schema.plan.entity import entity
from schema.plan.field import column, computed, identifier

# What the rules look at, a record per line, oldest first.
LEDGER = Scalar(
    "evidence",
    "SELECT coalesce(string_agg(concat_ws('|', kind, coalesce(verdict, '-'), seen_on,"
    " coalesce(valid_until::text, '-'), coalesce(exemption, '-'), coalesce(quality_id, '-')),"
    " E'\\n' ORDER BY id), '') FROM {rows}",
)


def quality_label(quality_id: str | None, language: Language) -> str | None:
    """What a qualification or training stands for."""
    return None if quality_id is None else words.quality(quality_id, language)


@entity(models.Evidence, "That a proof was shown: never the document, its number or its content.")
class Evidence:
    """For the person, the own provider and staff."""

    id: strawberry.ID | None = identifier("The record's id.")
    kind: EvidenceKind | None = column("What was shown.")
    kind_label: str | None = computed(words.evidence_kind, "The same in the reader's language.")
    verdict: Verdict | None = column("How it was judged; null while it is being examined.")
    seen_on: date | None = column("On which day.")
    dated_on: date | None = column("The certificate's own date.")
    valid_until: date | None = column("The last day on which it holds; null is for good.")
    exemption: Exemption | None = column("Why it need not be shown.")
    quality: str | None = column("The code of the quality it stands for.", "quality_id")
    quality_label: str | None = computed(quality_label, "That quality in the reader's language.")
    hours: int | None = column("How many hours the training took.")
    created_at: datetime | None = column("When it was written down.")


@disclosed
@strawberry.type(description="How it stands with a kind of proof that somebody has to show.")
class ProofStatus:
    """Reckoned from the records."""

    kind: EvidenceKind = strawberry.field(description="Which kind.")
    label: str = strawberry.field(description="The kind in the reader's language.")
    state: EvidenceState = strawberry.field(description="How it stands today.")
    state_label: str = strawberry.field(description="The state in the reader's language.")
    valid_until: date | None = strawberry.field(
        description="The last day on which it holds or held; null if never, or for good."
    )


def proofs(
    ledger: str, employment: Employment, language: Language, today: date
) -> list[ProofStatus]:
    """One entry for each kind that is required, in a fixed order."""
    records = list(_read(ledger))
    ends = rules.ends(records)
    return [
        _status(kind, rules.state_of(records, kind, today), ends.get(kind), language)
        for kind in rules.required(employment)
    ]


def _status(
    kind: EvidenceKind, state: EvidenceState, end: date | None, language: Language
) -> ProofStatus:
    return ProofStatus(
        kind=kind,
        label=words.evidence_kind(kind, language),
        state=state,
        state_label=words.enum("evidence_state", state, language),
        valid_until=None if end == rules.FOREVER else end,
    )


def _read(ledger: str) -> Iterator[Proof]:
    for line in ledger.splitlines():
        kind, verdict, seen_on, until, exemption, quality = line.split("|")
        yield Proof(
            kind=EvidenceKind(kind),
            verdict=None if verdict == "-" else Verdict(verdict),
            seen_on=date.fromisoformat(seen_on),
            valid_until=None if until == "-" else date.fromisoformat(until),
            exemption=None if exemption == "-" else Exemption(exemption),
            quality=None if quality == "-" else quality,
        )


def until(proofs_until: date | None) -> date | None:
    """The day from which on somebody is not asked any more; null for never or not yet."""
    return None if proofs_until == rules.FOREVER else proofs_until


def checked(proofs_until: date | None, today: date) -> bool:
    """Whether all required proofs hold today."""
    return proofs_until is not None and proofs_until >= today


def expired(kind: AcceptorKind, assistant__proofs_until: date | None, today: date) -> bool:
    """Whether the assistant's proofs do not hold any more; a provider answers for its people."""
    return kind is AcceptorKind.ASSISTANT and not checked(assistant__proofs_until, today)
