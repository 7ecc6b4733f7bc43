"""Advice centres of a district: who advises where, as the district's file says."""

import asyncio
from typing import Any

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model

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


class Advice:
    """Who advises in a district, read once whatever is asked of it: the rows are few."""

    def __init__(self, district: str) -> None:
        self._district = district
        self._read: asyncio.Task[tuple[list[AdviceCentre], set[str]]] | None = None

    async def at(self, postcode: str | None) -> list[AdviceCentre]:
        """Those that advise where a postcode is; all of the district without one."""
        if self._read is None:
            self._read = asyncio.create_task(self._rows())
        rows, here = await self._read
        if postcode is None:
            return rows
        return [row for row in rows if postcode in (row.postcodes or here)]

    async def _rows(self) -> tuple[list[AdviceCentre], set[str]]:
        """By kind, within a kind as in the file; and the district's own postcodes."""
        order = list(AdviceKind)
        rows = await AdviceCentre.filter(district_id=self._district).order_by("position")
        places = await Municipality.filter(district_id=self._district)
        postcodes = {each for place in places for each in place.postcodes}
        return sorted(rows, key=lambda row: order.index(row.kind)), postcodes
