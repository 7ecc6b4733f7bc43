"""Contracts between the two sides of a match: their terms, who said yes, and their activities."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.expressions import Q, Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.contract import ContractEnd, ContractModel, ContractSide
from domain.contract_state import ContractState
from domain.disclosure import Stage
from domain.ids import uuid7
from domain.order import Interval
from domain.user import Payer
from domain.viewer import Role, Viewer
from models.disclosure import StageRule


def between(viewer: Viewer) -> Q:
    """Rows of the viewer's among those between a client, an assistant, and perhaps a provider."""
    if viewer.is_staff or viewer.role is Role.SYSTEM:
        return Q()
    if viewer.speaks_for is not None:
        return Q(provider_id=viewer.speaks_for)
    if viewer.is_released and viewer.role is Role.SEEKER:
        return Q(seeker_id=viewer.id)
    if viewer.is_released and viewer.role is Role.ASSISTANT:
        return Q(assistant_id=viewer.id)
    return Q(id__isnull=True)


class Contract(Model):
    """What both sides agree on. A change of the terms raises `version`, a yes does not.

    `provider` is set where the provider is the party; `payer` is null while it is unclear who
    pays. `drafted_by` wrote the present terms.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    order: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Order", related_name="contracts", on_delete=fields.RESTRICT
    )
    match: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Match", related_name="contracts", on_delete=fields.RESTRICT
    )
    seeker: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Seeker", related_name="contracts", on_delete=fields.RESTRICT
    )
    assistant: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Assistant", null=True, related_name="contracts", on_delete=fields.RESTRICT
    )
    provider: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Provider", null=True, related_name="contracts", on_delete=fields.RESTRICT
    )
    state = fields.CharEnumField(ContractState, max_length=10, default=ContractState.DRAFT)
    version = fields.IntField(default=1)
    model = fields.CharEnumField(ContractModel, max_length=10)
    drafted_by = fields.CharEnumField(ContractSide, max_length=10)
    starts_on: date = fields.DateField()
    ends_on: date | None = fields.DateField(null=True)
    interval = fields.CharEnumField(Interval, max_length=5)
    minutes = fields.IntField()
    hourly_cents = fields.IntField()
    payer = fields.CharEnumField(Payer, max_length=25, null=True)
    end_reason: ContractEnd | None = fields.CharEnumField(ContractEnd, max_length=20, null=True)  # type: ignore[assignment]  # null
    created_at: datetime = fields.DatetimeField(auto_now_add=True)
    agreed_at: datetime | None = fields.DatetimeField(null=True)
    ended_at: datetime | None = fields.DatetimeField(null=True)

    order_id: UUID
    match_id: UUID
    seeker_id: UUID
    assistant_id: UUID | None
    provider_id: UUID | None

    class Meta:
        """One open contract per match; see sql/53_contracts.sql."""

        table = "contracts"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Contract]":
        """The parties, whoever comes, and staff: also once it has ended."""
        return cls.filter(between(viewer))

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """Whoever sees a contract sees all of it; its people have stages of their own."""
        return Stage.STAFF


class OfContract:
    """What belongs to a contract: seen with it."""

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Any]":
        """What belongs to the contracts that the viewer sees."""
        seen = Contract.visible_to(viewer).values("id")
        rows: QuerySet[Any] = cls.filter(contract_id__in=Subquery(seen))  # type: ignore[attr-defined]  # a mixin of models
        return rows

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """As the contract."""
        return Stage.STAFF


class ContractConsent(OfContract, Model):
    """A yes to the terms of one version. Written, never changed.

    `principal` is for whom the actor said it; null when it was for nobody else.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    contract: fields.ForeignKeyRelation[Contract] = fields.ForeignKeyField(
        "models.Contract", related_name="consents", on_delete=fields.CASCADE
    )
    side = fields.CharEnumField(ContractSide, max_length=10)
    version = fields.IntField()
    actor: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.User", null=True, related_name="contract_consents", on_delete=fields.SET_NULL
    )
    principal: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.User", null=True, related_name="consented_for", on_delete=fields.SET_NULL
    )
    at: datetime = fields.DatetimeField(auto_now_add=True)

    contract_id: UUID
    actor_id: UUID | None
    principal_id: UUID | None

    class Meta:
        """Each side says yes to a version once."""

        table = "contract_consents"
        unique_together = (("contract", "side", "version"),)


class ContractActivity(Model):
    """One activity that was agreed on: health data by inference, in a table of its own."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    contract: fields.ForeignKeyRelation[Contract] = fields.ForeignKeyField(
        "models.Contract", related_name="activities", on_delete=fields.CASCADE
    )
    activity: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Activity", on_delete=fields.RESTRICT
    )

    contract_id: UUID
    activity_id: str

    class Meta:
        """Each activity once."""

        table = "contract_activities"
        unique_together = (("contract", "activity"),)
