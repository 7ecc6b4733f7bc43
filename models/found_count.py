"""How often whom matching found, of matches that are deleted by now."""

from datetime import date

from tortoise import fields
from tortoise.models import Model

from domain.ids import uuid7
from domain.match import AcceptorKind


class FoundCount(Model):
    """One acceptor's numbers of one month, for the report of the year.

    `acceptor` is an id and no key: it outlives the account, as the history does.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    acceptor = fields.UUIDField()
    kind = fields.CharEnumField(AcceptorKind, max_length=10)
    month: date = fields.DateField()
    found = fields.IntField()
    accepted = fields.IntField()
    contracted = fields.IntField()

    class Meta:
        """One row per acceptor and month, counted on."""

        table = "found_counts"
        unique_together = (("acceptor", "month"),)
