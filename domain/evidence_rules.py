"""What may be written down of a proof, kind by kind, and how long it may be kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.errors import (
    DatedAfterSeen,
    DateInFuture,
    DomainError,
    EvidenceFieldForeign,
    FieldRequired,
    NumberOutOfRange,
    OverWhenSeen,
    QualityUnknown,
    VerdictMissing,
)
from domain.evidence import EvidenceKind, Exemption, Proof
from domain.quality import CATALOGUE, Source
from domain.user import Verdict

MOST_HOURS = 5_000


@dataclass(frozen=True, slots=True)
class Rule:
    """What a record of one kind may hold; what stands nowhere is refused."""

    dated: bool = False
    ends: bool = False
    must_end: bool = False
    quality: bool = False
    must_have_quality: bool = False
    hours: bool = False
    exemptions: frozenset[Exemption] = frozenset()


RULES: Mapping[EvidenceKind, Rule] = {
    EvidenceKind.CERTIFICATE_OF_CONDUCT: Rule(dated=True, ends=True),
    EvidenceKind.MEASLES_PROTECTION: Rule(
        exemptions=frozenset({Exemption.BORN_BEFORE_1971, Exemption.CONTRAINDICATION})
    ),
    EvidenceKind.INTERVIEW: Rule(),
    EvidenceKind.TRAINING: Rule(
        ends=True, quality=True, hours=True, exemptions=frozenset({Exemption.QUALIFIED})
    ),
    EvidenceKind.QUALIFICATION: Rule(ends=True, quality=True, must_have_quality=True),
    EvidenceKind.INSURANCE: Rule(ends=True, must_end=True),
}

# Days after the end of the activity for which a record may still be kept.
KEPT: Mapping[EvidenceKind, timedelta] = {
    EvidenceKind.CERTIFICATE_OF_CONDUCT: timedelta(days=89),  # § 124 Abs. 2 SGB IX: three months
    EvidenceKind.MEASLES_PROTECTION: timedelta(),  # end of the activity
    EvidenceKind.INTERVIEW: timedelta(days=180),  # product decision, as the next ones
    EvidenceKind.TRAINING: timedelta(days=180),
    EvidenceKind.QUALIFICATION: timedelta(days=180),
    EvidenceKind.INSURANCE: timedelta(days=180),
}
# A certificate that no activity follows: so long an account may be on its way to release.
UNUSED_CERTIFICATE = timedelta(days=89)


def problems(proof: Proof, hours: int | None, today: date) -> Iterator[DomainError]:
    """What is wrong with a record that shall be written, field by field."""
    rule = RULES[proof.kind]
    confirmed = proof.verdict is Verdict.CONFIRMED
    yield from _days(proof, rule, today, confirmed=confirmed)
    yield from _exemption(proof, rule, confirmed=confirmed)
    yield from _quality(proof, rule)
    if hours is not None and not rule.hours:
        yield EvidenceFieldForeign(field="hours")
    elif hours is not None and not 1 <= hours <= MOST_HOURS:
        yield NumberOutOfRange(field="hours", low=1, high=MOST_HOURS)


def _days(proof: Proof, rule: Rule, today: date, *, confirmed: bool) -> Iterator[DomainError]:
    if proof.seen_on > today:
        yield DateInFuture(field="seenOn")
    if rule.dated and proof.dated_on is None:
        yield FieldRequired(field="datedOn")
    if proof.dated_on is not None:
        if not rule.dated:
            yield EvidenceFieldForeign(field="datedOn")
        elif proof.dated_on > proof.seen_on:
            yield DatedAfterSeen(field="datedOn")
    if proof.valid_until is not None:
        may_end = rule.ends or proof.exemption is Exemption.CONTRAINDICATION
        if not may_end or not confirmed:
            yield EvidenceFieldForeign(field="validUntil")
        elif proof.valid_until < proof.seen_on:
            yield OverWhenSeen(field="validUntil")
    elif rule.must_end and confirmed:
        yield FieldRequired(field="validUntil")


def _exemption(proof: Proof, rule: Rule, *, confirmed: bool) -> Iterator[DomainError]:
    if proof.exemption is None:
        return
    if proof.exemption not in rule.exemptions or proof.verdict is Verdict.REJECTED:
        yield EvidenceFieldForeign(field="exemption")
    elif not confirmed:
        yield VerdictMissing(field="verdict")


def _quality(proof: Proof, rule: Rule) -> Iterator[DomainError]:
    if proof.quality is None:
        if rule.must_have_quality:
            yield FieldRequired(field="quality")
        return
    if not rule.quality:
        yield EvidenceFieldForeign(field="quality")
        return
    entry = CATALOGUE.get(proof.quality)
    if entry is None or entry.retired or entry.source is not Source.EVIDENCE:
        yield QualityUnknown(field="quality")
