"""Repeating a run of matching, and telling how often who was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.matching.pairing import suggestions
from domain.matching.snapshot import ALGORITHM, digest, fingerprint
from models.database import fetch
from models.demand import demand_row
from models.run import MatchRun
from services import clock
from services.offer import offer_table

_FOUND = """
SELECT acceptor, kind, sum(found)::int AS found, sum(accepted)::int AS accepted,
  sum(contracted)::int AS contracted
FROM (
  SELECT coalesce(m.assistant_id, m.provider_id) AS acceptor, m.kind,
    count(*) FILTER (WHERE t.action IN ('SUGGEST', 'SUGGEST_AGAIN')) AS found,
    count(*) FILTER (WHERE t.action = 'ACCEPT_ORDER') AS accepted,
    count(*) FILTER (WHERE t.action = 'CONTRACT') AS contracted
  FROM transitions t JOIN matches m ON m.id = t.aggregate
  WHERE t.machine = 'MATCH' AND t.at >= $1 AND t.at < $2
  GROUP BY 1, 2
  UNION ALL SELECT acceptor, kind, found, accepted, contracted FROM found_counts
  WHERE month >= ($1 AT TIME ZONE 'Europe/Berlin')::date
    AND month < ($2 AT TIME ZONE 'Europe/Berlin')::date
) counted
GROUP BY 1, 2 ORDER BY found DESC, acceptor
"""


@dataclass(frozen=True, slots=True)
class Replay:
    """A kept run beside the same comparison made now; `found` holds acceptors, the best first."""

    run: MatchRun
    same_rules: bool
    same_input: bool
    found: Sequence[str]

    @property
    def same_list(self) -> bool:
        """Whether the list is the one that was found then."""
        return list(self.found) == list(self.run.found)


@dataclass(frozen=True, slots=True)
class Found:
    """How often an acceptor was found for an order, said yes and came to a contract.

    Not each suggestion is seen: one that waits for its turn may lapse before.
    """

    acceptor: UUID
    kind: str
    found: int
    accepted: int
    contracted: int


async def replay(order_id: UUID, run_id: UUID | None = None) -> Replay | None:
    """Compare an order again as in one of its runs, the last one unless named; None without one."""
    runs = MatchRun.filter(order_id=order_id)
    run = await (runs.filter(id=run_id) if run_id else runs).order_by("-id").first()
    demand = await demand_row(order_id, clock.today())
    if run is None or demand is None:
        return None
    table = await offer_table()
    return Replay(
        run=run,
        same_rules=run.algorithm == ALGORITHM,
        same_input=run.digest == digest(fingerprint(demand), table.fingerprint),
        found=[str(each.acceptor_id) for each in suggestions(demand, table.offers)],
    )


async def found_between(begin: datetime, end: datetime) -> list[Found]:
    """How often whom, most often first; whoever was never found is left out.

    Of matches that are deleted by now, whole months are known.
    """
    return [Found(**{**row, "kind": str(row["kind"])}) for row in await fetch(_FOUND, begin, end)]


async def forget_runs(before: datetime) -> int:
    """Delete the runs from before the instant; how many."""
    return await MatchRun.filter(at__lt=before).delete()
