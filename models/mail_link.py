"""Links in mails: which account and address they were issued for, and whether they still count.

Nothing secret stands here. The token in the mail is the link's id plus a signature.
"""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from domain.ids import uuid7


class LinkPurpose(StrEnum):
    """What the holder of a link may do, once."""

    CONFIRM_EMAIL = "CONFIRM_EMAIL"
    RESET_PASSWORD = "RESET_PASSWORD"  # noqa: S105  the name of a purpose


class MailLink(Model):
    """One link for one purpose, bound to an account and to the version of its address."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    purpose = fields.CharEnumField(LinkPurpose, max_length=20)
    user: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.User", related_name="mail_links", on_delete=fields.CASCADE
    )
    email_version = fields.IntField()
    number = fields.IntField()
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)
    voided_at = fields.DatetimeField(null=True)

    user_id: UUID

    class Meta:
        """Links of one purpose are counted per account: the number is the mail's version."""

        table = "mail_links"
        unique_together = (("user", "purpose", "number"),)
