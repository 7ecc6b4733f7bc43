"""Loaders: the only way for a nested field to reach the database. Names spell their key."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader
from tortoise.models import Model

from domain.disclosure import Stage, stage_of
from domain.states import AGREED_MATCH
from domain.viewer import Role, Viewer
from models.district import Municipality
from models.match import Match
from models.offer import activities_of
from models.order import Order
from models.provider import Coordinator, Provider, ProviderActivity, ProviderArea
from models.user import (
    Assistant,
    AssistantActivity,
    IdentityCheck,
    Need,
    Seeker,
    Talk,
    TalkAnswer,
    User,
)

K = TypeVar("K")
V = TypeVar("V")
M = TypeVar("M", bound=Model)

_AGREED = sorted(AGREED_MATCH)
_SUGGESTED = ["SUGGESTED"]


def _one(
    load: Callable[[list[UUID]], Awaitable[Iterable[M]]], key: str = "id"
) -> DataLoader[UUID, M | None]:
    """One row or None per key."""

    async def many(keys: list[UUID]) -> Sequence[M | None]:
        found = {getattr(row, key): row for row in await load(keys)}
        return [found.get(each) for each in keys]

    return DataLoader(load_fn=many)


def _lists(
    load: Callable[[list[UUID]], Awaitable[Iterable[Any]]], key: str, value: str | None = None
) -> DataLoader[UUID, list[Any]]:
    """All rows (or one of their columns) per key, in the order of the query."""

    async def many(keys: list[UUID]) -> Sequence[list[Any]]:
        found: dict[UUID, list[Any]] = defaultdict(list)
        for row in await load(keys):
            found[getattr(row, key)].append(getattr(row, value) if value else row)
        return [found[each] for each in keys]

    return DataLoader(load_fn=many)


def _activities(model: type[Model], key: str) -> DataLoader[UUID, list[str]]:
    """The codes of the activities that a table holds per key, sorted."""
    return _lists(
        lambda keys: model.filter(**{f"{key}__in": keys}).order_by("activity_id"),
        key,
        "activity_id",
    )


class Loaders:
    """The loaders of one operation; every row passes `visible_to` on its way."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._load_people(viewer)
        self._load_records()
        self._load_organisations()
        self._load_orders(viewer)

    def _load_people(self, viewer: Viewer) -> None:
        self.user_by_id = _one(lambda ids: User.visible_to(viewer).filter(id__in=ids))
        # A person behind a visible seeker or assistant: the ladder decides what is shown of it.
        self.person_by_id = _one(lambda ids: User.filter(id__in=ids))
        self.seeker_by_id = _one(lambda ids: Seeker.visible_to(viewer).filter(id__in=ids))
        self.assistant_by_id = _one(lambda ids: Assistant.visible_to(viewer).filter(id__in=ids))
        self.stage_by_seeker_id = DataLoader(load_fn=self._seeker_stages)
        self.stage_by_assistant_id = DataLoader(load_fn=self._assistant_stages)
        self.needs_by_seeker_id = _activities(Need, "seeker_id")
        self.activities_by_assistant_id = _activities(AssistantActivity, "assistant_id")

    def _load_records(self) -> None:
        self.talks_by_user_id = _lists(
            lambda ids: Talk.filter(user_id__in=ids).order_by("id"), "user_id"
        )
        self.answers_by_talk_id = _one(lambda ids: TalkAnswer.filter(talk_id__in=ids), "talk_id")
        self.identity_checks_by_user_id = _lists(
            lambda ids: IdentityCheck.filter(user_id__in=ids).order_by("id"), "user_id"
        )

    def _load_organisations(self) -> None:
        self.coordinator_by_id = _one(lambda ids: Coordinator.filter(id__in=ids))
        self.provider_by_id = _one(lambda ids: Provider.filter(id__in=ids))
        self.municipality_by_id = _one(lambda ids: Municipality.filter(id__in=ids))
        self.activities_by_provider_id = _activities(ProviderActivity, "provider_id")
        self.areas_by_provider_id = _lists(
            lambda ids: ProviderArea.filter(provider_id__in=ids), "provider_id", "municipality_id"
        )

    def _load_orders(self, viewer: Viewer) -> None:
        self.order_by_id = _one(lambda ids: Order.visible_to(viewer).filter(id__in=ids))
        self.match_by_id = _one(lambda ids: Match.visible_to(viewer).filter(id__in=ids))
        self.my_match_by_order_id = _one(self._my_matches, "order_id")
        self.matches_by_order_id = _lists(
            lambda ids: Match.visible_to(viewer).filter(order_id__in=ids).order_by("id"), "order_id"
        )
        self.activities_by_order_id = DataLoader(load_fn=self._order_activities)
        self.suggested_count_by_order_id = self._counts(_SUGGESTED)
        self.accepted_count_by_order_id = self._counts(_AGREED)

    async def _my_matches(self, ids: list[UUID]) -> list[Match]:
        if self._viewer.role not in (Role.ASSISTANT, Role.COORDINATOR):
            return []
        return await Match.visible_to(self._viewer).filter(order_id__in=ids)

    async def _order_activities(self, ids: list[UUID]) -> list[frozenset[str]]:
        found = await activities_of(ids)
        return [found[each] for each in ids]

    def _counts(self, states: Sequence[str]) -> DataLoader[UUID, int]:
        async def many(ids: list[UUID]) -> list[int]:
            counts = await Match.counts(ids, states)
            return [counts.get(each, 0) for each in ids]

        return DataLoader(load_fn=many)

    async def _seeker_stages(self, ids: list[UUID]) -> list[Stage]:
        return await self._stages(ids, "order__seeker_id")

    async def _assistant_stages(self, ids: list[UUID]) -> list[Stage]:
        return await self._stages(ids, "assistant_id")

    async def _stages(self, ids: list[UUID], person: str) -> list[Stage]:
        if self._viewer.is_staff:
            return [Stage.STAFF] * len(ids)
        states: dict[UUID, list[Any]] = defaultdict(list)
        rows = Match.visible_to(self._viewer).filter(**{f"{person}__in": ids}, state__in=_AGREED)
        for key, state in await rows.values_list(person, "state"):
            states[key].append(state)
        return [Stage.OWN if each == self._viewer.id else stage_of(states[each]) for each in ids]
