"""Duties about proofs: warning before they end, and forgetting what may not be kept."""

from datetime import timedelta

from services.evidence_upkeep import forget, warn
from workers.job import Done, Job, Outcome, handler


@handler("evidence.warn", tries=5, every=timedelta(minutes=1))
async def warn_of_ends(_job: Job) -> Outcome:
    """Tell people whose proofs end soon or have ended, and let matching look again."""
    await warn()
    return Done()


@handler("evidence.forget", tries=5, every=timedelta(hours=1))
async def forget_records(_job: Job) -> Outcome:
    """Delete records of proofs whose time is over."""
    await forget()
    return Done()
