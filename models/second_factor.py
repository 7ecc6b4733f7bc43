"""Second factors: which secret counts and what was used of it; the secret itself is derived."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model

from models.user import User


class SecondFactor(Model):
    """The authenticator app of an account, one at most.

    `version` names the secret that counts (0: none yet), `pending` the one that waits for its
    first code, `last_step` the newest step whose code was used, `codes_version` and `used_codes`
    the recovery codes. The codes of a `shared` one are public, as those of the demo's people, and
    are not used up.
    """

    id = fields.UUIDField(primary_key=True)
    user: fields.OneToOneRelation[User] = fields.OneToOneField(
        "models.User", related_name="second_factor", on_delete=fields.CASCADE
    )
    version = fields.IntField(default=0)
    pending = fields.IntField(null=True)
    last_step = fields.BigIntField(default=0)
    codes_version = fields.IntField(default=0)
    used_codes: Any = ArrayField(element_type="int", default=list)
    shared = fields.BooleanField(default=False)
    confirmed_at: datetime | None = fields.DatetimeField(null=True)

    user_id: UUID

    class Meta:
        """One row per account."""

        table = "second_factors"

    @property
    def holds(self) -> bool:
        """Whether signing in needs a code."""
        return self.version > 0
