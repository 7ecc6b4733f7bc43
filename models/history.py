"""Every transition that ever happened, the seals over them, and the pairs that may happen."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.expressions import Q, RawSQL, Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.disclosure import OPEN
from domain.ids import uuid7
from domain.states import AGREED_MATCH, NOMINATION, ORDER
from domain.viewer import Role, Viewer
from models.disclosure import StageRule
from models.match import Match

# The ORM joins a table once. Acceptances are compared by their own entries: the clock is the same.
_ACCEPTED_AT = RawSQL(
    """(SELECT min(yes.at) FROM transitions yes WHERE yes.match_id = "matches"."id"
        AND yes.machine = 'MATCH' AND yes.target = 'ACCEPTED')"""
)


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

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Transition]":
        """What concerns the viewer, and of the orders that acceptors said yes to what came then.

        Who did it is no right to read it: what somebody did for another is the other's.
        """
        if viewer.is_staff or viewer.role is Role.SYSTEM:
            return cls.all()
        if viewer.id is None:
            return cls.filter(id__isnull=True)
        if viewer.is_released and viewer.role in (Role.ASSISTANT, Role.COORDINATOR):
            return cls.filter(cls._own(viewer) | cls._of_agreed(viewer))
        return cls.filter(cls._own(viewer))

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """A visible entry is shown whole; the people behind it have stages of their own."""
        return OPEN

    @classmethod
    def concerning(cls, viewer: Viewer) -> "QuerySet[Transition]":
        """Of these what is about the viewer's own account, orders and matches; all for staff."""
        if viewer.is_staff or viewer.id is None:
            return cls.visible_to(viewer)
        return cls.filter(cls._own(viewer))

    @classmethod
    def deeds(cls, viewer: Viewer) -> "QuerySet[Transition]":
        """What people did, for staff alone."""
        return cls.all() if viewer.is_staff else cls.filter(id__isnull=True)

    @classmethod
    def _own(cls, viewer: Viewer) -> Q:
        """About oneself, on either side, or done by oneself for nobody else.

        What two sides have with each other is for released accounts; who else may act for somebody
        is nothing for those who do. Suggestions that lapse with an order are no deed of its owner:
        they are about people whom the owner has never seen.
        """
        own = Q(person_id=viewer.id) | Q(other_id=viewer.id)
        own |= Q(actor_id=viewer.id, principal_id__isnull=True) & ~Q(action="LAPSE")
        if viewer.speaks_for is not None:
            own |= Q(other_id=viewer.speaks_for)
        if not viewer.is_released:
            own &= Q(match_id__isnull=True)
        if viewer.acting:
            own &= ~Q(machine="DELEGATION") | Q(aggregate=viewer.acting.delegation_id)
        return own

    @classmethod
    def _of_agreed(cls, viewer: Viewer) -> Q:
        """Of the matches that stand, and of their orders from the first acceptance on."""
        agreed = Match.visible_to(viewer).filter(state__in=sorted(AGREED_MATCH))
        since = agreed.filter(
            order__timeline__machine=ORDER.name, order__timeline__at__gte=_ACCEPTED_AT
        )
        both = Q(match_id__in=Subquery(agreed.values("id")), other_id__isnull=False)
        if viewer.role is Role.ASSISTANT:  # whom else the provider has named is the provider's
            both &= ~Q(machine=NOMINATION.name)
        return both | Q(id__in=Subquery(since.values("order__timeline__id")))


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
