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
