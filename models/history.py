"""Every transition that ever happened, the seals over them, and the pairs that may happen."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from domain.ids import uuid7


class Transition(Model):
    """One change of state: what, from where, to where, by whom, when. Written, never changed.

    `principal` is for whom the actor acted; null when it was for nobody else. Both go when the
    account goes, and after a year; `role` and `on_behalf` say what stays true. `person_id` and
    `other_id` are the two sides that it concerns (`models.concern`), `order` and `match` what it
    belongs to; they outlive what they name. The column `tx` (the writing transaction) comes from
    `sql/49_audit.sql`.
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
    role = fields.CharField(max_length=20, db_default="SYSTEM")
    on_behalf = fields.BooleanField(db_default=False)
    person_id: Any = fields.UUIDField(null=True)
    other_id: Any = fields.UUIDField(null=True)
    order: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Order", null=True, related_name="timeline", db_constraint=False
    )
    match: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Match", null=True, related_name="timeline", db_constraint=False
    )
    at = fields.DatetimeField(auto_now_add=True)

    actor_id: UUID | None
    principal_id: UUID | None
    order_id: UUID | None
    match_id: UUID | None

    class Meta:
        """Read by aggregate, by order, by match and by person; each version is reached once."""

        table = "transitions"
        unique_together = (("machine", "aggregate", "version"),)


class AuditSeal(Model):
    """One link of the chain over the transitions: `domain.audit` says what `hash` is made of.

    `actor_code` and `principal_code` stand for the two where their names do not stand any more.
    """

    sequence = fields.BigIntField(primary_key=True, generated=False)
    transition: fields.OneToOneRelation[Transition] = fields.OneToOneField(
        "models.Transition", related_name="seal", db_constraint=False
    )
    actor_code = fields.CharField(max_length=32, null=True)
    principal_code = fields.CharField(max_length=32, null=True)
    hash = fields.CharField(max_length=64)
    sealed_at: datetime = fields.DatetimeField()

    transition_id: UUID

    class Meta:
        """Written once, one after the other."""

        table = "audit_seals"


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
