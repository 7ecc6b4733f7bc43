"""Orders (Such-Aufträge), their activities, and which of them a viewer may see."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.expressions import Subquery
from tortoise.fields.db_defaults import Now
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.disclosure import Stage
from domain.ids import uuid7
from domain.order import Interval, OrderDraft, OrderKind
from domain.states import OrderState
from domain.viewer import Role, Viewer
from models.database import fetch
from models.disclosure import ByMatches, StageRule
from models.match import Match


class Order(Model):
    """What a seeker looks for: once, or again and again."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    seeker: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Seeker", related_name="orders", on_delete=fields.CASCADE
    )
    municipality: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Municipality", on_delete=fields.RESTRICT
    )
    state = fields.CharEnumField(OrderState, max_length=20, default=OrderState.DRAFT)
    version = fields.IntField(default=1)
    kind = fields.CharEnumField(OrderKind, max_length=10)
    description = fields.TextField(default="")
    duration_minutes = fields.IntField()
    needs_driving = fields.BooleanField(default=False)
    starts_at = fields.DatetimeField(null=True)
    start_date = fields.DateField(null=True)
    interval = fields.CharEnumField(Interval, max_length=5, null=True)
    count = fields.IntField(null=True)
    week = fields.BinaryField()
    max_distance_km = fields.IntField(null=True)
    personal_reason = fields.BooleanField(db_default=False)
    created_at = fields.DatetimeField(auto_now_add=True)
    edited_at = fields.DatetimeField(db_default=Now())
    released_at = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField(null=True)

    seeker_id: UUID
    municipality_id: UUID

    class Meta:
        """Listed by owner and by state."""

        table = "orders"

    def draft(self, parts: "Parts") -> OrderDraft:
        """The row and its parts as the value that the rules look at."""
        return OrderDraft(
            kind=self.kind,
            description=self.description,
            activities=parts.activities,
            week=bytes(self.week),
            duration_minutes=self.duration_minutes,
            needs_driving=self.needs_driving,
            starts_at=self.starts_at,
            start_date=self.start_date,
            interval=self.interval,
            count=self.count,
            max_distance_km=self.max_distance_km,
            must=parts.must,
            wishes=parts.wishes,
            personal_reason=self.personal_reason,
        )

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Order]":
        """Owners see their own, acceptors those they were asked for, staff all, others none."""
        if viewer.is_staff or viewer.role is Role.SYSTEM:
            return cls.all()
        if viewer.role is Role.SEEKER:
            return cls.filter(seeker_id=viewer.id)
        asked = Match.visible_to(viewer).values("order_id")
        return cls.filter(id__in=Subquery(asked))

    @classmethod
    def stage_to(cls, viewer: Viewer) -> StageRule:
        """Owners and staff see all of it, acceptors as far as their own match has come."""
        if viewer.is_staff:
            return Stage.STAFF
        if viewer.role is Role.SEEKER:
            return Stage.OWN
        return ByMatches(Match.visible_to(viewer), ("order_id",))

    @classmethod
    def owned_by(cls, viewer: Viewer) -> "QuerySet[Order]":
        """The list called "Aufträge": a seeker's own, all for staff, none for others."""
        if viewer.role is Role.SEEKER or viewer.is_staff:
            return cls.visible_to(viewer)
        return cls.filter(id__isnull=True)

    @classmethod
    def suggested_to(cls, viewer: Viewer) -> "QuerySet[Order]":
        """The orders an acceptor may answer or has answered, none for others."""
        answerable = Match.answerable_by(viewer).values("order_id")
        return cls.filter(id__in=Subquery(answerable))


class OrderActivity(Model):
    """One activity an order asks for: health data by inference, in a table of its own."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField(
        "models.Order", related_name="activities", on_delete=fields.CASCADE
    )
    activity: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Activity", on_delete=fields.RESTRICT
    )

    order_id: UUID
    activity_id: str

    class Meta:
        """Each activity once."""

        table = "order_activities"
        unique_together = (("order", "activity"),)


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands in tables of its own: the codes of activities and of qualities."""

    activities: frozenset[str]
    must: frozenset[str]
    wishes: frozenset[str]


_PARTS = """
SELECT array(SELECT activity_id FROM order_activities WHERE order_id = $1) AS activities,
       array(SELECT quality_id FROM order_qualities WHERE order_id = $1 AND must) AS must,
       array(SELECT quality_id FROM order_qualities WHERE order_id = $1 AND NOT must) AS wishes
"""


async def parts_of(order_id: UUID) -> Parts:
    """The parts of an order, with one statement."""
    (row,) = await fetch(_PARTS, order_id)
    return Parts(frozenset(row["activities"]), frozenset(row["must"]), frozenset(row["wishes"]))
