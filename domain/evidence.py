"""Proofs (Nachweise): which ones somebody needs, how long one holds, how long a record is kept.

A record says that something was seen, by whom and with which verdict. It never holds a document,
its number or what stands in it (§ 124 Abs. 2 SGB IX, § 30a BZRG).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.dates import months_later
from domain.user import Employment, Verdict


class EvidenceKind(StrEnum):
    """What can be shown."""

    CERTIFICATE_OF_CONDUCT = "CERTIFICATE_OF_CONDUCT"  # erweitertes Führungszeugnis, § 30a BZRG
    MEASLES_PROTECTION = "MEASLES_PROTECTION"  # a rule of the portal, modelled on § 20 IfSG
    INTERVIEW = "INTERVIEW"
    TRAINING = "TRAINING"
    QUALIFICATION = "QUALIFICATION"
    INSURANCE = "INSURANCE"


class Exemption(StrEnum):
    """Why a proof need not be shown."""

    BORN_BEFORE_1971 = "BORN_BEFORE_1971"  # measles, § 20 Abs. 8 IfSG
    CONTRAINDICATION = "CONTRAINDICATION"  # measles, for a while or for good
    QUALIFIED = "QUALIFIED"  # a qualification stands for the training


class EvidenceState(StrEnum):
    """How it stands with a kind of proof."""

    MISSING = "MISSING"
    SHOWN = "SHOWN"
    VALID = "VALID"
    EXPIRING = "EXPIRING"
    EXPIRED = "EXPIRED"
    REJECTED = "REJECTED"


FOR_EVERYBODY = (
    EvidenceKind.CERTIFICATE_OF_CONDUCT,
    EvidenceKind.MEASLES_PROTECTION,
    EvidenceKind.INTERVIEW,
    EvidenceKind.TRAINING,
)
ON_OWN_ACCOUNT = (EvidenceKind.QUALIFICATION, EvidenceKind.INSURANCE)
WARNINGS = (60, 30, 7)
EXPIRED = 0
FOREVER = date(9999, 12, 31)
# After a contraindication has ended there is a month to show the protection (§ 20 Abs. 9a IfSG).
FOLLOW_UP_MONTHS = 1


@dataclass(frozen=True, slots=True)
class Proof:
    """A record of the ledger; `verdict` is None while what was shown is being examined.

    `dated_on` is the certificate's own date, `valid_until` the last day on which it holds (None:
    for good), `quality` what a training or qualification stands for.
    """

    kind: EvidenceKind
    verdict: Verdict | None
    seen_on: date
    dated_on: date | None = None
    valid_until: date | None = None
    exemption: Exemption | None = None
    quality: str | None = None


def required(employment: Employment) -> tuple[EvidenceKind, ...]:
    """What somebody who works like this has to show."""
    if employment is Employment.SELF_EMPLOYED:
        return FOR_EVERYBODY + ON_OWN_ACCOUNT
    return FOR_EVERYBODY


def certificate_end(proof: Proof, months: int) -> date:
    """The last day of a certificate of conduct: as is said, or so many months after its date."""
    most = months_later(proof.dated_on or proof.seen_on, months)
    return min(proof.valid_until or most, most)


def holds_until(proof: Proof) -> date | None:
    """The last day on which a record counts; None if it never does."""
    if proof.verdict is not Verdict.CONFIRMED:
        return None
    if proof.valid_until is None:
        return FOREVER
    if proof.exemption is Exemption.CONTRAINDICATION:
        return months_later(proof.valid_until, FOLLOW_UP_MONTHS)
    return proof.valid_until


def judged(ledger: Iterable[Proof]) -> Mapping[tuple[EvidenceKind, str | None], Proof]:
    """The newest record with a verdict for each kind and quality; the ledger is oldest first."""
    return {(each.kind, each.quality): each for each in ledger if each.verdict is not None}


def ends(ledger: Iterable[Proof]) -> dict[EvidenceKind, date]:
    """Until when each kind of proof holds or held; kinds of which nothing ever held are left out.

    A person has one qualification or several; the longest counts.
    """
    found: dict[EvidenceKind, date] = {}
    for (kind, _quality), proof in judged(ledger).items():
        end = holds_until(proof)
        if end is not None:
            found[kind] = max(end, found.get(kind, end))
    return found


def proofs_until(ledger: Iterable[Proof], employment: Employment) -> date | None:
    """The last day on which everything required holds; None while something is missing."""
    found = ends(ledger)
    wanted = required(employment)
    return min(found[kind] for kind in wanted) if found.keys() >= set(wanted) else None


def state_of(ledger: Sequence[Proof], kind: EvidenceKind, today: date) -> EvidenceState:
    """How it stands with one kind of proof on a day."""
    end = ends(ledger).get(kind)
    if end is not None and end >= today:
        soon = end <= today + timedelta(days=WARNINGS[0])
        return EvidenceState.EXPIRING if soon else EvidenceState.VALID
    latest = next((each for each in reversed(ledger) if each.kind is kind), None)
    if latest is not None and latest.verdict is None:
        return EvidenceState.SHOWN
    if end is not None:
        return EvidenceState.EXPIRED
    return EvidenceState.MISSING if latest is None else EvidenceState.REJECTED


def milestone(until: date, today: date) -> int | None:
    """The warning that is due on a day: so many days or fewer are left, EXPIRED for none."""
    left = (until - today).days
    if left < 0:
        return EXPIRED
    return next((days for days in reversed(WARNINGS) if left <= days), None)
