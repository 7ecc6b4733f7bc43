"""Meetings of the two sides of a match: proposed dates, who comes, and what became of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.expressions import Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.disclosure import OPEN
from domain.ids import uuid7
from domain.meeting import MeetingKind, MeetingParty, MeetingReason, MeetingSide
from domain.states import MeetingState
from domain.viewer import Role, Viewer
from models.disclosure import StageRule


class Meeting(Model):
    """People who get to know each other. `version` counts whatever is changed about it.

    `starts_at` and `ends_at` are those of the chosen date. `known_at` is the beginning that was
    confirmed last: calendars cross it out once it does not hold any more. `link` leads to the
    room of a confirmed video meeting and holds its secret.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    match: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Match", related_name="meetings", on_delete=fields.CASCADE
    )
    kind = fields.CharEnumField(MeetingKind, max_length=12)
    state = fields.CharEnumField(MeetingState, max_length=10, default=MeetingState.PROPOSED)
    version = fields.IntField(default=1)
    proposed_by = fields.CharEnumField(MeetingParty, max_length=10)
    minutes = fields.IntField()
    place = fields.CharField(max_length=300, default="")
    starts_at: datetime | None = fields.DatetimeField(null=True)
    ends_at: datetime | None = fields.DatetimeField(null=True)
    known_at: datetime | None = fields.DatetimeField(null=True)
    link = fields.CharField(max_length=600, null=True)
    reason = fields.CharEnumField(MeetingReason, max_length=12, null=True)
    short_rest = fields.BooleanField(default=False)
    created_at: datetime = fields.DatetimeField(auto_now_add=True)

    match_id: UUID

    class Meta:
        """One open meeting of a kind per match; see sql/51_meetings.sql."""

        table = "meetings"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Meeting]":
        """Those one comes to or speaks for a provider at, and all of them for staff."""
        if viewer.is_staff:
            return cls.all()
        coming = MeetingPerson.coming(viewer).values("meeting_id")
        return cls.filter(id__in=Subquery(coming))

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """Whoever sees a meeting sees all of it; its people have stages of their own."""
        return OPEN

    @classmethod
    async def introduced(cls, match_id: UUID, assistant_id: UUID | None) -> bool:
        """Whether both sides of a match have met with this assistant there."""
        held = cls.filter(match_id=match_id, kind=MeetingKind.INTRODUCTION, state=MeetingState.HELD)
        return await held.filter(
            people__side=MeetingSide.ASSISTANT, people__user_id=assistant_id
        ).exists()


class MeetingDate(Model):
    """A date that was proposed for a meeting; at most one of them is chosen."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    meeting: fields.ForeignKeyRelation[Meeting] = fields.ForeignKeyField(
        "models.Meeting", related_name="dates", on_delete=fields.CASCADE
    )
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    chosen = fields.BooleanField(default=False)

    meeting_id: UUID

    class Meta:
        """Each beginning once."""

        table = "meeting_dates"
        unique_together = (("meeting", "starts_at"),)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[MeetingDate]":
        """As the meeting."""
        return cls.filter(meeting_id__in=Subquery(Meeting.visible_to(viewer).values("id")))

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """A date says nothing about a person."""
        return OPEN


class MeetingPerson(Model):
    """Somebody who has to be there. Of a provider whoever answers first is the one who comes.

    `begins_at` and `ends_at` are the meeting's while it is confirmed: nobody is in two places.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    meeting: fields.ForeignKeyRelation[Meeting] = fields.ForeignKeyField(
        "models.Meeting", related_name="people", on_delete=fields.CASCADE
    )
    side = fields.CharEnumField(MeetingSide, max_length=12)
    user: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.User", null=True, related_name="meetings", on_delete=fields.CASCADE
    )
    provider: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Provider", null=True, related_name="meetings", on_delete=fields.CASCADE
    )
    confirmed_at: datetime | None = fields.DatetimeField(null=True)
    begins_at: datetime | None = fields.DatetimeField(null=True)
    ends_at: datetime | None = fields.DatetimeField(null=True)

    meeting_id: UUID
    user_id: UUID | None
    provider_id: UUID | None

    class Meta:
        """One per side."""

        table = "meeting_people"
        unique_together = (("meeting", "side"),)

    @classmethod
    def coming(cls, viewer: Viewer) -> "QuerySet[MeetingPerson]":
        """The rows that stand for the viewer, or for the provider that the viewer speaks for."""
        if viewer.speaks_for is not None:
            return cls.filter(provider_id=viewer.speaks_for)
        if viewer.is_released and viewer.role in (Role.SEEKER, Role.ASSISTANT):
            return cls.filter(user_id=viewer.id)
        return cls.filter(id__isnull=True)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[MeetingPerson]":
        """As the meeting."""
        return cls.filter(meeting_id__in=Subquery(Meeting.visible_to(viewer).values("id")))

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """That somebody comes is seen by all who come."""
        return OPEN
