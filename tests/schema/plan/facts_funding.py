"""What a funding source has to say, from the columns alone."""

from tests.schema.plan.facts_base import SOMETHING, Facts, Page, Ref, columns, seen
from tests.schema.plan.oracle import Eyes
from tests.schema.plan.world import Row


def funding_source(eyes: Eyes, row: Row) -> Facts:
    """Terms and lines; how it stands depends on the day and is there for what pays."""
    charges = eyes.world.those("funding_charges", "source_id", row["id"])
    return {
        **columns(
            row,
            "version state instrument payer cents minutes per validFrom validUntil appliedOn"
            " approvedOn createdAt",
        ),
        **dict.fromkeys(
            ("stateLabel", "instrumentLabel", "payerLabel", "availableActions", "nextStep"),
            SOMETHING,
        ),
        "legalBasis": row["paragraph"] or SOMETHING,
        "balance": SOMETHING if row["state"] in {"APPROVED", "ENDED"} else None,
        "seeker": seen(eyes, "Seeker", row["seeker_id"]),
        "charges": Page([Ref("FundingCharge", each) for each in charges]),
    }


def funding_charge(eyes: Eyes, row: Row) -> Facts:
    """One line."""
    return {
        **columns(row, "day minutes cents payer"),
        "legalBasis": row["paragraph"] or SOMETHING,
        "appointment": seen(eyes, "Appointment", row["appointment_id"]),
    }
