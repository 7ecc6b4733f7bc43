"""Refusals about proofs."""

from domain.errors.base import InputRefused, StateRefused


class EvidenceFieldForeign(InputRefused):
    """A record of this kind of proof, with this verdict, does not hold this field."""

    code = "EVIDENCE_FIELD_FOREIGN"


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
