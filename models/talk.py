"""Introductory talks: their slots, who has booked one, what was recorded and what was said."""

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.expressions import Q, RawSQL, Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.disclosure import OPEN
from domain.ids import uuid7
from domain.states import BookingState
from domain.talk import TalkFailure
from domain.user import Payer, TalkChannel, TalkOutcome
from domain.viewer import AccountState, Role, Viewer
from models.disclosure import StageRule
from models.user import OfAccount, User

NOBODY = UUID(int=0)
_TALKING = (Role.SEEKER, Role.ASSISTANT)


class Talk(OfAccount, Model):
    """An introductory talk that customer service held, or that did not come about."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="talks", on_delete=fields.CASCADE
    )
    officer: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="held_talks", on_delete=fields.RESTRICT
    )
    channel = fields.CharEnumField(TalkChannel, max_length=10)
    outcome = fields.CharEnumField(TalkOutcome, max_length=10)
    held_at = fields.DatetimeField()
    created_at = fields.DatetimeField(auto_now_add=True)

    user_id: UUID
    officer_id: UUID

    class Meta:
        """Read by account."""

        table = "talks"


class TalkAnswer(OfAccount, Model):
    """What was said in the talk about grade and payers: health data, in a table of its own.

    Nothing is overwritten: a correction is another row, which replaces exactly one older one.
    """

    _account = "talk__user_id"

    id = fields.UUIDField(primary_key=True, default=uuid7)
    talk: fields.ForeignKeyRelation[Talk] = fields.ForeignKeyField(
        "models.Talk", related_name="answers", on_delete=fields.CASCADE
    )
    care_grade = fields.IntField(null=True)
    payer = fields.CharEnumField(Payer, max_length=25, null=True)
    uses_relief_amount = fields.BooleanField(null=True)
    has_integration_assistance = fields.BooleanField(null=True)
    replaces: fields.OneToOneNullableRelation["TalkAnswer"] = fields.OneToOneField(
        "models.TalkAnswer", related_name="replaced_by", null=True, on_delete=fields.CASCADE
    )
    corrected_by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="corrections", null=True, on_delete=fields.SET_NULL
    )
    corrected_at = fields.DatetimeField(null=True)

    talk_id: UUID
    replaces_id: UUID | None
    corrected_by_id: UUID | None

    class Meta:
        """One chain of rows per talk; the one that nothing replaces counts."""

        table = "talk_answers"

    @classmethod
    def newest(cls, viewer: Viewer) -> "QuerySet[Any]":
        """The rows that count, of the accounts that the viewer may open."""
        replaced = cls.filter(replaces_id__isnull=False).values("replaces_id")
        return cls.visible_to(viewer).filter(id__not_in=Subquery(replaced))


class TalkSlot(Model):
    """A time at which an officer can hold a talk.

    Its id begins with the instant at which it starts, so that lists are in the calendar's order.
    """

    id = fields.UUIDField(primary_key=True)
    officer: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="talk_slots", on_delete=fields.RESTRICT
    )
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    minutes = fields.IntField()
    cancelled_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField(auto_now_add=True)

    officer_id: UUID

    class Meta:
        """No two of one officer overlap; see sql/40_talks.sql."""

        table = "talk_slots"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[TalkSlot]":
        """Staff all of them; whoever is on the way to release the free ones; people their own."""
        if viewer.is_staff:
            return cls.all()
        booked = TalkBooking.filter(user_id=viewer.id or NOBODY).values("slot_id")
        own = Q(id__in=Subquery(booked))
        if viewer.state is not AccountState.REGISTERED or viewer.role not in _TALKING:
            return cls.filter(own)
        taken = TalkBooking.exclude(state=BookingState.CANCELLED).values("slot_id")
        ahead = Q(cancelled_at__isnull=True, starts_at__gt=RawSQL("now()"))
        return cls.filter(own | (ahead & ~Q(id__in=Subquery(taken))))

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """A slot says nothing about a person; its booking does."""
        return OPEN


class TalkBooking(OfAccount, Model):
    """That somebody has booked a slot. Another slot moves it: `version` counts the moves."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    slot: fields.ForeignKeyRelation[TalkSlot] = fields.ForeignKeyField(
        "models.TalkSlot", related_name="bookings", on_delete=fields.RESTRICT
    )
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="talk_bookings", on_delete=fields.CASCADE
    )
    channel = fields.CharEnumField(TalkChannel, max_length=10)
    wishes = ArrayField(element_type="text")
    state = fields.CharEnumField(BookingState, max_length=10, default=BookingState.BOOKED)
    version = fields.IntField()
    failure = fields.CharEnumField(TalkFailure, max_length=10, null=True)
    to_call = fields.BooleanField(default=False)
    created_at = fields.DatetimeField(auto_now_add=True)

    slot_id: UUID
    user_id: UUID

    class Meta:
        """One open booking per person and per slot; see sql/40_talks.sql."""

        table = "talk_bookings"

    @classmethod
    def standing(cls, viewer: Viewer) -> "QuerySet[Any]":
        """Those that were not cancelled, of the accounts that the viewer may open."""
        return cls.visible_to(viewer).exclude(state=BookingState.CANCELLED)

    @classmethod
    def open_ones(cls, viewer: Viewer) -> "QuerySet[Any]":
        """Those whose talk is still to come about, of the accounts that the viewer may open."""
        return cls.visible_to(viewer).filter(state=BookingState.BOOKED)
