"""Matches: one row for one order and one acceptor, and which of them a viewer may see."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.expressions import Q, Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.contract_state import AGREED_CONTRACT
from domain.disclosure import OPEN
from domain.ids import uuid7
from domain.match import AcceptorKind
from domain.states import AGREED_MATCH, COMMISSIONED_MATCH, ENDED_MATCH, MatchState
from domain.viewer import Role, Viewer
from models.contract import Contract
from models.database import fetch
from models.disclosure import StageRule

COMMISSIONED = COMMISSIONED_MATCH | {MatchState.CONTRACTED}
_COMMISSIONED_SQL = ", ".join(f"'{each}'" for each in sorted(COMMISSIONED))


def lists_of(match: str, *states: str) -> str:
    """SQL for whose lists a match stands in, as `visible_to` has it: the topic's keys.

    The acceptor's, that of an assistant's own provider from the commission on, and that of whom
    the seeker has chosen of a provider's people; `states` are where it stands or has stood.
    """
    commissioned = " OR ".join(f"{each} IN ({_COMMISSIONED_SQL})" for each in states)
    provider = (
        f"(SELECT provider_id FROM assistants WHERE id = {match}.assistant_id AND ({commissioned}))"  # noqa: S608  our own words
    )
    acceptor = f"coalesce({match}.assistant_id, {match}.provider_id)"
    return f"unnest(array_remove(ARRAY[{acceptor}, {provider}, {match}.nominee_id], NULL))"


_LISTS = f"SELECT {lists_of('m', 'm.state')} AS key FROM matches m WHERE m.id = $1"  # noqa: S608  our own words


class Match(Model):
    """That an order and an acceptor fit, and how far they have come.

    `met` and `unmet` are the codes of wishes with blanks between; `asked_for` is the fingerprint
    of the times and the place that the acceptor was asked for. As long as `waits_until` is set, a
    suggestion waits for its turn: it counts, and the acceptor does not see it yet; since `shown_at`
    the acceptor sees it. `nominee` is
    the assistant of the provider whom the seeker has chosen; once there is a contract, that says
    who comes.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    order: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Order", related_name="matches", on_delete=fields.CASCADE
    )
    kind = fields.CharEnumField(AcceptorKind, max_length=10)
    assistant: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Assistant", null=True, related_name="matches", on_delete=fields.CASCADE
    )
    provider: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Provider", null=True, related_name="matches", on_delete=fields.CASCADE
    )
    nominee: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "models.Assistant", null=True, related_name="chosen_for", on_delete=fields.SET_NULL
    )
    state = fields.CharEnumField(MatchState, max_length=20, default=MatchState.SUGGESTED)
    version = fields.IntField(default=1)
    distance_km = fields.FloatField(null=True)
    score = fields.IntField(db_default=0)
    met = fields.CharField(max_length=1000, db_default="")
    unmet = fields.CharField(max_length=1000, db_default="")
    asked_for = fields.CharField(max_length=64, db_default="")
    waits_until = fields.DatetimeField(null=True)
    shown_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField(auto_now_add=True)
    decided_at = fields.DatetimeField(null=True)

    order_id: UUID
    assistant_id: UUID | None
    provider_id: UUID | None
    nominee_id: UUID | None

    class Meta:
        """Listed by acceptor for the acceptor, by order for the seeker; each pair once."""

        table = "matches"
        unique_together = (("order", "assistant"), ("order", "provider"))

    @property
    def acceptor_id(self) -> UUID:
        """The assistant, or the provider, whichever this match has."""
        return self.assistant_id or self.provider_id  # type: ignore[return-value]  # CHECK: exactly one is set

    @classmethod
    def visible_to(cls, viewer: Viewer) -> "QuerySet[Match]":
        """A seeker sees who accepted, an acceptor what is open to them, staff all, others none.

        A suggestion that waits for its turn is not open yet. A provider also sees its own people's
        matches from the commission on, because it comes to the meeting. Whoever is not released
        sees no match at all.
        """
        if viewer.is_staff or viewer.role is Role.SYSTEM:
            return cls.all()
        if viewer.is_released and viewer.role is Role.SEEKER:
            return cls.filter(order__seeker_id=viewer.id, state__in=sorted(AGREED_MATCH))
        shown = Q(waits_until__isnull=True) | ~Q(state=MatchState.SUGGESTED)
        mine = cls.exclude(state__in=sorted(ENDED_MATCH)).filter(shown)
        if viewer.is_released and viewer.role is Role.ASSISTANT:
            agreed = Contract.filter(assistant_id=viewer.id, state__in=sorted(AGREED_CONTRACT))
            comes = Q(nominee_id=viewer.id) & (
                ~Q(state=MatchState.CONTRACTED) | Q(id__in=Subquery(agreed.values("match_id")))
            )
            return mine.filter(Q(assistant_id=viewer.id) | comes)
        if viewer.speaks_for is not None:
            of_own_people = Q(
                assistant__provider_id=viewer.speaks_for, state__in=sorted(COMMISSIONED)
            )
            return mine.filter(Q(provider_id=viewer.speaks_for) | of_own_people)
        return cls.filter(id__isnull=True)

    @classmethod
    def behind(cls, viewer: Viewer) -> "QuerySet[Match]":
        """What has ended of what an own side had seen, whoever ended it: a block shows nowhere."""
        ended = cls.filter(state__in=sorted(ENDED_MATCH))
        if viewer.is_released and viewer.role is Role.SEEKER:
            own = ended.filter(order__seeker_id=viewer.id)
            return own.filter(timeline__action="ACCEPT_ORDER").distinct()
        if viewer.is_released and viewer.role is Role.ASSISTANT:
            return ended.filter(assistant_id=viewer.id, shown_at__isnull=False)
        if viewer.speaks_for is not None:
            return ended.filter(provider_id=viewer.speaks_for, shown_at__isnull=False)
        return cls.filter(id__isnull=True)

    @classmethod
    def stage_to(cls, _viewer: Viewer) -> StageRule:
        """A visible match is shown whole; the people behind it have stages of their own."""
        return OPEN

    @classmethod
    def answerable_by(cls, viewer: Viewer) -> "QuerySet[Match]":
        """The matches of an acceptor, at most one per order; none for others."""
        if viewer.role is Role.ASSISTANT:
            return cls.visible_to(viewer).filter(assistant_id=viewer.id)
        if viewer.speaks_for is not None:
            return cls.visible_to(viewer).filter(provider_id=viewer.speaks_for)
        return cls.filter(id__isnull=True)

    @classmethod
    async def counts(cls, order_ids: Sequence[UUID], states: Sequence[str]) -> dict[UUID, int]:
        """How many matches in these states each order has; orders without any are left out."""
        rows = await fetch(
            "SELECT order_id, count(*) AS number FROM matches "
            "WHERE order_id = ANY($1::uuid[]) AND state = ANY($2::text[]) GROUP BY order_id",
            list(order_ids),
            list(states),
        )
        return {row["order_id"]: row["number"] for row in rows}


async def lists_with(match_id: UUID) -> list[UUID]:
    """Whose lists a match stands in: the keys of the topic `suggested`."""
    return [row["key"] for row in await fetch(_LISTS, match_id)]
