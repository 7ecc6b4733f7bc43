"""Where a mail leads: the view of the front page that shows what its news is about."""

from uuid import UUID

from domain.ids import encode
from domain.viewer import PARTIES
from models.database import fetch
from models.user import User

_ENDED = "('SUGGESTED', 'DECLINED', 'WITHDRAWN', 'LAPSED')"
# An id is of one of these; of matches only those that have a view, for both sides.
_FIND = f"""
SELECT 'match' AS kind, id FROM matches WHERE state NOT IN {_ENDED} AND id IN (
  SELECT $1::uuid
  UNION ALL SELECT match_id FROM meetings WHERE id = $1
  UNION ALL SELECT match_id FROM nominations WHERE id = $1
  UNION ALL SELECT match_id FROM contracts WHERE id = $1)
UNION ALL SELECT 'contract', contract_id FROM appointments WHERE id = $1
UNION ALL SELECT 'fundingsource', id FROM funding_sources WHERE id = $1 AND seeker_id = $2
UNION ALL SELECT 'order', id FROM orders WHERE id = $1 AND seeker_id = $2
LIMIT 1
"""  # noqa: S608  our own words
_VIEWS = {
    "match": "match",
    "contract": "appointments",
    "order": "order",
    "fundingsource": "funding",
}


async def place_of(reference: UUID | None, receiver: User, district: str | None) -> str:
    """What stands behind the portal's address: ids, no token; nothing leads to the start."""
    if reference is None or district is None or receiver.role not in PARTIES:
        return ""
    rows = await fetch(_FIND, reference, receiver.id)
    if not rows:
        return ""
    kind, key = rows[0]["kind"], rows[0]["id"]
    return f"#{_VIEWS[kind]}={encode(kind, district, key)}"
