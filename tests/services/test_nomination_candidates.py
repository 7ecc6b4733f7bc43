"""Whom a provider can name: exactly those of its people whom naming takes."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from domain.errors import DomainError, NotFound, RoleNotAllowed
from domain.evidence import FOREVER
from domain.match import MOST_NOMINEES
from domain.states import MatchState
from domain.viewer import Viewer
from models.block import Block
from models.database import execute
from models.match import Match
from models.nomination import Nomination
from models.order import Order
from models.user import User
from services import clock
from services.commission import send_inquiry
from services.match import decline_order
from services.nomination import (
    choose_nominee,
    decline_nomination,
    nameable,
    nominate_assistant,
    withdraw_nomination,
)
from tests.people import Place, make_assistant, make_coordinator, make_provider, viewer_for
from tests.services.scenes import seeker_of
from tests.services.test_commission import by_provider

SETTLED = [None, -1, 0, 1]  # proofs that are missing, or hold until so many days from today


class Scene:
    """A provider's match that asks for somebody, and what can happen to the provider's people."""

    seeker: Viewer
    order: Order
    coordinator: Viewer
    match: Match

    @classmethod
    async def of(cls, place: Place) -> "Scene":
        scene = cls()
        scene.seeker, scene.order, scene.coordinator, scene.match = await by_provider(place)
        return scene

    async def employ(self, user: User) -> None:
        await execute(
            "UPDATE assistants SET employment = 'EMPLOYED', provider_id = $2 WHERE id = $1",
            user.id,
            self.match.provider_id,
        )

    async def name(self, user: User) -> Nomination:
        return await nominate_assistant(self.coordinator, None, self.match.id, user.id)

    async def names_and_lets_go(self, user: User) -> None:
        named = await self.name(user)
        await withdraw_nomination(self.coordinator, None, named.id)

    async def names_whom_the_seeker_chooses(self, user: User) -> None:
        await choose_nominee(self.seeker, None, (await self.name(user)).id)

    async def is_told_no(self, user: User) -> None:
        await decline_nomination(await viewer_for(user), None, (await self.name(user)).id)

    async def has_refused_itself(self, user: User) -> None:
        own = await Match.create(
            order_id=self.order.id,
            kind="ASSISTANT",
            assistant_id=user.id,
            state=MatchState.SUGGESTED,
        )
        await decline_order(await viewer_for(user), None, own.id)

    async def is_blocked(self, user: User) -> None:
        await self._block(user, by_seeker=True)

    async def blocks(self, user: User) -> None:
        await self._block(user, by_seeker=False)

    async def nothing(self, user: User) -> None:
        assert user

    async def _block(self, user: User, *, by_seeker: bool) -> None:
        await Block.create(
            seeker_id=self.order.seeker_id, assistant_id=user.id, by_seeker=by_seeker, named=False
        )

    async def can_be_named(self, user_id: UUID) -> bool:
        """Whether naming makes a nomination that was not there; it is taken back again."""
        before = await Nomination.all().count()
        try:
            named = await nominate_assistant(self.coordinator, None, self.match.id, user_id)
        except DomainError:
            return False
        if await Nomination.all().count() == before:  # named already
            return False
        await withdraw_nomination(self.coordinator, None, named.id)
        return True


HAPPENINGS: list[Callable[[Scene, User], Awaitable[object]]] = [
    Scene.nothing,
    Scene.nothing,
    Scene.nothing,
    Scene.name,
    Scene.names_and_lets_go,
    Scene.names_whom_the_seeker_chooses,
    Scene.is_told_no,
    Scene.has_refused_itself,
    Scene.is_blocked,
    Scene.blocks,
]


async def somebody(scene: Scene, place: Place, random: Random) -> User:
    """One of the provider's people, on whatever way they have come."""
    released = random.random() < 0.9
    user = await make_assistant(place, released=released)
    if random.random() < 0.9:
        await scene.employ(user)
    if released:
        named = await Nomination.filter(match_id=scene.match.id, state__in=["NOMINATED", "CHOSEN"])
        happening = random.choice(HAPPENINGS) if len(named) < MOST_NOMINEES else Scene.nothing
        with suppress(NotFound):  # not one of the provider's
            await happening(scene, user)
    if random.random() < 0.5:
        days = random.choice(SETTLED)
        until = None if days is None else clock.today() + timedelta(days=days)
        await execute("UPDATE assistants SET proofs_until = $2 WHERE id = $1", user.id, until)
    if released and random.random() < 0.15:
        await execute("UPDATE users SET state = 'SUSPENDED' WHERE id = $1", user.id)
    return user


@pytest.mark.parametrize("seed", range(6))
async def test_the_list_holds_exactly_those_whom_naming_takes(place: Place, seed: int) -> None:
    random = Random(seed)
    scene = await Scene.of(place)
    await send_inquiry(scene.seeker, None, scene.match.id)
    people = [await somebody(scene, place, random) for _ in range(14)]
    listed = {each.id for each in await nameable(scene.coordinator, scene.match.id)}
    assert listed == {each.id for each in people if await scene.can_be_named(each.id)}


async def test_some_are_in_the_list_and_some_are_not(place: Place) -> None:
    scene = await Scene.of(place)
    assert await nameable(scene.coordinator, scene.match.id) == []
    first, second = await make_assistant(place), await make_assistant(place)
    await execute("UPDATE users SET last_name = 'Aal' WHERE id = $1", second.id)
    await execute("UPDATE assistants SET proofs_until = $1", FOREVER)
    for each in (first, second):
        await scene.employ(each)
    assert await nameable(scene.coordinator, scene.match.id) == []  # nobody has asked
    await send_inquiry(scene.seeker, None, scene.match.id)
    found = await nameable(scene.coordinator, scene.match.id)
    assert [each.id for each in found] == [second.id, first.id]


async def test_proofs_that_end_today_still_hold_and_either_side_can_block(place: Place) -> None:
    scene = await Scene.of(place)
    await send_inquiry(scene.seeker, None, scene.match.id)
    today, shut, shuts = [await make_assistant(place) for _ in range(3)]
    for each in (today, shut, shuts):
        await scene.employ(each)
    await execute("UPDATE assistants SET proofs_until = $1", clock.today())
    await scene.is_blocked(shut)
    await scene.blocks(shuts)
    found = await nameable(scene.coordinator, scene.match.id)
    assert [each.id for each in found] == [today.id]


async def test_once_enough_are_named_nobody_is_in_the_list(place: Place) -> None:
    scene = await Scene.of(place)
    await send_inquiry(scene.seeker, None, scene.match.id)
    people = [await make_assistant(place) for _ in range(MOST_NOMINEES + 1)]
    for each in people:
        await scene.employ(each)
    for each in people[:-1]:
        assert await nameable(scene.coordinator, scene.match.id)
        await scene.name(each)
    assert await nameable(scene.coordinator, scene.match.id) == []


async def test_only_the_asked_provider_has_the_list(place: Place) -> None:
    scene = await Scene.of(place)
    await send_inquiry(scene.seeker, None, scene.match.id)
    stranger = await viewer_for(await make_coordinator(place, await make_provider(place)))
    with pytest.raises(NotFound):
        await nameable(stranger, scene.match.id)
    for other in (await seeker_of(place), await viewer_for(place.officer)):
        with pytest.raises(RoleNotAllowed):
            await nameable(other, scene.match.id)
