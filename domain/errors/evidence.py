"""Refusals about proofs."""

from domain.errors.base import InputRefused, StateRefused


class EvidenceFieldForeign(InputRefused):
    """A record of this kind of proof, with this verdict, does not hold this field."""

    code = "EVIDENCE_FIELD_FOREIGN"


class DatedAfterSeen(InputRefused):
    """A proof bears a later date than the day on which it was seen."""

    code = "DATED_AFTER_SEEN"


class OverWhenSeen(InputRefused):
    """A proof was over on the day on which it was seen."""

    code = "OVER_WHEN_SEEN"


class VerdictMissing(InputRefused):
    """An exemption is recorded that nobody has confirmed."""

    code = "VERDICT_MISSING"


class CertificateTooOld(InputRefused):
    """A certificate holds for `months` after its date, and they were over when it was seen."""

    code = "CERTIFICATE_TOO_OLD"


class ProofsMissing(StateRefused):
    """Somebody who assists lacks a proof, or one has expired."""

    code = "PROOFS_MISSING"


class OwnProofsMissing(ProofsMissing):
    """The person who asks lacks a proof, or one has expired."""

    code = "OWN_PROOFS_MISSING"


class AcceptorProofsMissing(ProofsMissing):
    """Whom the seeker would commission lacks a proof, or one has expired."""

    code = "ACCEPTOR_PROOFS_MISSING"
