"""What confirmed hours are charged to: chosen per contract, reckoned anew after every change.

Everything happens under a lock on the seeker, which is taken last: after order, contract and
appointment.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from domain.errors import FundingForeign, NotFound
from domain.funding_charge import Charge, Hours, charges
from domain.funding_state import EDITABLE, PAYING
from domain.permissions import demand_role
from domain.statement import day_of
from domain.viewer import Role, Viewer
from models.contract import Contract
from models.database import execute, fetch
from models.funding import ContractFunding, FundingCharge, FundingSource
from models.user import Seeker
from services.use_case import for_another, use_case

MOST = 10
_HOURS = """
SELECT a.id, a.worked_from, floor(extract(epoch FROM a.worked_until - a.worked_from) / 60)::int
  AS minutes, c.hourly_cents, f.sources
FROM appointments a JOIN contracts c ON c.id = a.contract_id
JOIN (SELECT contract_id, array_agg(source_id ORDER BY place) AS sources
      FROM contract_funding GROUP BY contract_id) f ON f.contract_id = c.id
WHERE a.seeker_id = $1 AND a.state = 'CONFIRMED'
"""
_LOOK_AGAIN = "UPDATE funding_sources SET looked_on = NULL WHERE id = ANY($1)"


@use_case
@for_another()
async def fund_contract(viewer: Viewer, contract_id: UUID, sources: Sequence[UUID]) -> Contract:
    """Say which sources pay for a contract's hours, the first one first; none at all is possible.

    Raises:
        NotFound: not a contract or not a source of the viewer's.
        FundingForeign: named twice, too many, or one that was refused or withdrawn.
    """
    seeker = demand_role(viewer, Role.SEEKER)
    contract = await Contract.get_or_none(id=contract_id, seeker_id=seeker)
    if contract is None:
        raise NotFound(field="contractId")
    await Seeker.filter(id=seeker).select_for_update(no_key=True).get()
    known = {row.id: row for row in await FundingSource.filter(seeker_id=seeker)}
    if any(each not in known for each in sources):
        raise NotFound(field="fundingSourceIds")
    usable = all(known[each].state in EDITABLE | PAYING for each in sources)
    if len(sources) > MOST or len(set(sources)) < len(sources) or not usable:
        raise FundingForeign(field="fundingSourceIds")
    await ContractFunding.filter(contract_id=contract_id).delete()
    await ContractFunding.bulk_create(
        [
            ContractFunding(contract_id=contract_id, source_id=each, place=place)
            for place, each in enumerate(sources, 1)
        ]
    )
    await recharge(seeker)
    return contract


async def recharge(seeker_id: UUID) -> None:
    """Reckon anew what each source of a seeker pays for, in the caller's transaction."""
    await Seeker.filter(id=seeker_id).select_for_update(no_key=True).get()
    rows = await FundingSource.filter(seeker_id=seeker_id, state__in=sorted(PAYING))
    sources = {row.id: row for row in rows}
    found = charges(await _hours(seeker_id), {key: row.budget for key, row in sources.items()})
    wanted = {_key(charge): charge for charge in found}
    known = await FundingCharge.filter(source__seeker_id=seeker_id)
    kept = {_key(row) for row in known if _is_right(row, sources, wanted)}
    gone = [row for row in known if _key(row) not in kept]
    new = [charge for key, charge in wanted.items() if key not in kept]
    await FundingCharge.filter(id__in=[row.id for row in gone]).delete()
    await FundingCharge.bulk_create([_row(charge, sources[charge.source_id]) for charge in new])
    await _look_again([*gone, *new])


async def _hours(seeker_id: UUID) -> list[Hours]:
    return [
        Hours(
            appointment_id=row["id"],
            day=day_of(row["worked_from"]),
            begins=row["worked_from"],
            minutes=row["minutes"],
            hourly_cents=row["hourly_cents"],
            sources=tuple(row["sources"]),
        )
        for row in await fetch(_HOURS, seeker_id)
    ]


def _key(charge: Charge | FundingCharge) -> tuple[object, ...]:
    return (
        *(charge.source_id, charge.appointment_id, charge.day),
        *(charge.first_minute, charge.minutes, charge.cents),
    )


def _is_right(
    row: FundingCharge,
    sources: dict[UUID, FundingSource],
    wanted: dict[tuple[object, ...], Charge],
) -> bool:
    source = sources.get(row.source_id)
    words = source and (source.payer, source.paragraph)
    return _key(row) in wanted and words == (row.payer, row.paragraph)


def _row(charge: Charge, source: FundingSource) -> FundingCharge:
    return FundingCharge(
        source_id=charge.source_id,
        appointment_id=charge.appointment_id,
        day=charge.day,
        first_minute=charge.first_minute,
        minutes=charge.minutes,
        cents=charge.cents,
        payer=source.payer,
        paragraph=source.paragraph,
    )


async def _look_again(changed: Iterable[Charge | FundingCharge]) -> None:
    """Let the duty see whether something is to be warned of."""
    if ids := sorted({each.source_id for each in changed}):
        await execute(_LOOK_AGAIN, ids)
