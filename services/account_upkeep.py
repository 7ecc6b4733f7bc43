"""What becomes of accounts as time goes by: nobody's address is kept without its owner's word."""

from datetime import datetime, timedelta

from models.database import fetch
from models.user import User
from services.profile import forget_profile

KEPT = timedelta(days=14)
BATCH = 100

# Locked against a link in use and a talk being recorded: either comes before, or finds nothing.
_UNCONFIRMED = """
SELECT id FROM users u
WHERE state IN ('DRAFT', 'REGISTERED')
  AND role IN ('SEEKER', 'ASSISTANT', 'COORDINATOR', 'REPRESENTATIVE')
  AND email_confirmed_at IS NULL AND created_at < $1
  AND NOT EXISTS (SELECT FROM talks WHERE user_id = u.id)
  AND NOT EXISTS (SELECT FROM identity_checks WHERE user_id = u.id)
ORDER BY created_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED
"""


async def forget_unconfirmed(now: datetime) -> int:
    """Delete registrations and invitations that nobody has confirmed for 14 days; how many.

    In the caller's transaction, a batch at most. A provider that only such an account stood for
    goes with it, so that its name is free again.
    """
    rows = await fetch(_UNCONFIRMED, now - KEPT, BATCH)
    for row in rows:
        await forget_profile(row["id"])
        await User.filter(id=row["id"]).delete()
    return len(rows)
