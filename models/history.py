"""Every transition that ever happened, and the pairs that may happen."""

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from domain.ids import uuid7


class Transition(Model):
    """One change of state: what, from where, to where, by whom, when. Written, never changed.

    `principal` is for whom the actor acted; null when it was for nobody else.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    machine = fields.CharField(max_length=20)
    aggregate = fields.UUIDField()
    action = fields.CharField(max_length=30)
    source = fields.CharField(max_length=20)
    target = fields.CharField(max_length=20)
    version = fields.IntField()
    actor: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.User", null=True, related_name="done", on_delete=fields.SET_NULL
    )
    principal: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.User", null=True, related_name="done_for", on_delete=fields.SET_NULL
    )
    at = fields.DatetimeField(auto_now_add=True)

    actor_id: UUID | None
    principal_id: UUID | None

    class Meta:
        """Read by aggregate; each version is reached once."""

        table = "transitions"
        unique_together = (("machine", "aggregate", "version"),)


class LegalTransition(Model):
    """A legal (from, to) pair of a machine, copied from `domain.states` by the migration."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    machine = fields.CharField(max_length=20)
    source = fields.CharField(max_length=20)
    target = fields.CharField(max_length=20)

    class Meta:
        """Read by the trigger that guards every state column."""

        table = "legal_transitions"
        unique_together = (("machine", "source", "target"),)
