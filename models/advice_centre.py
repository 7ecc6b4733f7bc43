"""Advice centres of a district: who advises where, as the district's file says."""

from typing import Any

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.expressions import Q, Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.advice_centre import AdviceKind
from domain.ids import uuid7
from models.disclosure import Public
from models.district import District, Municipality


class AdviceCentre(Public, Model):
    """A place that advises; without postcodes it does so for the whole district."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    district: fields.ForeignKeyRelation[District] = fields.ForeignKeyField(
        "models.District", related_name="advice_centres", on_delete=fields.CASCADE
    )
    position = fields.IntField()
    kind = fields.CharEnumField(AdviceKind, max_length=20)
    name = fields.CharField(max_length=200)
    address = fields.CharField(max_length=200)
    phone = fields.CharField(max_length=40, null=True)
    email = fields.CharField(max_length=254, null=True)
    web = fields.CharField(max_length=500, null=True)
    hours = fields.CharField(max_length=200, null=True)
    postcodes: Any = ArrayField(element_type="text")

    district_id: str

    class Meta:
        """In the order of the file; replaced as a whole."""

        table = "advice_centres"
        unique_together = (("district", "position"),)

    @classmethod
    async def of_postcode(cls, district: str, postcode: str | None) -> "list[AdviceCentre]":
        """Those that advise where a postcode is; all of the district without one. One statement."""
        found: QuerySet[AdviceCentre] = cls.filter(district_id=district)
        if postcode is not None:
            covered = Municipality.filter(postcodes__contains=[postcode]).values("district_id")
            whole = Q(postcodes=[], district_id__in=Subquery(covered))
            found = found.filter(whole | Q(postcodes__contains=[postcode]))
        order = list(AdviceKind)
        rows = await found.order_by("position")
        return sorted(rows, key=lambda row: order.index(row.kind))
