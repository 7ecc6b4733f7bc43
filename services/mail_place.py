"""Where a mail leads: the view of the front page that shows what its news is about."""

from uuid import UUID

from domain.ids import encode
from domain.viewer import PARTIES
from models.database import fetch
from models.user import User

_ENDED = "('SUGGESTED', 'DECLINED', 'WITHDRAWN', 'LAPSED')"
# An id is of one of these; of matches only those that have a view, for both sides. Whoever stands
# in does not see the contract, only the own appointments: the page's news lead there as well.
_FIND = f"""
SELECT 'match' AS kind, id FROM matches WHERE state NOT IN {_ENDED} AND id IN (
  SELECT $1::uuid
  UNION ALL SELECT match_id FROM meetings WHERE id = $1
  UNION ALL SELECT match_id FROM nominations WHERE id = $1
  UNION ALL SELECT match_id FROM contracts WHERE id = $1)
UNION ALL SELECT 'appointments', CASE WHEN c.assistant_id = a.assistant_id OR a.assistant_id <> $2
  THEN c.id END FROM appointments a JOIN contracts c ON c.id = a.contract_id WHERE a.id = $1
UNION ALL SELECT 'fundingsource', id FROM funding_sources WHERE id = $1 AND seeker_id = $2
UNION ALL SELECT 'order', id FROM orders WHERE id = $1 AND seeker_id = $2
LIMIT 1
"""  # noqa: S608  our own words
_VIEWS = {
    "match": ("match", "match"),
    "appointments": ("appointments", "contract"),
    "order": ("order", "order"),
    "fundingsource": ("funding", "fundingsource"),
}


async def place_of(reference: UUID | None, receiver: User, district: str | None) -> str:
    """What stands behind the portal's address: ids, no token; nothing leads to the start."""
    if reference is None or district is None or receiver.role not in PARTIES:
        return ""
    rows = await fetch(_FIND, reference, receiver.id)
    if not rows:
        return ""
    key = rows[0]["id"]
    view, kind = _VIEWS[rows[0]["kind"]]
    return f"#{view}={encode(kind, district, key)}" if key else f"#{view}"
