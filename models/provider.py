"""Providers (Leistungs-Anbieter), where they serve, what they offer, who speaks for them."""

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.expressions import Q, Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.disclosure import Stage
from domain.ids import uuid7
from domain.provider import CoordinatorRole
from domain.recognition import Recognition
from domain.user import Payer
from domain.viewer import AccountState, Viewer
from models.disclosure import Public, StageRule


class Provider(Public, Model):
    """An organisation that employs assistants and answers orders through its coordinators."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    name = fields.CharField(max_length=200, unique=True)
    introduction = fields.TextField(default="")
    email = fields.CharField(max_length=254)
    phone = fields.CharField(max_length=40)
    accepted_payers: Any = ArrayField(element_type="text", null=True)
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        """Few rows: an order is compared with all of them."""

        table = "providers"

    @classmethod
    def reachable(cls, _viewer: Viewer) -> "QuerySet[Provider]":
        """Those with somebody who speaks for them: they can be chosen, and they answer orders."""
        return cls.filter(id__in=Subquery(Coordinator.speaking().values("provider_id")))


class ProviderArea(Model):
    """A municipality that a provider serves."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    provider: fields.ForeignKeyRelation[Provider] = fields.ForeignKeyField(
        "models.Provider", related_name="areas", on_delete=fields.CASCADE
    )
    municipality: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Municipality", on_delete=fields.RESTRICT
    )

    provider_id: UUID
    municipality_id: UUID

    class Meta:
        """Each municipality once."""

        table = "provider_areas"
        unique_together = (("provider", "municipality"),)


class ProviderActivity(Model):
    """An activity that a provider offers."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    provider: fields.ForeignKeyRelation[Provider] = fields.ForeignKeyField(
        "models.Provider", related_name="activities", on_delete=fields.CASCADE
    )
    activity: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Activity", on_delete=fields.RESTRICT
    )

    provider_id: UUID
    activity_id: str

    class Meta:
        """Each activity once."""

        table = "provider_activities"
        unique_together = (("provider", "activity"),)


class ProviderRecognition(Model):
    """What a provider is recognised for, from a day on and until another."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    provider: fields.ForeignKeyRelation[Provider] = fields.ForeignKeyField(
        "models.Provider", related_name="recognitions", on_delete=fields.CASCADE
    )
    kind = fields.CharEnumField(Recognition, max_length=25)
    valid_from = fields.DateField()
    valid_until = fields.DateField(null=True)

    provider_id: UUID

    class Meta:
        """Each kind once from a day on."""

        table = "provider_recognitions"
        unique_together = (("provider", "kind", "valid_from"),)


class ProviderPrice(Model):
    """What an hour costs whom, in euro cents, from a day on until the next one of that payer."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    provider: fields.ForeignKeyRelation[Provider] = fields.ForeignKeyField(
        "models.Provider", related_name="prices", on_delete=fields.CASCADE
    )
    payer = fields.CharEnumField(Payer, max_length=25)
    cents = fields.IntField()
    valid_from = fields.DateField()

    provider_id: UUID

    class Meta:
        """One price per payer begins on a day, so no two ever hold at once."""

        table = "provider_prices"
        unique_together = (("provider", "payer", "valid_from"),)


class Coordinator(Model):
    """Somebody who speaks for a provider, for as long as this row is there."""

    id = fields.UUIDField(primary_key=True)
    user: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "models.User", related_name="coordinator", on_delete=fields.CASCADE
    )
    provider: fields.ForeignKeyRelation[Provider] = fields.ForeignKeyField(
        "models.Provider", related_name="coordinators", on_delete=fields.CASCADE
    )
    role = fields.CharEnumField(
        CoordinatorRole, max_length=15, db_default=CoordinatorRole.COORDINATOR
    )

    user_id: UUID
    provider_id: UUID

    class Meta:
        """One provider per coordinator."""

        table = "coordinators"

    @classmethod
    def speaking(cls) -> "QuerySet[Coordinator]":
        """Those who may: whose account is released."""
        return cls.filter(user__state=AccountState.RELEASED)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Coordinator]":
        """Oneself, colleagues of the own provider, and all of them for staff."""
        if viewer.is_staff:
            return cls.all()
        if viewer.speaks_for is None:
            return cls.filter(id=viewer.id) if viewer.id else cls.filter(id__isnull=True)
        return cls.filter(Q(provider_id=viewer.speaks_for) | Q(id=viewer.id))

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """Whoever sees a colleague sees all of it."""
        return Stage.STAFF
