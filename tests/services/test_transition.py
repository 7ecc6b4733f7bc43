"""Every (state, action, role) of every machine: the legal ones work, the others change nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

import pytest

from domain.errors import NotFound, RoleNotAllowed, Stale, StateRefused
from domain.ids import uuid7
from domain.machine import Machine
from domain.permissions import left_to
from domain.states import (
    ACCOUNT,
    MACHINES,
    MATCH,
    ORDER,
)
from domain.viewer import SYSTEM, AccountState, Role, Viewer
from models.database import execute, fetch, transaction
from services.transition import transition, transition_all
from tests.people import Place, make_assistant, make_seeker
from tests.staging import (
    everything,
    guards_asleep,
    put_match,
    put_order,
    staged,
)

CASES = [(machine, state) for machine in MACHINES for state in machine.states]
IDS = [f"{machine.name}-{state}" for machine, state in CASES]
# Whose own rows somebody follows; of the silent ones news tell, and nobody follows them.
FOLLOWED = {"ORDER", "MATCH", "MEETING", "APPOINTMENT"}
SILENT = {"ACCOUNT", "APPLICATION", "DELEGATION", "FUNDING", "TALK"}
PROVIDERS = {"SEND_INQUIRY", "BACK_TO_INQUIRY"}
VALUES: dict[str, dict[str, object]] = {
    "CANCEL_APPOINTMENT": {"cancel_reason": "OTHER"},
    "AGREE_PLAN": {"agreed_at": datetime(2026, 3, 2, tzinfo=UTC)},
    "END_PLAN": {"ended_at": datetime(2026, 3, 2, tzinfo=UTC), "end_reason": "NOT_WANTED"},
    "REPLACE_PLAN": {"ended_at": datetime(2026, 3, 2, tzinfo=UTC), "end_reason": "REPLACED"},
    "RELEASE_ORDER": {"released_at": datetime(2026, 3, 2, tzinfo=UTC)},
    "CONSENT_TO_CONTRACT": {"agreed_at": datetime(2026, 3, 2, tzinfo=UTC)},
    "END_CONTRACT": {"ended_at": datetime(2026, 3, 2, tzinfo=UTC)},
    "APPROVE_FUNDING": {"approved_on": date(2026, 3, 2)},
    "END_FUNDING": {"valid_until": date(2999, 3, 2)},
    "CANCEL_MEETING": {"reason": "OTHER"},
    "MISS_TALK": {"failure": "OTHER", "to_call": True},
}


class _Undo(Exception):
    pass


@asynccontextmanager
async def undone() -> AsyncIterator[None]:
    """Everything inside happens as at a commit, deferred checks as well, and is then undone."""
    try:
        async with transaction():
            yield
            await execute("SET CONSTRAINTS ALL IMMEDIATE")
            raise _Undo  # noqa: TRY301  the context manager's own way out
    except _Undo:
        pass


def viewer(role: Role, place: Place) -> Viewer:
    nobody = role in (Role.ANONYMOUS, Role.SYSTEM)
    return Viewer(None if nobody else place.officer.id, role, AccountState.RELEASED)


@pytest.mark.parametrize(("machine", "state"), CASES, ids=IDS)
async def test_every_illegal_triple_is_refused_and_changes_nothing(
    owner_url: str, place: Place, machine: Machine, state: StrEnum
) -> None:
    row = await staged(owner_url, machine, state, place)
    before, tried = await everything(), 0
    for action in machine.actions:
        for role in Role:
            if machine.allows(action, state, role):
                continue
            tried += 1
            known = role in machine.roles(action)
            with pytest.raises(StateRefused if known else RoleNotAllowed) as refused:
                await transition(machine, row, action, viewer(role, place))
            doers = left_to(*machine.roles(action)).params
            assert refused.value.params == ({"state": state, "action": action} if known else doers)
            assert await everything() == before, (action, role)
    assert tried >= len(machine.actions)


@pytest.mark.parametrize(("machine", "state"), CASES, ids=IDS)
async def test_every_legal_triple_moves_the_row_and_writes_its_history(
    owner_url: str, place: Place, machine: Machine, state: StrEnum
) -> None:
    steps = [step for step in machine.steps if step.source == state]
    rows = {
        each: await staged(owner_url, machine, state, place, provider=each)
        for each in {step.action in PROVIDERS for step in steps}
    }
    for step in steps:
        row = rows[step.action in PROVIDERS]
        for role in step.roles:
            async with undone():
                acting = viewer(role, place)
                values = VALUES.get(step.action)
                version = await transition(
                    machine, row, step.action, acting, if_version=1, values=values
                )
                assert version == 2
                (moved,) = await fetch(
                    f"SELECT state, version FROM {machine.table} WHERE id = $1",  # noqa: S608  our own name
                    row,
                )
                assert moved == {"state": step.target, "version": 2}
                (told,) = await fetch(
                    "SELECT machine, action, source, target, version, actor_id "
                    "FROM transitions WHERE aggregate = $1",
                    row,
                )
                assert tuple(told.values()) == (
                    machine.name,
                    step.action,
                    state,
                    step.target,
                    2,
                    acting.id,
                )
                told_of = await fetch("SELECT aggregate, kind, version FROM events")
                own = {"aggregate": row, "kind": machine.name, "version": 2}
                assert own in told_of or machine.name not in FOLLOWED
                assert not told_of or machine.name not in SILENT
                assert told_of or machine.name in SILENT


async def topics(row: UUID) -> set[tuple[str, UUID]]:
    rows = await fetch("SELECT topic, key FROM events WHERE aggregate = $1", row)
    return {(each["topic"], each["key"]) for each in rows}


async def test_a_suggestion_that_ends_is_told_to_the_one_who_was_asked_alone(
    owner_url: str, place: Place
) -> None:
    row = await staged(owner_url, MATCH, MATCH.states("SUGGESTED"), place)
    (found,) = await fetch("SELECT order_id, assistant_id FROM matches WHERE id = $1", row)
    async with undone():
        await transition(MATCH, row, "LAPSE", SYSTEM)
        assert await topics(row) == {("suggested", found["assistant_id"])}
    async with undone():
        await transition(MATCH, row, "ACCEPT_ORDER", viewer(Role.ASSISTANT, place))
        assert await topics(row) == {
            ("suggested", found["assistant_id"]),
            ("order", found["order_id"]),
        }


async def test_an_assistant_s_release_is_told_to_those_who_count_alone(
    owner_url: str, place: Place
) -> None:
    helper, seeker = await make_assistant(place), await make_seeker(place)
    for user in (helper, seeker):
        await execute("UPDATE users SET state = 'SUSPENDED' WHERE id = $1", user.id)
    for user, told in ((helper, {("offers", UUID(int=0))}), (seeker, set())):
        await transition(ACCOUNT, user.id, "REINSTATE_ACCOUNT", viewer(Role.ADMINISTRATION, place))
        assert await topics(user.id) == told


async def test_a_stale_version_is_said_with_the_present_one_and_changes_nothing(
    owner_url: str, place: Place
) -> None:
    row = await staged(owner_url, ORDER, ORDER.states("RELEASED"), place)
    before = await everything()
    for version in (0, 2, 99):
        with pytest.raises(Stale) as refused:
            await transition(ORDER, row, "EXPIRE", SYSTEM, if_version=version)
        assert (refused.value.field, refused.value.params) == ("ifVersion", {"version": 1})
        with pytest.raises(Stale):  # also where the action would be illegal anyway
            await transition(
                ORDER, row, "RELEASE_ORDER", viewer(Role.SEEKER, place), if_version=version
            )
    assert await everything() == before


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
async def test_a_row_that_is_not_there_is_not_found(machine: Machine, place: Place) -> None:
    for step in machine.steps:
        for role in step.roles:
            for version in (None, 1):
                with pytest.raises(NotFound):
                    await transition(
                        machine, uuid7(), step.action, viewer(role, place), if_version=version
                    )


async def test_an_action_that_no_machine_knows_is_refused(owner_url: str, place: Place) -> None:
    row = await staged(owner_url, ORDER, ORDER.states("RELEASED"), place)
    for role in Role:
        with pytest.raises(RoleNotAllowed):
            await transition(ORDER, row, "DELETE", viewer(role, place))


async def test_moving_all_matches_moves_those_that_can_and_each_has_its_history(
    owner_url: str, place: Place
) -> None:
    seeker = await make_seeker(place)
    states = ("SUGGESTED", "ACCEPTED", "ON_HOLD", "AWARDED", "DECLINED", "LAPSED")
    helpers = [(await make_assistant(place)).id for _ in states]
    async with guards_asleep(owner_url) as connection:
        order = await put_order(connection, seeker.id, place)
        other = await put_order(connection, seeker.id, place)
        for state, helper in zip(states, helpers, strict=True):
            await put_match(connection, order, state, assistant=helper)
            await put_match(connection, other, state, assistant=helper)
    assert await transition_all(MATCH, order, "END", viewer(Role.SEEKER, place)) == 3
    assert await transition_all(MATCH, order, "END", viewer(Role.SEEKER, place)) == 0
    found = await fetch("SELECT source, target FROM transitions ORDER BY source")
    assert [tuple(row.values()) for row in found] == [
        ("ACCEPTED", "WITHDRAWN"),
        ("AWARDED", "WITHDRAWN"),
        ("ON_HOLD", "WITHDRAWN"),
    ]
    untouched = await fetch("SELECT DISTINCT version FROM matches WHERE order_id = $1", other)
    assert untouched == [{"version": 1}]
