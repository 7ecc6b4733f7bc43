"""The district this portal serves, its municipalities and the catalogue of activities."""

import dataclasses
from typing import Any

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model

from domain.ids import uuid7
from domain.policy import Policy
from domain.text import can_be_stored
from models.disclosure import Public


class District(Public, Model):
    """The district, under its official key (Kreisschlüssel), and what it decides for itself.

    Where it has decided nothing there is null, and the default of `domain.policy` holds.
    """

    key = fields.CharField(max_length=5, primary_key=True)
    name = fields.CharField(max_length=100)
    land = fields.CharField(max_length=2)
    email = fields.CharField(max_length=254, null=True)
    phone = fields.CharField(max_length=40, null=True)
    welcome: Any = fields.JSONField(null=True)
    talk_minutes = fields.IntField(null=True)
    hours = fields.BinaryField(null=True)
    horizon_days = fields.IntField(null=True)
    notice_minutes = fields.IntField(null=True)
    missed_talks = fields.IntField(null=True)
    reminder_hours: Any = ArrayField(element_type="int", null=True)
    certificate_months = fields.IntField(null=True)
    video_url = fields.CharField(max_length=500, null=True)
    coordinator_at_meetings = fields.BooleanField(null=True)
    answer_days = fields.IntField(null=True)
    decision_days = fields.IntField(null=True)
    travel_minutes = fields.IntField(null=True)
    room_url = fields.CharField(max_length=500, null=True)
    suggestions_at_once = fields.IntField(null=True)
    order_days = fields.IntField(null=True)
    smallest_told = fields.IntField(null=True)

    class Meta:
        """One row per deployment."""

        table = "districts"

    def policy(self) -> Policy:
        """What holds in the district: its own decisions, else the defaults."""
        decided = {each.name: getattr(self, each.name) for each in dataclasses.fields(Policy)}
        said = {name: value for name, value in decided.items() if value is not None}
        if "reminder_hours" in said:
            said["reminder_hours"] = tuple(said["reminder_hours"])
        if "hours" in said:
            said["hours"] = bytes(said["hours"])
        return Policy(**said)


async def policy_here() -> Policy:
    """What holds in the district that this deployment serves."""
    district = await District.all().order_by("key").first()
    return district.policy() if district else Policy()


class Municipality(Public, Model):
    """A municipality with its postcodes and the coordinates distances are measured from."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    district: fields.ForeignKeyRelation[District] = fields.ForeignKeyField(
        "models.District", related_name="municipalities", on_delete=fields.CASCADE
    )
    name = fields.CharField(max_length=100)
    postcodes = ArrayField(element_type="text")
    latitude = fields.FloatField()
    longitude = fields.FloatField()
    population = fields.IntField()

    district_id: str

    class Meta:
        """Names are unique within a district."""

        table = "municipalities"
        unique_together = (("district", "name"),)

    @classmethod
    async def by_postcode(cls, district: str, postcode: str) -> "Municipality | None":
        """The municipality of a district that a postcode belongs to."""
        if not can_be_stored(postcode):
            return None
        fitting = cls.filter(district_id=district, postcodes__contains=[postcode])
        return await fitting.order_by("name").first()


class Activity(Model):
    """An entry of the catalogue (`domain.activity`), for foreign keys to point at."""

    code = fields.CharField(max_length=40, primary_key=True)
    retired = fields.BooleanField(default=False)

    class Meta:
        """Entries are retired, never deleted."""

        table = "activities"
