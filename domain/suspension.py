"""Why an account is suspended: a code for the record, and nothing in words."""

from enum import StrEnum


class SuspensionReason(StrEnum):
    """What made staff stop an account for the time being."""

    REPORTED = "REPORTED"
    PROOF_DOUBTFUL = "PROOF_DOUBTFUL"
    INACTIVE = "INACTIVE"
    OTHER = "OTHER"
