"""Accounts, the people behind them, and what customer service records about them."""

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.expressions import Q, RawSQL, Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.disclosure import Stage
from domain.evidence import WARNINGS
from domain.ids import uuid7
from domain.states import AGREED_MATCH
from domain.text import can_be_stored
from domain.user import (
    ActingFor,
    DocumentKind,
    Employment,
    Verdict,
)
from domain.viewer import STAYING, AccountState, Role, Viewer
from models.application import Application
from models.database import fetch
from models.disclosure import ByMatches, StageRule
from models.match import Match


class User(Model):
    """An account: how somebody signs in, and how they can be reached.

    Whoever registered by telephone may have no `email`, and has no password before they set one.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    email: Any = fields.CharField(max_length=254, null=True)
    email_version = fields.IntField(default=1)
    email_confirmed_at = fields.DatetimeField(null=True)
    password_hash = fields.CharField(max_length=255, null=True)
    role = fields.CharEnumField(Role, max_length=20)
    state = fields.CharEnumField(AccountState, max_length=20)
    version = fields.IntField(default=1)
    language = fields.CharField(max_length=12, default="de")
    first_name = fields.CharField(max_length=100)
    last_name = fields.CharField(max_length=100)
    phone = fields.CharField(max_length=40, null=True)
    mobile = fields.CharField(max_length=40, null=True)
    street = fields.CharField(max_length=200, null=True)
    postcode = fields.CharField(max_length=5, null=True)
    municipality: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Municipality", null=True, on_delete=fields.RESTRICT
    )
    created_at = fields.DatetimeField(auto_now_add=True)

    municipality_id: UUID | None

    class Meta:
        """Accounts are found by address and listed by state."""

        table = "users"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[User]":
        """The accounts a viewer may open: staff all of them, everybody else the own one."""
        if viewer.is_staff:
            return cls.all()
        return cls.filter(id=viewer.id) if viewer.id else cls.filter(id__isnull=True)

    @classmethod
    def stage_to(cls, viewer: Viewer) -> StageRule:
        """Whoever is not staff sees no account but the own one."""
        return Stage.STAFF if viewer.is_staff else Stage.OWN

    @classmethod
    async def by_address(cls, address: str) -> "User | None":
        """The account of an address, whatever its capitals: as `users_email_key` compares."""
        if not can_be_stored(address):
            return None
        rows = await fetch("SELECT id FROM users WHERE lower(email) = lower($1)", address)
        return await cls.get(id=rows[0]["id"]) if rows else None


class Seeker(Model):
    """Somebody who looks for assistance."""

    id = fields.UUIDField(primary_key=True)
    user: fields.OneToOneRelation[User] = fields.OneToOneField(
        "models.User", related_name="seeker", on_delete=fields.CASCADE
    )
    introduction = fields.TextField(default="")
    acting_for = fields.CharEnumField(ActingFor, max_length=10, default=ActingFor.SELF)
    week = fields.BinaryField()

    user_id: UUID

    class Meta:
        """One row per seeking account."""

        table = "seekers"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Seeker]":
        """Oneself, staff, and acceptors whose yes the seeker has got."""
        if viewer.is_staff:
            return cls.all()
        if viewer.role is Role.SEEKER:
            return cls.filter(id=viewer.id)
        agreed = Match.visible_to(viewer).filter(state__in=sorted(AGREED_MATCH))
        return cls.filter(id__in=Subquery(agreed.values("order__seeker_id")))

    @classmethod
    def stage_to(cls, viewer: Viewer) -> StageRule:
        """Acceptors see as much as the furthest of their matches with the seeker allows."""
        if viewer.is_staff:
            return Stage.STAFF
        if viewer.role is Role.SEEKER:
            return Stage.OWN
        agreed = Match.visible_to(viewer).filter(state__in=sorted(AGREED_MATCH))
        return ByMatches(agreed, ("order__seeker_id",))


class Need(Model):
    """One kind of support a seeker needs: health data (Art. 9 DSGVO), in a table of its own."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    seeker: fields.ForeignKeyRelation[Seeker] = fields.ForeignKeyField(
        "models.Seeker", related_name="needs", on_delete=fields.CASCADE
    )
    activity: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Activity", on_delete=fields.RESTRICT
    )

    seeker_id: UUID
    activity_id: str

    class Meta:
        """Each need once."""

        table = "needs"
        unique_together = (("seeker", "activity"),)


_SOON = f"(now() AT TIME ZONE 'Europe/Berlin')::date + {WARNINGS[0] + 1}"


class Assistant(Model):
    """Somebody who offers assistance.

    `proofs_until` is the last day on which all required proofs hold, null while one is missing
    (`domain.evidence`, kept by `services.evidence`); `proofs_told` the last warning about it.
    """

    id = fields.UUIDField(primary_key=True)
    user: fields.OneToOneRelation[User] = fields.OneToOneField(
        "models.User", related_name="assistant", on_delete=fields.CASCADE
    )
    introduction = fields.TextField(default="")
    employment = fields.CharEnumField(Employment, max_length=15)
    provider: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Provider", null=True, related_name="assistants", on_delete=fields.RESTRICT
    )
    languages = fields.CharField(max_length=100, default="de")
    week = fields.BinaryField()
    latitude = fields.FloatField()
    longitude = fields.FloatField()
    radius_km = fields.IntField()
    has_car = fields.BooleanField(default=False)
    proofs_until = fields.DateField(null=True)
    proofs_told = fields.IntField(null=True)

    user_id: UUID
    provider_id: UUID | None

    class Meta:
        """One row per offering account."""

        table = "assistants"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Assistant]":
        """Oneself, staff, the provider of one's own or of one's choice, seekers who got a yes."""
        if viewer.is_staff:
            return cls.all()
        if viewer.role is Role.ASSISTANT:
            return cls.filter(id=viewer.id)
        if viewer.role is Role.COORDINATOR:  # without a provider of their own they see nobody
            own = Q(provider_id=viewer.speaks_for, provider_id__isnull=False)
            applying = Application.waiting_for(viewer.speaks_for).values("user_id")
            return cls.filter(own | Q(id__in=Subquery(applying)))
        matches = Match.visible_to(viewer)
        accepted = Q(id__in=Subquery(matches.values("assistant_id")))
        return cls.filter(accepted | Q(id__in=Subquery(matches.values("nominee_id"))))

    @classmethod
    def with_proofs_due(cls, viewer: Viewer) -> "QuerySet[Assistant]":
        """Of the own people those who lack a proof, or of whom one ends within 60 days."""
        if not viewer.is_staff and viewer.role is not Role.COORDINATOR:
            return cls.filter(id__isnull=True)
        stays = User.filter(state__in=STAYING).values("id")
        due = Q(proofs_until__isnull=True) | Q(proofs_until__lt=RawSQL(_SOON))
        return cls.visible_to(viewer).filter(due & Q(id__in=Subquery(stays)))

    @classmethod
    def stage_to(cls, viewer: Viewer) -> StageRule:
        """A provider knows its own people; seekers see as far as the furthest match allows."""
        if viewer.is_staff or viewer.role is Role.COORDINATOR:
            return Stage.STAFF
        if viewer.role is Role.ASSISTANT:
            return Stage.OWN
        return ByMatches(Match.visible_to(viewer), ("assistant_id", "nominee_id"))


class AssistantActivity(Model):
    """One activity an assistant offers."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    assistant: fields.ForeignKeyRelation[Assistant] = fields.ForeignKeyField(
        "models.Assistant", related_name="activities", on_delete=fields.CASCADE
    )
    activity: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Activity", on_delete=fields.RESTRICT
    )

    assistant_id: UUID
    activity_id: str

    class Meta:
        """Each activity once."""

        table = "assistant_activities"
        unique_together = (("assistant", "activity"),)


class OfAccount:
    """What customer service records: seen with the account that it is about, and as far."""

    _account = "user_id"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Any]":
        """What belongs to the accounts that the viewer may open."""
        accounts = User.visible_to(viewer).values("id")
        rows: QuerySet[Any] = cls.filter(**{f"{cls._account}__in": Subquery(accounts)})  # type: ignore[attr-defined]  # a mixin of models
        return rows

    @classmethod
    def stage_to(cls, viewer: Viewer) -> StageRule:
        """As the account."""
        return User.stage_to(viewer)


class IdentityCheck(OfAccount, Model):
    """That somebody's identity was checked: kind, day, officer, verdict, and never a number."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="identity_checks", on_delete=fields.CASCADE
    )
    officer: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="done_identity_checks", on_delete=fields.RESTRICT
    )
    document = fields.CharEnumField(DocumentKind, max_length=20)
    verdict = fields.CharEnumField(Verdict, max_length=10)
    checked_on = fields.DateField()
    created_at = fields.DatetimeField(auto_now_add=True)

    user_id: UUID
    officer_id: UUID

    class Meta:
        """Read by account."""

        table = "identity_checks"
