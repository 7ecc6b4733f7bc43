"""What the tests of funding begin with: a contract, its worked hours, and sources."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from domain.dates import BERLIN
from domain.funding import FundingInstrument, FundingPeriod, FundingTerms
from domain.user import Payer
from domain.viewer import Viewer
from models.appointment import Appointment
from models.funding import FundingCharge, FundingSource
from services import clock
from services.appointment_end import confirm_appointment
from services.funding import record_funding_source
from tests.appointment_rows import put_appointment
from tests.staging import guards_asleep

RATE = 2500


def terms(**more: Any) -> FundingTerms:
    said: dict[str, Any] = {
        "instrument": FundingInstrument.PERSONAL_BUDGET,
        "payer": Payer.INTEGRATION_ASSISTANCE,
        "cents": 50_00,
        "minutes": None,
        "per": FundingPeriod.WHOLE,
        "valid_from": clock.today() - timedelta(days=30),
        "valid_until": None,
        "applied_on": None,
    }
    return FundingTerms(**(said | more))


async def approved(seeker: Viewer, **more: Any) -> FundingSource:
    return await record_funding_source(seeker, None, terms(**more), clock.today())


async def worked(owner_url: str, contract: UUID, *days_ago: int) -> list[Appointment]:
    """An hour at noon of each of these days, recorded."""
    async with guards_asleep(owner_url) as connection:
        ids = [
            await put_appointment(connection, contract, "WORKED", starts_at=noon(days))
            for days in days_ago
        ]
    return [await Appointment.get(id=each) for each in ids]


def noon(days_ago: int) -> datetime:
    day = clock.today() - timedelta(days=days_ago)
    return datetime.combine(day, time(12), BERLIN).astimezone(UTC)


async def confirmed(owner_url: str, seeker: Viewer, contract: UUID, *days_ago: int) -> None:
    """The same, and the client has said yes, in this order."""
    for row in await worked(owner_url, contract, *days_ago):
        await confirm_appointment(seeker, None, row.id, row.version)


async def charged(source: FundingSource) -> list[tuple[int, int]]:
    """How many days ago, and how many minutes, the earliest first."""
    rows = await FundingCharge.filter(source_id=source.id).order_by("day", "first_minute")
    return [((clock.today() - row.day).days, row.minutes) for row in rows]
