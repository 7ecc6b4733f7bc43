"""Applications: that somebody wants to be one of a provider's people, and what came of it."""

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.expressions import Q
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.disclosure import Stage
from domain.ids import uuid7
from domain.provider import CoordinatorRole
from domain.states import OPEN_APPLICATION, ApplicationState
from domain.viewer import Viewer
from models.disclosure import StageRule


class Application(Model):
    """Of an assistant or a coordinator; an approved one lasts as long as the membership."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    user: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.User", related_name="applications", on_delete=fields.CASCADE
    )
    provider: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Provider", related_name="applications", on_delete=fields.CASCADE
    )
    coordinator_role = fields.CharEnumField(
        CoordinatorRole, max_length=15, default=CoordinatorRole.COORDINATOR
    )
    state = fields.CharEnumField(ApplicationState, max_length=10)
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField(auto_now_add=True)

    user_id: UUID
    provider_id: UUID

    class Meta:
        """At most one is open and one is approved per person."""

        table = "applications"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Application]":
        """One's own, those that wait for the own provider, and all of them for staff.

        Not whom the provider has invited: that would tell which addresses have an account.
        """
        if viewer.is_staff:
            return cls.all()
        if viewer.speaks_for is None:
            return cls.filter(user_id=viewer.id) if viewer.id else cls.filter(id__isnull=True)
        waiting = Q(provider_id=viewer.speaks_for, state=ApplicationState.WAITING)
        return cls.filter(waiting | Q(user_id=viewer.id))

    @classmethod
    def open_ones(cls, viewer: Viewer) -> "QuerySet[Application]":
        """Of these the ones that nobody has decided about."""
        return cls.visible_to(viewer).filter(state__in=sorted(OPEN_APPLICATION))

    @classmethod
    def stage_to(cls, viewer: Viewer) -> StageRule:
        """Whoever decides sees as much as staff."""
        decides = viewer.is_staff or viewer.speaks_for is not None
        return Stage.STAFF if decides else Stage.OWN

    @classmethod
    def waiting_for(cls, provider_id: UUID | None) -> "QuerySet[Application]":
        """Applications that a provider has to decide about; nobody's for None."""
        return cls.filter(
            provider_id=provider_id, provider_id__isnull=False, state=ApplicationState.WAITING
        )
