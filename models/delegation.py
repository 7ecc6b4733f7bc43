"""Delegations: that somebody may act for an account, and why."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.expressions import Q
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.disclosure import Stage
from domain.ids import uuid7
from domain.states import OPEN_DELEGATION, DelegationState
from domain.viewer import DelegationKind, Viewer
from models.disclosure import StageRule


class Delegation(Model):
    """One person acts for another. The address is kept as the principal wrote it.

    `delegate` has an account from the first day, if only a draft that nobody has registered yet:
    so nobody learns from a delegation which addresses have one. Nobody's account is customer
    service, whose officers act as it.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    principal: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.User", related_name="delegations", on_delete=fields.CASCADE
    )
    delegate: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.User", null=True, related_name="acts_for", on_delete=fields.CASCADE
    )
    officer: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.User", null=True, related_name="recorded_delegations", on_delete=fields.SET_NULL
    )
    kind = fields.CharEnumField(DelegationKind, max_length=20)
    email = fields.CharField(max_length=254, null=True)
    state = fields.CharEnumField(DelegationState, max_length=10)
    version = fields.IntField(default=1)
    valid_until: date | None = fields.DateField(null=True)
    created_at: datetime = fields.DatetimeField(auto_now_add=True)

    principal_id: UUID
    delegate_id: UUID | None
    officer_id: UUID | None

    class Meta:
        """For two people one at most that holds, and one that is asked for."""

        table = "delegations"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Delegation]":
        """One's own on either side, and all of them for staff; who acts sees what allows it."""
        if viewer.is_staff:
            return cls.all()
        if viewer.acting:
            return cls.filter(id=viewer.acting.delegation_id)
        if viewer.id is None:
            return cls.filter(id__isnull=True)
        return cls.filter(Q(principal_id=viewer.id) | Q(delegate_id=viewer.id))

    @classmethod
    def open_ones(cls, viewer: Viewer) -> "QuerySet[Delegation]":
        """Of these the ones that have not ended."""
        return cls.visible_to(viewer).filter(state__in=sorted(OPEN_DELEGATION))

    @classmethod
    def stage_to(cls, viewer: Viewer) -> StageRule:
        """Both sides see all of it."""
        return Stage.STAFF if viewer.is_staff else Stage.OWN
